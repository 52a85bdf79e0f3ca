from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
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

    json_names: ClassVar[Mapping[str, str]] = {
        "limit": "limit",
        "has_more": "has_more",
        "data": "data",
    }

    limit: int
    has_more: bool
    data: list[ConversationSummary]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("limit", UNSET),
            get("has_more", UNSET),
            read_objects(ConversationSummary.from_dict, get("data", UNSET)),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(ConversationPage.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.conversation_summary import ConversationSummary
