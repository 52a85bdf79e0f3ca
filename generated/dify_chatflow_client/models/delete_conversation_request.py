from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class DeleteConversationRequest(Model):
    """End user who deletes the conversation.

    Attributes:
        user (str | None): End user who owns the conversation, exactly as specified in the chat requests.
    """

    __slots__ = ("user",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "user": "user",
    }

    user: str | None

    def __init__(
        self,
        user: str | None = None,
    ) -> None:
        self.user = user
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.user = get("user")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(())
