from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class SelectControl(Model):
    """Selection field of the start form.

    Attributes:
        label (str): Label of the field.
        variable (str): Key of the value in `inputs`.
        required (bool): `true` if a value is required.
        options (list[str]): Options of the field, each the exact value for `inputs`.
        default (str | None): Option selected by default; missing if there is none.
        type_ (str | None): Type of the input.
        max_length (int | None): Maximum number of characters, or of files for a `file-list`.
    """

    __slots__ = (
        "label",
        "variable",
        "required",
        "options",
        "default",
        "type_",
        "max_length",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "label": "label",
        "variable": "variable",
        "required": "required",
        "options": "options",
        "default": "default",
        "type": "type_",
        "max_length": "max_length",
    }

    label: str
    variable: str
    required: bool
    options: list[str]
    default: str | None
    type_: str | None
    max_length: int | None

    def __init__(
        self,
        label: str,
        variable: str,
        required: bool,
        options: list[str],
        default: str | None = None,
        type_: str | None = None,
        max_length: int | None = None,
    ) -> None:
        self.label = label
        self.variable = variable
        self.required = required
        self.options = options
        self.default = default
        self.type_ = type_
        self.max_length = max_length
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.label = get("label")
        model.variable = get("variable")
        model.required = get("required")
        model.options = get("options")
        model.default = get("default")
        model.type_ = get("type")
        model.max_length = get("max_length")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "label",
        "variable",
        "required",
        "options",
    )
)
