from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


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
        predecessor_node_id (str | None): Id of the preceding node; usually null.
        inputs (JsonObject | None): Inputs of the node; usually null in this event and set in `node_finished`.
        created_at (int): Start time of the node, in Unix seconds.
        extras (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        iteration_id (str | None): Id of the iteration that contains the node; null if there is none.
        loop_id (str | None): `node_id` of the loop that contains the node; null if there is none.
        agent_strategy (JsonObject | None): Name and icon of an Agent node's strategy; null for other nodes.
        inputs_truncated (bool | None): `true` if `inputs` is shortened because of its size.
    """

    __slots__ = (
        "id",
        "node_id",
        "node_type",
        "title",
        "index",
        "predecessor_node_id",
        "inputs",
        "created_at",
        "extras",
        "iteration_id",
        "loop_id",
        "agent_strategy",
        "inputs_truncated",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
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
        "agent_strategy": "agent_strategy",
        "inputs_truncated": "inputs_truncated",
    }

    id: str
    node_id: str
    node_type: str
    title: str
    index: int
    predecessor_node_id: str | None
    inputs: JsonObject | None
    created_at: int
    extras: JsonObject
    iteration_id: str | None
    loop_id: str | None
    agent_strategy: JsonObject | None
    inputs_truncated: bool | None

    def __init__(
        self,
        id: str,
        node_id: str,
        node_type: str,
        title: str,
        index: int,
        predecessor_node_id: str | None,
        inputs: JsonObject | None,
        created_at: int,
        extras: JsonObject,
        iteration_id: str | None,
        loop_id: str | None,
        agent_strategy: JsonObject | None = None,
        inputs_truncated: bool | None = None,
    ) -> None:
        self.id = id
        self.node_id = node_id
        self.node_type = node_type
        self.title = title
        self.index = index
        self.predecessor_node_id = predecessor_node_id
        self.inputs = inputs
        self.created_at = created_at
        self.extras = extras
        self.iteration_id = iteration_id
        self.loop_id = loop_id
        self.agent_strategy = agent_strategy
        self.inputs_truncated = inputs_truncated
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.node_id = get("node_id")
        model.node_type = get("node_type")
        model.title = get("title")
        model.index = get("index")
        model.predecessor_node_id = get("predecessor_node_id")
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.created_at = get("created_at")
        model.extras = read_object(JsonObject.from_dict, get("extras"))
        model.iteration_id = get("iteration_id")
        model.loop_id = get("loop_id")
        model.agent_strategy = read_object(JsonObject.from_dict, get("agent_strategy"))
        model.inputs_truncated = get("inputs_truncated")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "node_id",
        "node_type",
        "title",
        "index",
        "predecessor_node_id",
        "inputs",
        "created_at",
        "extras",
        "iteration_id",
        "loop_id",
    )
)


from ..models.json_object import JsonObject
