from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class TextChunkData(Model):
    """Chunk of text and the variable that it is from.

    Attributes:
        text (str): Next chunk of text, to be appended to the previous ones.
        from_variable_selector (list[str] | None | Unset): Path of the variable that the text is from, such as a
            node id and a variable name; null if unknown.
    """

    text: str
    from_variable_selector: list[str] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("text", UNSET),
            get("from_variable_selector", UNSET),
        )
        if len(src_dict) > 2 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(TextChunkData).values())
