from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from ..types import (
    Model,
    refuse_constant,
)


class PingEvent(Model):
    """Keep-alive without data: a bare `event: ping` line, sent at the start of a chat stream and every `10` s
    thereafter.

    Attributes:
        event (Literal['ping']): Always `ping`.
    """

    __slots__ = ()

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
    }

    event: ClassVar[Literal["ping"]] = "ping"

    def __init__(
        self,
    ) -> None:
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "ping":
            refuse_constant(src_dict["event"], "ping")
        model = cls.__new__(cls)
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("event",))
