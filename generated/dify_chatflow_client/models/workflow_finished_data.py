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
        error (str | None): Error message; null if the run succeeded. For a stopped run on current servers, it is
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
        created_by (JsonObject | None): JSON object with arbitrary keys, parsed as a dict.
        handoff_duration (float | None): Seconds that the run waited for another process after a restart of the
            server.
    """

    __slots__ = (
        "id",
        "workflow_id",
        "status",
        "outputs",
        "error",
        "elapsed_time",
        "total_tokens",
        "total_steps",
        "created_at",
        "finished_at",
        "exceptions_count",
        "files",
        "created_by",
        "handoff_duration",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "workflow_id": "workflow_id",
        "status": "status",
        "outputs": "outputs",
        "error": "error",
        "elapsed_time": "elapsed_time",
        "total_tokens": "total_tokens",
        "total_steps": "total_steps",
        "created_at": "created_at",
        "finished_at": "finished_at",
        "exceptions_count": "exceptions_count",
        "files": "files",
        "created_by": "created_by",
        "handoff_duration": "handoff_duration",
    }

    id: str
    workflow_id: str
    status: str
    outputs: JsonObject | None
    error: str | None
    elapsed_time: float
    total_tokens: int
    total_steps: int
    created_at: int
    finished_at: int | None
    exceptions_count: int | None
    files: list[JsonObject] | None
    created_by: JsonObject | None
    handoff_duration: float | None

    def __init__(
        self,
        id: str,
        workflow_id: str,
        status: str,
        outputs: JsonObject | None,
        error: str | None,
        elapsed_time: float,
        total_tokens: int,
        total_steps: int,
        created_at: int,
        finished_at: int | None,
        exceptions_count: int | None,
        files: list[JsonObject] | None,
        created_by: JsonObject | None = None,
        handoff_duration: float | None = None,
    ) -> None:
        self.id = id
        self.workflow_id = workflow_id
        self.status = status
        self.outputs = outputs
        self.error = error
        self.elapsed_time = elapsed_time
        self.total_tokens = total_tokens
        self.total_steps = total_steps
        self.created_at = created_at
        self.finished_at = finished_at
        self.exceptions_count = exceptions_count
        self.files = files
        self.created_by = created_by
        self.handoff_duration = handoff_duration
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.workflow_id = get("workflow_id")
        model.status = get("status")
        model.outputs = read_object(JsonObject.from_dict, get("outputs"))
        model.error = get("error")
        model.elapsed_time = get("elapsed_time")
        model.total_tokens = get("total_tokens")
        model.total_steps = get("total_steps")
        model.created_at = get("created_at")
        model.finished_at = get("finished_at")
        model.exceptions_count = get("exceptions_count")
        model.files = read_objects(JsonObject.from_dict, get("files"))
        model.created_by = read_object(JsonObject.from_dict, get("created_by"))
        model.handoff_duration = get("handoff_duration")
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
        "outputs",
        "error",
        "elapsed_time",
        "total_tokens",
        "total_steps",
        "created_at",
        "finished_at",
        "exceptions_count",
        "files",
    )
)


from ..models.json_object import JsonObject
