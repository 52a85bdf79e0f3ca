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
)


@_attrs_define
class HumanInputSubmission(Model):
    """Submission with the selected action and the field values.

    Attributes:
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        action (str): `id` of the selected action from `user_actions`. An unknown id results in `400`
            `invalid_form_data`.
        user (str): User who submits the form. Required, but it can differ from the user who started the run. A web
            app user with the same name is a different user.
    """

    inputs: JsonObject
    action: str
    user: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("action", UNSET),
            get("user", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(HumanInputSubmission).values())


from ..models.json_object import JsonObject
