from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


class FormInput(Model):
    """Field of a form. Servers send additional properties that depend on the type, such as `option_source` or
    `allowed_file_types`.

    Attributes:
        type_ (str): Type of the field: `paragraph` (text), `select` (one option), `file` (one file) or `file-list`
            (several files).
        output_variable_name (str): Name of the field: the key in `inputs` of the submission and the variable name
            for subsequent nodes.
        default (FormInputDefault | None): Default text of the field, or null; missing for types without a default,
            such as `select` or `file`.
        option_source (FormOptionSource | None): Options of a `select` field.
        allowed_file_types (list[str] | None): File types that a `file` or `file-list` field accepts.
        allowed_file_extensions (list[str] | None): File extensions that a file field accepts for the type `custom`.
        allowed_file_upload_methods (list[str] | None): `local_file` (uploaded before), `remote_url` or both.
        number_limits (int | None): Maximum number of files of a `file-list` field.
    """

    __slots__ = (
        "type_",
        "output_variable_name",
        "default",
        "option_source",
        "allowed_file_types",
        "allowed_file_extensions",
        "allowed_file_upload_methods",
        "number_limits",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "type": "type_",
        "output_variable_name": "output_variable_name",
        "default": "default",
        "option_source": "option_source",
        "allowed_file_types": "allowed_file_types",
        "allowed_file_extensions": "allowed_file_extensions",
        "allowed_file_upload_methods": "allowed_file_upload_methods",
        "number_limits": "number_limits",
    }

    type_: str
    output_variable_name: str
    default: FormInputDefault | None
    option_source: FormOptionSource | None
    allowed_file_types: list[str] | None
    allowed_file_extensions: list[str] | None
    allowed_file_upload_methods: list[str] | None
    number_limits: int | None

    def __init__(
        self,
        type_: str,
        output_variable_name: str,
        default: FormInputDefault | None = None,
        option_source: FormOptionSource | None = None,
        allowed_file_types: list[str] | None = None,
        allowed_file_extensions: list[str] | None = None,
        allowed_file_upload_methods: list[str] | None = None,
        number_limits: int | None = None,
    ) -> None:
        self.type_ = type_
        self.output_variable_name = output_variable_name
        self.default = default
        self.option_source = option_source
        self.allowed_file_types = allowed_file_types
        self.allowed_file_extensions = allowed_file_extensions
        self.allowed_file_upload_methods = allowed_file_upload_methods
        self.number_limits = number_limits
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.type_ = get("type")
        model.output_variable_name = get("output_variable_name")
        model.default = read_object(FormInputDefault.from_dict, get("default"))
        model.option_source = read_object(FormOptionSource.from_dict, get("option_source"))
        model.allowed_file_types = get("allowed_file_types")
        model.allowed_file_extensions = get("allowed_file_extensions")
        model.allowed_file_upload_methods = get("allowed_file_upload_methods")
        model.number_limits = get("number_limits")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "type",
        "output_variable_name",
    )
)


from ..models.form_input_default import FormInputDefault
from ..models.form_option_source import FormOptionSource
