from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_closed,
)


class CheckboxControlWrapper(Model):
    """Wrapper of a checkbox.

    Attributes:
        checkbox (CheckboxControl): Checkbox.
    """

    __slots__ = ("checkbox",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "checkbox": "checkbox",
    }

    checkbox: CheckboxControl

    def __init__(
        self,
        checkbox: CheckboxControl,
    ) -> None:
        self.checkbox = checkbox
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls.__new__(cls)
        model.checkbox = CheckboxControl.from_dict(src_dict["checkbox"])
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("checkbox",))


from ..models.checkbox_control import CheckboxControl
