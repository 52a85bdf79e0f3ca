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
class ConversationPage(Model):
    """One page of an end user's conversations.

    Attributes:
        limit (int): Page size applied by the server; the default is `20`.
        has_more (bool): `true` if the server expects further conversations. The next page can still be empty.
        data (list[ConversationSummary]): Conversations in the order of `sort_by`; empty for an unknown end user.
    """

    limit: int
    has_more: bool
    data: list[ConversationSummary]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("limit", UNSET),
            get("has_more", UNSET),
            read_objects(ConversationSummary.from_dict, get("data", UNSET)),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ConversationPage).values())


from ..models.conversation_summary import ConversationSummary
