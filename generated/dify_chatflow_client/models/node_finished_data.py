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
    read_objects,
)


@_attrs_define
class NodeFinishedData(Model):
    """How the node ended: status, inputs, outputs, error and time.

    Attributes:
        id (str): Identifies this execution; equal to the `id` in its `node_started`.
        node_id (str): Which node of the workflow has ended.
        node_type (str): Kind of node, for example `llm`, `code` or `answer`.
        title (str): Label of the node in the workflow editor.
        index (int): Position of the node in the run, repeated from `node_started`; a live stream sends `1` for
            every node.
        predecessor_node_id (None | str): The node executed before this one, usually left `null` by servers.
        inputs (JsonObject | None): Values the node worked on; `null` in the reduced events of a state snapshot.
        process_data (JsonObject | None): Intermediate values, for example the conditions an `if-else` node checked;
            `null` in a state snapshot.
        outputs (JsonObject | None): Values the node produced, empty if it failed; `null` in a state snapshot. With
            status `exception` they include `error_message` and `error_type`.
        status (str): How the node ended: `succeeded`, `failed`, or `exception` when it failed and the workflow
            handled the error. Servers also use `paused` and `retry`; `running` is possible too.
        error (None | str): Why the node failed, else `null`. With status `exception` it can be just `Unknown
            error`; the real text is in `outputs`.
        elapsed_time (float): How long the node took, in seconds.
        execution_metadata (JsonObject | None): Extra facts such as `total_tokens`, `total_price`, `error_strategy`
            or `loop_index`; `null` for most nodes.
        created_at (int): When this execution began, in Unix seconds.
        finished_at (int): When this execution ended, in Unix seconds.
        files (list[JsonObject] | None): Files found in the outputs of the node; an empty list if none.
        iteration_id (None | str): The iteration that contains the node, or `null`.
        loop_id (None | str): The `node_id` of the loop that contains the node, or `null`.
        inputs_truncated (bool | Unset): Whether `inputs` was cut because it is large.
        outputs_truncated (bool | Unset): Whether `outputs` was cut because it is large.
        process_data_truncated (bool | Unset): Whether `process_data` was cut because it is large.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "node_id": "node_id",
        "node_type": "node_type",
        "title": "title",
        "index": "index",
        "predecessor_node_id": "predecessor_node_id",
        "inputs": "inputs",
        "process_data": "process_data",
        "outputs": "outputs",
        "status": "status",
        "error": "error",
        "elapsed_time": "elapsed_time",
        "execution_metadata": "execution_metadata",
        "created_at": "created_at",
        "finished_at": "finished_at",
        "files": "files",
        "iteration_id": "iteration_id",
        "loop_id": "loop_id",
        "inputs_truncated": "inputs_truncated",
        "outputs_truncated": "outputs_truncated",
        "process_data_truncated": "process_data_truncated",
    }

    id: str
    node_id: str
    node_type: str
    title: str
    index: int
    predecessor_node_id: None | str
    inputs: JsonObject | None
    process_data: JsonObject | None
    outputs: JsonObject | None
    status: str
    error: None | str
    elapsed_time: float
    execution_metadata: JsonObject | None
    created_at: int
    finished_at: int
    files: list[JsonObject] | None
    iteration_id: None | str
    loop_id: None | str
    inputs_truncated: bool | Unset = UNSET
    outputs_truncated: bool | Unset = UNSET
    process_data_truncated: bool | Unset = UNSET
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
            read_object(JsonObject.from_dict, get("process_data", UNSET)),
            read_object(JsonObject.from_dict, get("outputs", UNSET)),
            get("status", UNSET),
            get("error", UNSET),
            get("elapsed_time", UNSET),
            read_object(JsonObject.from_dict, get("execution_metadata", UNSET)),
            get("created_at", UNSET),
            get("finished_at", UNSET),
            read_objects(JsonObject.from_dict, get("files", UNSET)),
            get("iteration_id", UNSET),
            get("loop_id", UNSET),
            get("inputs_truncated", UNSET),
            get("outputs_truncated", UNSET),
            get("process_data_truncated", UNSET),
        )
        if len(src_dict) > 21 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(NodeFinishedData.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
