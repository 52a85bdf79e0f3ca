from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class EmojiIcon(Model):
    """Emoji icon of a tool without an image.

    Attributes:
        background (str): Background of the icon, such as `#FFEAD5`.
        content (str): Emoji, as a character or short name.
    """

    __slots__ = (
        "background",
        "content",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "background": "background",
        "content": "content",
    }

    background: str
    content: str

    def __init__(
        self,
        background: str,
        content: str,
    ) -> None:
        self.background = background
        self.content = content
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.background = get("background")
        model.content = get("content")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "background",
        "content",
    )
)
