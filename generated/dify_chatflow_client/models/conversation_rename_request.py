from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class ConversationRenameRequest(Model):
    """New `name` of a conversation, or `auto_generate` to have the server generate one.

    Attributes:
        user (str): End user who owns the conversation, as specified in the chat requests.
        name (str | None): New name. A missing or blank name results in `400` `invalid_param` unless `auto_generate`
            is set; very long names result in a `500` response.
        auto_generate (bool | None): `true` to generate a name and ignore `name`; the default is `false`. Default:
            False.
    """

    __slots__ = (
        "user",
        "name",
        "auto_generate",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "user": "user",
        "name": "name",
        "auto_generate": "auto_generate",
    }

    user: str
    name: str | None
    auto_generate: bool | None

    def __init__(
        self,
        user: str,
        name: str | None = None,
        auto_generate: bool | None = False,
    ) -> None:
        self.user = user
        self.name = name
        self.auto_generate = auto_generate
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.user = get("user")
        model.name = get("name")
        model.auto_generate = get("auto_generate")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("user",))
