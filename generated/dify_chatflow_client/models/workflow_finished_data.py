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
class WorkflowFinishedData(Model):
    """Outcome of the run: status, outputs, error, duration and token usage.

    Attributes:
        id (str): Id of the run, identical to `workflow_run_id`.
        workflow_id (str): Id of the published workflow version.
        status (str): Status of the run: `succeeded`, `failed`, `partial-succeeded` (a node failed and its error was
            handled) or `stopped`; `running` and `paused` are also defined. Current servers report a stopped run as
            `failed` here and as `stopped` in the run detail.
        outputs (JsonObject | None): Outputs of the run. For a chatflow, `answer` is the complete text before output
            moderation and `files` are its files. Empty or null if there is no answer.
        error (None | str): Error message; null if the run succeeded. For a stopped run on current servers, it is
            `Aborted: User requested stop`.
        elapsed_time (float): Duration of the run in seconds; for a resumed run, since it resumed.
        total_tokens (int): Number of tokens used by all nodes; `0` if no model was called.
        total_steps (int): Number of node executions. Nodes in a loop are not counted; a node that paused and
            resumed is counted twice.
        created_at (int): Start time of the run, in Unix seconds; in the live stream of a resumed run, the time it
            resumed.
        finished_at (int | None): End time of the run, in Unix seconds.
        exceptions_count (int | None): Number of failed nodes, including those whose error was handled.
        files (list[JsonObject] | None): Files in the outputs of the run; empty if there are none.
        created_by (JsonObject | Unset): JSON object with arbitrary keys, parsed as a dict.
        handoff_duration (float | Unset): Seconds that the run waited for another process after a restart of the
            server.
    """

    id: str
    workflow_id: str
    status: str
    outputs: JsonObject | None
    error: None | str
    elapsed_time: float
    total_tokens: int
    total_steps: int
    created_at: int
    finished_at: int | None
    exceptions_count: int | None
    files: list[JsonObject] | None
    created_by: JsonObject | Unset = UNSET
    handoff_duration: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("workflow_id", UNSET),
            get("status", UNSET),
            read_object(JsonObject.from_dict, get("outputs", UNSET)),
            get("error", UNSET),
            get("elapsed_time", UNSET),
            get("total_tokens", UNSET),
            get("total_steps", UNSET),
            get("created_at", UNSET),
            get("finished_at", UNSET),
            get("exceptions_count", UNSET),
            read_objects(JsonObject.from_dict, get("files", UNSET)),
            read_object(JsonObject.from_dict, get("created_by", UNSET)),
            get("handoff_duration", UNSET),
        )
        if len(src_dict) > 14 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WorkflowFinishedData).values())


from ..models.json_object import JsonObject
