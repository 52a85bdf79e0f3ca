from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_object,
)


@_attrs_define
class AgentThought(Model):
    """Step of an agent, with its reasoning, tool calls and results.

    Attributes:
        id (str | Unset): UUID of the step.
        chain_id (None | str | Unset): Id shared by the steps of a chain; null if steps are not grouped.
        message_id (str | Unset): UUID of the message that the step belongs to.
        position (int | Unset): Position in the sequence of steps.
        thought (None | str | Unset): Reasoning of the model in this step; it can be empty.
        tool (None | str | Unset): Names of the tools called, separated by `;`; empty if there are none.
        tool_labels (JsonObject | None | Unset): Display names of the tools, keyed by tool name; it can be null.
        tool_input (None | str | Unset): Arguments of the tool calls, as a JSON string.
        observation (None | str | Unset): Output of the tools; empty if none were called.
        files (list[str] | Unset): UUIDs of the files used or created in this step.
        created_at (int | Unset): Creation time of the step, in Unix seconds.
    """

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


_KNOWN = frozenset(json_keys(AgentThought).values())


from ..models.json_object import JsonObject
