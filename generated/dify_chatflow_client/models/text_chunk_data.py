from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class TextChunkData(Model):
    """Chunk of text and the variable that it is from.

    Attributes:
        text (str): Next chunk of text, to be appended to the previous ones.
        from_variable_selector (list[str] | None): Path of the variable that the text is from, such as a node id and
            a variable name; null if unknown.
    """

    __slots__ = (
        "text",
        "from_variable_selector",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "text": "text",
        "from_variable_selector": "from_variable_selector",
    }

    text: str
    from_variable_selector: list[str] | None

    def __init__(
        self,
        text: str,
        from_variable_selector: list[str] | None = None,
    ) -> None:
        self.text = text
        self.from_variable_selector = from_variable_selector
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.text = get("text")
        model.from_variable_selector = get("from_variable_selector")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("text",))
