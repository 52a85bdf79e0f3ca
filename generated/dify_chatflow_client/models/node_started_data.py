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
class NodeStartedData(Model):
    """Which node begins and where it stands in the run.

    Attributes:
        id (str): Identifies this one execution of the node; the matching `node_finished` carries the same value.
        node_id (str): Which node of the workflow it is; a node that runs again in a loop keeps this value.
        node_type (str): Kind of node, such as `start`, `if-else`, `llm`, `code`, `knowledge-retrieval`, `human-
            input` or `answer`.
        title (str): Name the author of the workflow gave to the node.
        index (int): Position of the node in the run. Live streams send `1` for every node; only a state snapshot
            counts up.
        predecessor_node_id (None | str): The node that ran just before; servers usually send `null`.
        inputs (JsonObject | None): What the node received, if the server tells. It is normally `null` here; look at
            `node_finished`.
        created_at (int): When the node began, in Unix seconds.
        extras (JsonObject): A JSON object whose keys the app or the server decides, read as a dict.
        iteration_id (None | str): The iteration around this node, or `null` outside of one.
        loop_id (None | str): The `node_id` of the loop around this node, or `null` outside of one.
        inputs_truncated (bool | Unset): Whether `inputs` was cut because it is large.
        agent_strategy (JsonObject | None | Unset): Name and icon of the strategy of an Agent node; null for other
            nodes.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "node_id": "node_id",
        "node_type": "node_type",
        "title": "title",
        "index": "index",
        "predecessor_node_id": "predecessor_node_id",
        "inputs": "inputs",
        "created_at": "created_at",
        "extras": "extras",
        "iteration_id": "iteration_id",
        "loop_id": "loop_id",
        "inputs_truncated": "inputs_truncated",
        "agent_strategy": "agent_strategy",
    }

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
    inputs_truncated: bool | Unset = UNSET
    agent_strategy: JsonObject | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
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
            get("inputs_truncated", UNSET),
            read_object(JsonObject.from_dict, get("agent_strategy", UNSET)),
        )
        if len(src_dict) > 13 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(NodeStartedData.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
