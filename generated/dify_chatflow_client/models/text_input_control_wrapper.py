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
class TextInputControlWrapper(Model):
    """Single-line text field, in an object keyed by its type.

    Attributes:
        text_input (TextInputControl): Single-line text field of the start form.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "text_input": "text-input",
    }

    text_input: TextInputControl
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls(
            TextInputControl.from_dict(src_dict["text-input"]),
        )
        return model


from ..models.text_input_control import TextInputControl
