from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    read_objects,
    to_datetime,
)


class NodeFinishedData(Model):
    """Outcome of the node: status, inputs, outputs, error and duration.

    Attributes:
        id (str): Id of the node execution, identical in `node_started`.
        node_id (str): Id of the node in the workflow, identical for all executions of the node.
        node_type (str): Type of the node, such as `llm`, `code` or `answer`.
        title (str): Title of the node in the workflow editor.
        index (int): Position of the node in the run, identical in `node_started`. Live streams send `1` for every
            node.
        predecessor_node_id (str | None): Id of the preceding node; usually null.
        inputs (JsonObject | None): Inputs of the node; null in a state snapshot.
        process_data (JsonObject | None): Intermediate values of the node, such as the conditions that an `if-else`
            node evaluated; null in a state snapshot.
        outputs (JsonObject | None): Outputs of the node; empty if it failed, null in a state snapshot. For the
            status `exception`, they include `error_message` and `error_type`.
        status (str): Status of the node: `succeeded`, `failed`, or `exception` if it failed and the workflow
            handled the error. Servers also send `paused` and `retry`; `running` is also defined.
        error (str | None): Error message; null if the node succeeded. For the status `exception`, it can be
            `Unknown error`, with the actual message in `outputs`.
        elapsed_time (float): Duration of the node execution in seconds.
        execution_metadata (JsonObject | None): Additional information, such as `total_tokens`, `total_price`,
            `error_strategy` or `loop_index`; null for most nodes.
        created_at (int): Start time of the node, in Unix seconds.
        finished_at (int): End time of the node, in Unix seconds.
        files (list[JsonObject] | None): Files in the outputs of the node; empty if there are none.
        iteration_id (str | None): Id of the iteration that contains the node; null if there is none.
        loop_id (str | None): `node_id` of the loop that contains the node; null if there is none.
        inputs_truncated (bool | None): `true` if `inputs` is shortened because of its size.
        outputs_truncated (bool | None): `true` if `outputs` is shortened because of its size.
        process_data_truncated (bool | None): `true` if `process_data` is shortened because of its size.
    """

    __slots__ = (
        "id",
        "node_id",
        "node_type",
        "title",
        "index",
        "predecessor_node_id",
        "inputs",
        "process_data",
        "outputs",
        "status",
        "error",
        "elapsed_time",
        "execution_metadata",
        "created_at",
        "finished_at",
        "files",
        "iteration_id",
        "loop_id",
        "inputs_truncated",
        "outputs_truncated",
        "process_data_truncated",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
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
    predecessor_node_id: str | None
    inputs: JsonObject | None
    process_data: JsonObject | None
    outputs: JsonObject | None
    status: str
    error: str | None
    elapsed_time: float
    execution_metadata: JsonObject | None
    created_at: int
    finished_at: int
    files: list[JsonObject] | None
    iteration_id: str | None
    loop_id: str | None
    inputs_truncated: bool | None
    outputs_truncated: bool | None
    process_data_truncated: bool | None

    def __init__(
        self,
        id: str,
        node_id: str,
        node_type: str,
        title: str,
        index: int,
        predecessor_node_id: str | None,
        inputs: JsonObject | None,
        process_data: JsonObject | None,
        outputs: JsonObject | None,
        status: str,
        error: str | None,
        elapsed_time: float,
        execution_metadata: JsonObject | None,
        created_at: int,
        finished_at: int,
        files: list[JsonObject] | None,
        iteration_id: str | None,
        loop_id: str | None,
        inputs_truncated: bool | None = None,
        outputs_truncated: bool | None = None,
        process_data_truncated: bool | None = None,
    ) -> None:
        self.id = id
        self.node_id = node_id
        self.node_type = node_type
        self.title = title
        self.index = index
        self.predecessor_node_id = predecessor_node_id
        self.inputs = inputs
        self.process_data = process_data
        self.outputs = outputs
        self.status = status
        self.error = error
        self.elapsed_time = elapsed_time
        self.execution_metadata = execution_metadata
        self.created_at = created_at
        self.finished_at = finished_at
        self.files = files
        self.iteration_id = iteration_id
        self.loop_id = loop_id
        self.inputs_truncated = inputs_truncated
        self.outputs_truncated = outputs_truncated
        self.process_data_truncated = process_data_truncated
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
        model.process_data = read_object(JsonObject.from_dict, get("process_data"))
        model.outputs = read_object(JsonObject.from_dict, get("outputs"))
        model.status = get("status")
        model.error = get("error")
        model.elapsed_time = get("elapsed_time")
        model.execution_metadata = read_object(JsonObject.from_dict, get("execution_metadata"))
        model.created_at = get("created_at")
        model.finished_at = get("finished_at")
        model.files = read_objects(JsonObject.from_dict, get("files"))
        model.iteration_id = get("iteration_id")
        model.loop_id = get("loop_id")
        model.inputs_truncated = get("inputs_truncated")
        model.outputs_truncated = get("outputs_truncated")
        model.process_data_truncated = get("process_data_truncated")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)

    @property
    def finished_at_datetime(self) -> datetime.datetime | None:
        """`finished_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.finished_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "node_id",
        "node_type",
        "title",
        "index",
        "predecessor_node_id",
        "inputs",
        "process_data",
        "outputs",
        "status",
        "error",
        "elapsed_time",
        "execution_metadata",
        "created_at",
        "finished_at",
        "files",
        "iteration_id",
        "loop_id",
    )
)


from ..models.json_object import JsonObject
