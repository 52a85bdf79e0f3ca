from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class NumberControl(Model):
    """Number input.

    Attributes:
        label (str): Label of the input.
        variable (str): Key of the value in `inputs`.
        required (bool): `true` if a run requires a value.
        default (Any | None): Default value.
        options (list[str] | None): Empty for this type.
        type_ (str | None): Type of the input.
        max_length (int | None): Maximum number of characters, or of files for a `file-list`.
    """

    __slots__ = (
        "label",
        "variable",
        "required",
        "default",
        "options",
        "type_",
        "max_length",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "label": "label",
        "variable": "variable",
        "required": "required",
        "default": "default",
        "options": "options",
        "type": "type_",
        "max_length": "max_length",
    }

    label: str
    variable: str
    required: bool
    default: Any | None
    options: list[str] | None
    type_: str | None
    max_length: int | None

    def __init__(
        self,
        label: str,
        variable: str,
        required: bool,
        default: Any | None = None,
        options: list[str] | None = None,
        type_: str | None = None,
        max_length: int | None = None,
    ) -> None:
        self.label = label
        self.variable = variable
        self.required = required
        self.default = default
        self.options = options
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
        model.default = get("default")
        model.options = get("options")
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
    )
)
