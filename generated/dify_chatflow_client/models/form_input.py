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
    read_object,
)


@_attrs_define
class FormInput(Model):
    """Field of a form. Servers send additional properties that depend on the type, such as `option_source` or
    `allowed_file_types`.

    Attributes:
        type_ (str): Type of the field: `paragraph` (text), `select` (one option), `file` (one file) or `file-list`
            (several files).
        output_variable_name (str): Name of the field: the key in `inputs` of the submission and the variable name
            for subsequent nodes.
        default (FormInputDefault | None | Unset): Default text of the field, or null; missing for types without a
            default, such as `select` or `file`.
        option_source (FormOptionSource | Unset): Options of a `select` field.
        allowed_file_types (list[str] | Unset): File types that a `file` or `file-list` field accepts.
        allowed_file_extensions (list[str] | Unset): File extensions that a file field accepts for the type
            `custom`.
        allowed_file_upload_methods (list[str] | Unset): `local_file` (uploaded before), `remote_url` or both.
        number_limits (int | Unset): Maximum number of files of a `file-list` field.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    type_: str
    output_variable_name: str
    default: FormInputDefault | None | Unset = UNSET
    option_source: FormOptionSource | Unset = UNSET
    allowed_file_types: list[str] | Unset = UNSET
    allowed_file_extensions: list[str] | Unset = UNSET
    allowed_file_upload_methods: list[str] | Unset = UNSET
    number_limits: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("type", UNSET),
            get("output_variable_name", UNSET),
            read_object(FormInputDefault.from_dict, get("default", UNSET)),
            read_object(FormOptionSource.from_dict, get("option_source", UNSET)),
            get("allowed_file_types", UNSET),
            get("allowed_file_extensions", UNSET),
            get("allowed_file_upload_methods", UNSET),
            get("number_limits", UNSET),
        )
        if len(src_dict) > 8 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FormInput).values())


from ..models.form_input_default import FormInputDefault
from ..models.form_option_source import FormOptionSource
