from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class FormInputDefault(Model):
    """Default text of a field: a constant or a variable.

    Attributes:
        type_ (str): Source of the default: `constant` (the text in `value`) or `variable` (the workflow variable at
            `selector`).
        selector (list[str]): Path of the variable with at least two elements, such as `["sys", "query"]`; empty for
            a `constant`.
        value (str): Default text of a `constant`; empty for a `variable`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    type_: str
    selector: list[str]
    value: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("type", UNSET),
            get("selector", UNSET),
            get("value", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FormInputDefault).values())
