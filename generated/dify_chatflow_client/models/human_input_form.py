from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_object,
    read_objects,
)


@_attrs_define
class HumanInputForm(Model):
    """Form with its text, fields and buttons.

    Attributes:
        form_content (str): Text of the form, with workflow variables resolved. Placeholders such as
            `{{#$output.comment#}}` mark the positions of the fields.
        inputs (list[FormInput]): Fields of the form, in display order.
        resolved_default_values (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        user_actions (list[UserAction]): Buttons that submit the form; a submission specifies exactly one of them.
        expiration_time (int | None): Expiration time of the form, in Unix seconds; null if unknown.
    """

    form_content: str
    inputs: list[FormInput]
    resolved_default_values: JsonObject
    user_actions: list[UserAction]
    expiration_time: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("form_content", UNSET),
            read_objects(FormInput.from_dict, get("inputs", UNSET)),
            read_object(JsonObject.from_dict, get("resolved_default_values", UNSET)),
            read_objects(UserAction.from_dict, get("user_actions", UNSET)),
            get("expiration_time", UNSET),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(HumanInputForm).values())


from ..models.form_input import FormInput
from ..models.json_object import JsonObject
from ..models.user_action import UserAction
