from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    Model,
    read_closed,
)


@_attrs_define
class NumberControlWrapper(Model):
    """Wrapper of a number input.

    Attributes:
        number (NumberControl): Number input.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "number": "number",
    }

    number: NumberControl
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls.json_names, src_dict)
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            NumberControl.from_dict(src_dict["number"]),
        )
        return model


# At the end, so that models may refer to each other in a circle.
from ..models.number_control import NumberControl
