from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_closed,
)


class TextInputControlWrapper(Model):
    """Single-line text field, in an object keyed by its type.

    Attributes:
        text_input (TextInputControl): Single-line text field of the start form.
    """

    __slots__ = ("text_input",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "text-input": "text_input",
    }

    text_input: TextInputControl

    def __init__(
        self,
        text_input: TextInputControl,
    ) -> None:
        self.text_input = text_input
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls.__new__(cls)
        model.text_input = TextInputControl.from_dict(src_dict["text-input"])
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("text-input",))


from ..models.text_input_control import TextInputControl
