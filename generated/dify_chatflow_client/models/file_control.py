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
class FileControl(Model):
    """An input for one file or, wrapped as `file-list`, for several.

    Attributes:
        label (str): What the form shows beside the input.
        variable (str): Key of the value in `inputs`.
        required (bool): Whether a run needs a value.
        allowed_file_types (list[str] | Unset): Kinds of file: `image`, `document`, `audio`, `video`, `custom`.
        allowed_file_extensions (list[str] | Unset): Extensions taken when `custom` is among the kinds.
        allowed_file_upload_methods (list[str] | Unset): `local_file`, `remote_url` or both.
        type_ (str | Unset): The kind of control, again.
        default (Any | Unset): The value used when none is given.
        max_length (int | None | Unset): Longest text or largest number of files taken.
        options (list[str] | Unset): Empty for this kind.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "label": "label",
        "variable": "variable",
        "required": "required",
        "allowed_file_types": "allowed_file_types",
        "allowed_file_extensions": "allowed_file_extensions",
        "allowed_file_upload_methods": "allowed_file_upload_methods",
        "type_": "type",
        "default": "default",
        "max_length": "max_length",
        "options": "options",
    }

    label: str
    variable: str
    required: bool
    allowed_file_types: list[str] | Unset = UNSET
    allowed_file_extensions: list[str] | Unset = UNSET
    allowed_file_upload_methods: list[str] | Unset = UNSET
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
            get("allowed_file_types", UNSET),
            get("allowed_file_extensions", UNSET),
            get("allowed_file_upload_methods", UNSET),
            get("type", UNSET),
            get("default", UNSET),
            get("max_length", UNSET),
            get("options", UNSET),
        )
        if len(src_dict) > 10 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(FileControl.json_names.values())
