from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_objects,
)


class ConversationPage(Model):
    """One page of an end user's conversations.

    Attributes:
        limit (int): Page size applied by the server; the default is `20`.
        has_more (bool): `true` if the server expects further conversations. The next page can still be empty.
        data (list[ConversationSummary]): Conversations in the order of `sort_by`; empty for an unknown end user.
    """

    __slots__ = (
        "limit",
        "has_more",
        "data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "limit": "limit",
        "has_more": "has_more",
        "data": "data",
    }

    limit: int
    has_more: bool
    data: list[ConversationSummary]

    def __init__(
        self,
        limit: int,
        has_more: bool,
        data: list[ConversationSummary],
    ) -> None:
        self.limit = limit
        self.has_more = has_more
        self.data = data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.limit = get("limit")
        model.has_more = get("has_more")
        model.data = read_objects(ConversationSummary.from_dict, get("data"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "limit",
        "has_more",
        "data",
    )
)


from ..models.conversation_summary import ConversationSummary
