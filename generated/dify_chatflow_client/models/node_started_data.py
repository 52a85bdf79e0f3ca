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
class NodeStartedData(Model):
    """Node and its position in the run.

    Attributes:
        id (str): Id of the node execution, identical in `node_finished`.
        node_id (str): Id of the node in the workflow, identical for all executions of the node.
        node_type (str): Type of the node, such as `start`, `if-else`, `llm`, `code`, `knowledge-retrieval`, `human-
            input` or `answer`.
        title (str): Title of the node in the workflow editor.
        index (int): Position of the node in the run. Live streams send `1` for every node; only a state snapshot
            counts the nodes.
        predecessor_node_id (None | str): Id of the preceding node; usually null.
        inputs (JsonObject | None): Inputs of the node; usually null in this event and set in `node_finished`.
        created_at (int): Start time of the node, in Unix seconds.
        extras (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        iteration_id (None | str): Id of the iteration that contains the node; null if there is none.
        loop_id (None | str): `node_id` of the loop that contains the node; null if there is none.
        agent_strategy (JsonObject | None | Unset): Name and icon of an Agent node's strategy; null for other nodes.
        inputs_truncated (bool | Unset): `true` if `inputs` is shortened because of its size.
    """

    id: str
    node_id: str
    node_type: str
    title: str
    index: int
    predecessor_node_id: None | str
    inputs: JsonObject | None
    created_at: int
    extras: JsonObject
    iteration_id: None | str
    loop_id: None | str
    agent_strategy: JsonObject | None | Unset = UNSET
    inputs_truncated: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("node_id", UNSET),
            get("node_type", UNSET),
            get("title", UNSET),
            get("index", UNSET),
            get("predecessor_node_id", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("created_at", UNSET),
            read_object(JsonObject.from_dict, get("extras", UNSET)),
            get("iteration_id", UNSET),
            get("loop_id", UNSET),
            read_object(JsonObject.from_dict, get("agent_strategy", UNSET)),
            get("inputs_truncated", UNSET),
        )
        if len(src_dict) > 13 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(NodeStartedData).values())


from ..models.json_object import JsonObject
