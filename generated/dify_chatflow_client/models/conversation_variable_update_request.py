from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class ConversationVariableUpdateRequest(Model):
    """New value of a variable and the end user who owns the conversation.

    Attributes:
        value (Any): JSON value of the declared type, such as an array for `array[string]`. Any other type,
            including `null`, results in `400` `bad_request`.
        user (str | None): End user who owns the conversation. Any other value results in `404` `not_found`.
    """

    __slots__ = (
        "value",
        "user",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "value": "value",
        "user": "user",
    }

    value: Any
    user: str | None

    def __init__(
        self,
        value: Any,
        user: str | None = None,
    ) -> None:
        self.value = value
        self.user = user
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.value = get("value")
        model.user = get("user")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("value",))
