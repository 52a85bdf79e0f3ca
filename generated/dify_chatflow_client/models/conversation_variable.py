from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class ConversationVariable(Model):
    """Variable that the chatflow retains across the turns of a conversation.

    Attributes:
        id (str): UUID of the variable. Use it to update the variable, or as `last_id` to get the next page.
        name (str): Name of the variable.
        value_type (str): Declared type: `string`, `number`, `object`, `secret`, `file`, `boolean`, `array[any]`,
            `array[string]`, `array[number]`, `array[object]`, `array[file]` or `array[boolean]`.
        value (str): Current value as the output of Python's `str()`, such as `{'a': 1, 'b': None}` or `False`, not
            JSON.
        description (str): Description of the variable by the app's author; empty if there is none.
        created_at (int): Creation time of the variable, in Unix seconds.
        updated_at (int): Time of the last update, in Unix seconds. It can be one second earlier than `created_at`.
    """

    id: str
    name: str
    value_type: str
    value: str
    description: str
    created_at: int
    updated_at: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("name", UNSET),
            get("value_type", UNSET),
            get("value", UNSET),
            get("description", UNSET),
            get("created_at", UNSET),
            get("updated_at", UNSET),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ConversationVariable).values())
