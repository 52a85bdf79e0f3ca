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
class FileControl(Model):
    """Input for one file or, in a `file-list`, for several files.

    Attributes:
        label (str): Label of the input.
        variable (str): Key of the value in `inputs`.
        required (bool): `true` if a run requires a value.
        allowed_file_types (list[str] | Unset): Accepted types: `image`, `document`, `audio`, `video`, `custom`.
        allowed_file_extensions (list[str] | Unset): Accepted file extensions for the type `custom`.
        allowed_file_upload_methods (list[str] | Unset): `local_file`, `remote_url` or both.
        default (Any | Unset): Default value.
        options (list[str] | Unset): Empty for this type.
        type_ (str | Unset): Type of the input.
        max_length (int | None | Unset): Maximum number of characters, or of files for a `file-list`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    label: str
    variable: str
    required: bool
    allowed_file_types: list[str] | Unset = UNSET
    allowed_file_extensions: list[str] | Unset = UNSET
    allowed_file_upload_methods: list[str] | Unset = UNSET
    default: Any | Unset = UNSET
    options: list[str] | Unset = UNSET
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
            get("allowed_file_types", UNSET),
            get("allowed_file_extensions", UNSET),
            get("allowed_file_upload_methods", UNSET),
            get("default", UNSET),
            get("options", UNSET),
            get("type", UNSET),
            get("max_length", UNSET),
        )
        if len(src_dict) > 10 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FileControl).values())
