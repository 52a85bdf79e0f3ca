from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_objects,
)


@_attrs_define
class MessagePage(Model):
    """One page of a conversation's messages, in chronological order.

    Attributes:
        limit (int): Page size applied by the server; the default is `20`.
        has_more (bool): `true` if the server expects older messages. The next page can still be empty.
        data (list[ConversationMessage]): Messages in chronological order. To get the previous page, pass the `id`
            of the first item as `first_id`.
    """

    limit: int
    has_more: bool
    data: list[ConversationMessage]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("limit", UNSET),
            get("has_more", UNSET),
            read_objects(ConversationMessage.from_dict, get("data", UNSET)),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(MessagePage).values())


from ..models.conversation_message import ConversationMessage
