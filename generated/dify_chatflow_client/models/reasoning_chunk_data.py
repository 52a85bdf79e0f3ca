from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class ReasoningChunkData(Model):
    """Chunk of the reasoning and its node.

    Attributes:
        message_id (str): Id of the message, identical to that of the event.
        reasoning (str): Next chunk of the node's reasoning, to be appended to the previous ones of the same node.
            Sent only by LLM nodes with `reasoning_format: separated`, whose answer contains no `<think>` part.
        node_id (str | None): LLM node's id, used to separate the reasoning of several nodes; it can be null.
        is_final (bool): `true` for the node's last chunk, whose `reasoning` can be empty.
    """

    __slots__ = (
        "message_id",
        "reasoning",
        "node_id",
        "is_final",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "message_id": "message_id",
        "reasoning": "reasoning",
        "node_id": "node_id",
        "is_final": "is_final",
    }

    message_id: str
    reasoning: str
    node_id: str | None
    is_final: bool

    def __init__(
        self,
        message_id: str,
        reasoning: str,
        node_id: str | None,
        is_final: bool,
    ) -> None:
        self.message_id = message_id
        self.reasoning = reasoning
        self.node_id = node_id
        self.is_final = is_final
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.message_id = get("message_id")
        model.reasoning = get("reasoning")
        model.node_id = get("node_id")
        model.is_final = get("is_final")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "message_id",
        "reasoning",
        "node_id",
        "is_final",
    )
)
