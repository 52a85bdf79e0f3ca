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
    read_objects,
)


@_attrs_define
class NodeRetryData(Model):
    """Failed attempt and the number of the retry.

    Attributes:
        id (str): Id of the failed node execution.
        node_id (str): Id of the node in the workflow, identical for all executions of the node.
        node_type (str): Type of the node, such as `http-request` or `llm`.
        title (str): Title of the node in the workflow editor.
        index (int): Position of the node in the run, identical in `node_started`.
        predecessor_node_id (None | str): Id of the preceding node; it can be null.
        inputs (JsonObject | None): Inputs of the failed attempt; it can be null.
        process_data (JsonObject | None): Intermediate values of the failed attempt; it can be null.
        outputs (JsonObject | None): Outputs of the failed attempt, often none; it can be null.
        status (str): Status of the node. Servers send `retry`; `running`, `succeeded`, `failed` and `exception` are
            also defined.
        error (None | str): Error message of the failed attempt; it can be null.
        elapsed_time (float): Duration of the failed attempt in seconds.
        execution_metadata (JsonObject | None): Additional information about the failed attempt, such as token
            usage; it can be null.
        created_at (int): Start time of the node, in Unix seconds.
        finished_at (int): End time of the failed attempt, in Unix seconds.
        files (list[JsonObject] | None): Files in the outputs of the failed attempt; empty or null if there are
            none.
        iteration_id (None | str): Id of the iteration that contains the node; null if there is none.
        loop_id (None | str): `node_id` of the loop that contains the node; null if there is none.
        retry_index (int): Number of the retry. It is defined to start at `0`, but some servers start at `1`.
        inputs_truncated (bool | Unset): `true` if `inputs` is shortened because of its size.
        outputs_truncated (bool | Unset): `true` if `outputs` is shortened because of its size.
        process_data_truncated (bool | Unset): `true` if `process_data` is shortened because of its size.
    """

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


_KNOWN = frozenset(json_keys(NodeRetryData).values())


from ..models.json_object import JsonObject
