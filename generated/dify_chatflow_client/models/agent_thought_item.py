from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    read_object,
)


@_attrs_define
class AgentThoughtItem(Model):
    """One step of an agent at work: its reasoning, the tools it called and what they returned.

    Attributes:
        id (str | Unset): UUID of this agent step.
        chain_id (None | str | Unset): Identifier shared by the steps of one chain, or `null` when they are not
            grouped.
        message_id (str | Unset): UUID of the turn during which the agent took this step.
        position (int | Unset): Place of the step in the agent's sequence, which gives the reading order.
        thought (None | str | Unset): Reasoning text the model wrote for this step; it can be empty.
        tool (None | str | Unset): Names of the tools this step used, joined with `;`; empty when it used none.
        tool_labels (JsonObject | None | Unset): Names to show to people, keyed by tool name; may be `null`.
        tool_input (None | str | Unset): Arguments passed to the tools, as JSON text that the caller must decode.
        observation (None | str | Unset): Text the tools gave back to the agent; empty when nothing was called.
        files (list[str] | Unset): UUIDs of files produced or used during this step.
        created_at (int | Unset): Time at which the step was recorded, in whole Unix seconds.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "chain_id": "chain_id",
        "message_id": "message_id",
        "position": "position",
        "thought": "thought",
        "tool": "tool",
        "tool_labels": "tool_labels",
        "tool_input": "tool_input",
        "observation": "observation",
        "files": "files",
        "created_at": "created_at",
    }

    id: str | Unset = UNSET
    chain_id: None | str | Unset = UNSET
    message_id: str | Unset = UNSET
    position: int | Unset = UNSET
    thought: None | str | Unset = UNSET
    tool: None | str | Unset = UNSET
    tool_labels: JsonObject | None | Unset = UNSET
    tool_input: None | str | Unset = UNSET
    observation: None | str | Unset = UNSET
    files: list[str] | Unset = UNSET
    created_at: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("chain_id", UNSET),
            get("message_id", UNSET),
            get("position", UNSET),
            get("thought", UNSET),
            get("tool", UNSET),
            read_object(JsonObject.from_dict, get("tool_labels", UNSET)),
            get("tool_input", UNSET),
            get("observation", UNSET),
            get("files", UNSET),
            get("created_at", UNSET),
        )
        if len(src_dict) > 11 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(AgentThoughtItem.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
