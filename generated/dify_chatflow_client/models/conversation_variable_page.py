from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_objects,
)


class ConversationVariablePage(Model):
    """One page of a conversation's variables.

    Attributes:
        limit (int): Page size applied by the server; the default is `20`.
        has_more (bool): `true` if the server expects further variables. The next page can still be empty.
        data (list[ConversationVariable]): Variables of the conversation with their current values.
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
    data: list[ConversationVariable]

    def __init__(
        self,
        limit: int,
        has_more: bool,
        data: list[ConversationVariable],
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
        model.data = read_objects(ConversationVariable.from_dict, get("data"))
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


from ..models.conversation_variable import ConversationVariable
