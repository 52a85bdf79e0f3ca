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
class NodeRetryData(Model):
    """The failed attempt of the node and how often it was tried again.

    Attributes:
        id (str): Identifies the execution that failed and is repeated.
        node_id (str): Which node of the workflow is tried again.
        node_type (str): Kind of the retried node, for example `http-request` or `llm`.
        title (str): Label of the retried node in the workflow editor.
        index (int): Position of the retried node in the run, as in its `node_started`.
        predecessor_node_id (None | str): The node executed before the retried one; may be `null`.
        inputs (JsonObject | None): Values the failed attempt worked on, or `null`.
        process_data (JsonObject | None): Intermediate values of the failed attempt, or `null`.
        outputs (JsonObject | None): Whatever the failed attempt produced, often nothing; may be `null`.
        status (str): State of the node at this point. Servers use `retry`; `running`, `succeeded`, `failed` and
            `exception` are the other values.
        error (None | str): Why the attempt failed; may be `null`.
        elapsed_time (float): How long the failed attempt took, in seconds.
        execution_metadata (JsonObject | None): Extra facts about the failed attempt, such as token use, or `null`.
        created_at (int): When the retried node began, in Unix seconds.
        finished_at (int): When the failed attempt ended, in Unix seconds.
        files (list[JsonObject] | None): Files the failed attempt produced; empty or `null` if none.
        iteration_id (None | str): The iteration around the retried node, or `null` outside of one.
        loop_id (None | str): The loop around the retried node, or `null` outside of one.
        retry_index (int): Counts the retries of this node. The nominal start is `0`, but a server may number the
            first retry `1`.
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
    retry_index: int
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
            get("retry_index", UNSET),
            get("inputs_truncated", UNSET),
            get("outputs_truncated", UNSET),
            get("process_data_truncated", UNSET),
        )
        if len(src_dict) > 22 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(NodeRetryData.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
