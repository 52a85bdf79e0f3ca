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
class ConversationSummary(Model):
    """Conversation of an end user with the app.

    Attributes:
        id (str): UUID of the conversation. Use it as `conversation_id` to continue the conversation, or as
            `last_id` to get the next page.
        name (str): Name of the conversation, set by the client or generated from the first query.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        status (str): Status of the conversation, usually `normal`.
        introduction (str): Opening statement of the app with its variables resolved.
        created_at (int): Creation time of the conversation, in Unix seconds.
        updated_at (int): Time of the last update, in Unix seconds. It can be one second earlier than `created_at`.
    """

    id: str
    name: str
    inputs: JsonObject
    status: str
    introduction: str
    created_at: int
    updated_at: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("name", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("status", UNSET),
            get("introduction", UNSET),
            get("created_at", UNSET),
            get("updated_at", UNSET),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ConversationSummary).values())


from ..models.json_object import JsonObject
