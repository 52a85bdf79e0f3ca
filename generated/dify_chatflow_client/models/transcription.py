from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class Transcription(Model):
    """Transcript of an audio file.

    Attributes:
        text (str): Recognized text.
    """

    __slots__ = ("text",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "text": "text",
    }

    text: str

    def __init__(
        self,
        text: str,
    ) -> None:
        self.text = text
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.text = get("text")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("text",))
