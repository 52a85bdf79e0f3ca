from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
)


@_attrs_define
class CheckboxControl(Model):
    """An input for yes or no.

    Attributes:
        label (str): What the form shows beside the input.
        variable (str): Key of the value in `inputs`.
        required (bool): Whether a run needs a value.
        type_ (str | Unset): The kind of control, again.
        default (Any | Unset): The value used when none is given.
        max_length (int | None | Unset): Longest text or largest number of files taken.
        options (list[str] | Unset): Empty for this kind.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "label": "label",
        "variable": "variable",
        "required": "required",
        "type_": "type",
        "default": "default",
        "max_length": "max_length",
        "options": "options",
    }

    label: str
    variable: str
    required: bool
    type_: str | Unset = UNSET
    default: Any | Unset = UNSET
    max_length: int | None | Unset = UNSET
    options: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("label", UNSET),
            get("variable", UNSET),
            get("required", UNSET),
            get("type", UNSET),
            get("default", UNSET),
            get("max_length", UNSET),
            get("options", UNSET),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(CheckboxControl.json_names.values())
