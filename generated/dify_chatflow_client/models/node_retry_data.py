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


class NodeRetryData(Model):
    """Failed attempt and the number of the retry.

    Attributes:
        id (str): Id of the failed node execution.
        node_id (str): Id of the node in the workflow, identical for all executions of the node.
        node_type (str): Type of the node, such as `http-request` or `llm`.
        title (str): Title of the node in the workflow editor.
        index (int): Position of the node in the run, identical in `node_started`.
        predecessor_node_id (str | None): Id of the preceding node; it can be null.
        inputs (JsonObject | None): Inputs of the failed attempt; it can be null.
        process_data (JsonObject | None): Intermediate values of the failed attempt; it can be null.
        outputs (JsonObject | None): Outputs of the failed attempt, often none; it can be null.
        status (str): Status of the node. Servers send `retry`; `running`, `succeeded`, `failed` and `exception` are
            also defined.
        error (str | None): Error message of the failed attempt; it can be null.
        elapsed_time (float): Duration of the failed attempt in seconds.
        execution_metadata (JsonObject | None): Additional information about the failed attempt, such as token
            usage; it can be null.
        created_at (int): Start time of the node, in Unix seconds.
        finished_at (int): End time of the failed attempt, in Unix seconds.
        files (list[JsonObject] | None): Files in the outputs of the failed attempt; empty or null if there are
            none.
        iteration_id (str | None): Id of the iteration that contains the node; null if there is none.
        loop_id (str | None): `node_id` of the loop that contains the node; null if there is none.
        retry_index (int): Number of the retry. It is defined to start at `0`, but some servers start at `1`.
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
        "retry_index",
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
        "retry_index": "retry_index",
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
    retry_index: int
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
        retry_index: int,
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
        self.retry_index = retry_index
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
        model.retry_index = get("retry_index")
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
        "retry_index",
    )
)


from ..models.json_object import JsonObject
