from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class SelectControl(Model):
    """Selection field of the start form.

    Attributes:
        label (str): Label of the field.
        variable (str): Key of the value in `inputs`.
        required (bool): `true` if a value is required.
        options (list[str]): Options of the field, each the exact value for `inputs`.
        default (str | Unset): Option selected by default; missing if there is none.
        type_ (str | Unset): Type of the input.
        max_length (int | None | Unset): Maximum number of characters, or of files for a `file-list`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    label: str
    variable: str
    required: bool
    options: list[str]
    default: str | Unset = UNSET
    type_: str | Unset = UNSET
    max_length: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("label", UNSET),
            get("variable", UNSET),
            get("required", UNSET),
            get("options", UNSET),
            get("default", UNSET),
            get("type", UNSET),
            get("max_length", UNSET),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(SelectControl).values())
