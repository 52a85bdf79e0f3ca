from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_object,
)


@_attrs_define
class WorkflowRunDetail(Model):
    """Workflow run with its status, inputs, outputs, duration and token usage.

    Attributes:
        id (str): Id of the run, identical to `workflow_run_id` in events.
        workflow_id (str): Id of the published workflow version.
        status (str): Status of the run: `running`, `paused` (waiting for human input), `succeeded`, `partial-
            succeeded` (a node failed and its error was handled), `failed` or `stopped`. A stopped run is `stopped` here
            even if its stream reported `failed`.
        inputs (JsonObject | None | str): Inputs of the run, including system variables such as `sys.query`, as a
            JSON string; it can be null.
        outputs (JsonObject | None | str): Outputs of the run. `answer` is the complete text before output
            moderation. Empty while the run is `running` or `paused`, and possibly if it was stopped.
        error (None | str): Error message, or `Aborted: User requested stop` for a stopped run; null otherwise.
        total_steps (int): Number of nodes executed so far.
        total_tokens (int): Number of tokens used by all nodes; `0` if no model was called.
        created_at (int): Start time of the run, in Unix seconds.
        finished_at (int | None): End time of the run, in Unix seconds; null while it is running or paused.
        elapsed_time (float | None): Duration of the run in seconds, excluding pauses; `0.0` while it is paused. It
            can be null.
    """

    id: str
    workflow_id: str
    status: str
    inputs: JsonObject | None | str
    outputs: JsonObject | None | str
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


_KNOWN = frozenset(json_keys(WorkflowRunDetail).values())


from ..models.json_object import JsonObject
