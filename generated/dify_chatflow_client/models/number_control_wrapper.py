from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_closed,
)


class NumberControlWrapper(Model):
    """Wrapper of a number input.

    Attributes:
        number (NumberControl): Number input.
    """

    __slots__ = ("number",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "number": "number",
    }

    number: NumberControl

    def __init__(
        self,
        number: NumberControl,
    ) -> None:
        self.number = number
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls.__new__(cls)
        model.number = NumberControl.from_dict(src_dict["number"])
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("number",))


from ..models.number_control import NumberControl
