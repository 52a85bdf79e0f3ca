from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class ReasoningChunkData(Model):
    """Chunk of the reasoning and its node.

    Attributes:
        message_id (str): Id of the message, identical to that of the event.
        reasoning (str): Next chunk of the node's reasoning, to be appended to the previous ones of the same node.
            Sent only by LLM nodes with `reasoning_format: separated`, whose answer contains no `<think>` part.
        node_id (None | str): LLM node's id, used to separate the reasoning of several nodes; it can be null.
        is_final (bool): `true` for the node's last chunk, whose `reasoning` can be empty.
    """

    message_id: str
    reasoning: str
    node_id: None | str
    is_final: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("message_id", UNSET),
            get("reasoning", UNSET),
            get("node_id", UNSET),
            get("is_final", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ReasoningChunkData).values())
