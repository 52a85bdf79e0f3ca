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
class NodeFinishedData(Model):
    """Outcome of the node: status, inputs, outputs, error and duration.

    Attributes:
        id (str): Id of the node execution, identical in `node_started`.
        node_id (str): Id of the node in the workflow, identical for all executions of the node.
        node_type (str): Type of the node, such as `llm`, `code` or `answer`.
        title (str): Title of the node in the workflow editor.
        index (int): Position of the node in the run, identical in `node_started`. Live streams send `1` for every
            node.
        predecessor_node_id (None | str): Id of the preceding node; usually null.
        inputs (JsonObject | None): Inputs of the node; null in a state snapshot.
        process_data (JsonObject | None): Intermediate values of the node, such as the conditions that an `if-else`
            node evaluated; null in a state snapshot.
        outputs (JsonObject | None): Outputs of the node; empty if it failed, null in a state snapshot. For the
            status `exception`, they include `error_message` and `error_type`.
        status (str): Status of the node: `succeeded`, `failed`, or `exception` if it failed and the workflow
            handled the error. Servers also send `paused` and `retry`; `running` is also defined.
        error (None | str): Error message; null if the node succeeded. For the status `exception`, it can be
            `Unknown error`, with the actual message in `outputs`.
        elapsed_time (float): Duration of the node execution in seconds.
        execution_metadata (JsonObject | None): Additional information, such as `total_tokens`, `total_price`,
            `error_strategy` or `loop_index`; null for most nodes.
        created_at (int): Start time of the node, in Unix seconds.
        finished_at (int): End time of the node, in Unix seconds.
        files (list[JsonObject] | None): Files in the outputs of the node; empty if there are none.
        iteration_id (None | str): Id of the iteration that contains the node; null if there is none.
        loop_id (None | str): `node_id` of the loop that contains the node; null if there is none.
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
            get("inputs_truncated", UNSET),
            get("outputs_truncated", UNSET),
            get("process_data_truncated", UNSET),
        )
        if len(src_dict) > 21 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(NodeFinishedData).values())


from ..models.json_object import JsonObject
