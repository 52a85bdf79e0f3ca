from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
)


@_attrs_define
class ReasoningChunkData(Model):
    """The piece of reasoning, the node it comes from and whether it is the last.

    Attributes:
        message_id (str): Message whose answer the model is thinking about, the same value as in the event itself.
        reasoning (str): Next piece of the model's thoughts; join the pieces in order, node by node, for the whole
            text. Sent only by an LLM node set to `separated` reasoning, whose answer text then has no `<think>` part.
        node_id (None | str): LLM node that is thinking, so that the thoughts of several nodes can be kept apart;
            may be `null`.
        is_final (bool): `True` on the last piece from a node, whose `reasoning` may be an empty string.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "message_id": "message_id",
        "reasoning": "reasoning",
        "node_id": "node_id",
        "is_final": "is_final",
    }

    message_id: str
    reasoning: str
    node_id: None | str
    is_final: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("message_id", UNSET),
            get("reasoning", UNSET),
            get("node_id", UNSET),
            get("is_final", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(ReasoningChunkData.json_names.values())
