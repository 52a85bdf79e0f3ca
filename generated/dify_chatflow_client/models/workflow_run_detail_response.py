from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    read_object,
)


@_attrs_define
class WorkflowRunDetailResponse(Model):
    """One run of the chatflow as the server has it on record: state, inputs, outputs and cost in time and tokens.

    Attributes:
        id (str): Identifies the run, equal to the `workflow_run_id` that stream events carry.
        workflow_id (str): Published version of the workflow that the run used.
        status (str): State of the run: `running`, `paused` (waits for a person), `succeeded`, `partial-succeeded`
            (some node failed but the workflow handled it), `failed` or `stopped`. A stopped run says `stopped` here
            although its stream ends with `failed`.
        inputs (JsonObject | None | str): Start values of the run, including system ones such as `sys.query`.
            Current servers send a JSON string, to be read with `json.loads`; older ones send an object. It can be
            `null`.
        outputs (JsonObject): A JSON object whose keys the app or the server decides, read as a dict.
        error (None | str): Reason of a failure, or `Aborted: User requested stop` for a stopped run; `null`
            otherwise.
        total_steps (int): Count of nodes that ran, up to now if the run is not over.
        total_tokens (int): Model tokens spent in the whole run, `0` if no model was called.
        created_at (int): Start of the run, in Unix seconds (UTC).
        finished_at (int | None): End of the run, in Unix seconds (UTC); `null` while it runs or is paused.
        elapsed_time (float | None): Seconds of work, without the wait for a person; `0.0` while paused. It can be
            `null`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "workflow_id": "workflow_id",
        "status": "status",
        "inputs": "inputs",
        "outputs": "outputs",
        "error": "error",
        "total_steps": "total_steps",
        "total_tokens": "total_tokens",
        "created_at": "created_at",
        "finished_at": "finished_at",
        "elapsed_time": "elapsed_time",
    }

    id: str
    workflow_id: str
    status: str
    inputs: JsonObject | None | str
    outputs: JsonObject
    error: None | str
    total_steps: int
    total_tokens: int
    created_at: int
    finished_at: int | None
    elapsed_time: float | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("workflow_id", UNSET),
            get("status", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            read_object(JsonObject.from_dict, get("outputs", UNSET)),
            get("error", UNSET),
            get("total_steps", UNSET),
            get("total_tokens", UNSET),
            get("created_at", UNSET),
            get("finished_at", UNSET),
            get("elapsed_time", UNSET),
        )
        if len(src_dict) > 11 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(WorkflowRunDetailResponse.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
