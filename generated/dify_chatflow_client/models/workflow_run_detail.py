from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class WorkflowRunDetail(Model):
    """Workflow run with its status, inputs, outputs, duration and token usage.

    Attributes:
        id (str): Id of the run, identical to `workflow_run_id` in events.
        workflow_id (str): Id of the published workflow version.
        status (str): Status of the run: `running`, `paused` (waiting for human input), `succeeded`, `partial-
            succeeded` (a node failed and its error was handled), `failed` or `stopped`. A stopped run is `stopped` here
            even if its stream reported `failed`.
        inputs (JsonObject | str | None): Inputs of the run, including system variables such as `sys.query`, as a
            JSON string; it can be null.
        outputs (JsonObject | str | None): Outputs of the run. `answer` is the complete text before output
            moderation. Empty while the run is `running` or `paused`, and possibly if it was stopped.
        error (str | None): Error message, or `Aborted: User requested stop` for a stopped run; null otherwise.
        total_steps (int): Number of nodes executed so far.
        total_tokens (int): Number of tokens used by all nodes; `0` if no model was called.
        created_at (int): Start time of the run, in Unix seconds.
        finished_at (int | None): End time of the run, in Unix seconds; null while it is running or paused.
        elapsed_time (float | None): Duration of the run in seconds, excluding pauses; `0.0` while it is paused. It
            can be null.
    """

    __slots__ = (
        "id",
        "workflow_id",
        "status",
        "inputs",
        "outputs",
        "error",
        "total_steps",
        "total_tokens",
        "created_at",
        "finished_at",
        "elapsed_time",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
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
    inputs: JsonObject | str | None
    outputs: JsonObject | str | None
    error: str | None
    total_steps: int
    total_tokens: int
    created_at: int
    finished_at: int | None
    elapsed_time: float | None

    def __init__(
        self,
        id: str,
        workflow_id: str,
        status: str,
        inputs: JsonObject | str | None,
        outputs: JsonObject | str | None,
        error: str | None,
        total_steps: int,
        total_tokens: int,
        created_at: int,
        finished_at: int | None,
        elapsed_time: float | None,
    ) -> None:
        self.id = id
        self.workflow_id = workflow_id
        self.status = status
        self.inputs = inputs
        self.outputs = outputs
        self.error = error
        self.total_steps = total_steps
        self.total_tokens = total_tokens
        self.created_at = created_at
        self.finished_at = finished_at
        self.elapsed_time = elapsed_time
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.workflow_id = get("workflow_id")
        model.status = get("status")
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.outputs = read_object(JsonObject.from_dict, get("outputs"))
        model.error = get("error")
        model.total_steps = get("total_steps")
        model.total_tokens = get("total_tokens")
        model.created_at = get("created_at")
        model.finished_at = get("finished_at")
        model.elapsed_time = get("elapsed_time")
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
        "workflow_id",
        "status",
        "inputs",
        "outputs",
        "error",
        "total_steps",
        "total_tokens",
        "created_at",
        "finished_at",
        "elapsed_time",
    )
)


from ..models.json_object import JsonObject
