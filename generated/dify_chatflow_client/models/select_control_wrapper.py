from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    Model,
    read_closed,
)


@_attrs_define
class SelectControlWrapper(Model):
    """Selection field, in an object keyed by its type.

    Attributes:
        select (SelectControl): Selection field of the start form.
    """

    select: SelectControl
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls(
            SelectControl.from_dict(src_dict["select"]),
        )
        return model


from ..models.select_control import SelectControl
