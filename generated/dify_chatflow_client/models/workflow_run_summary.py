from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    to_datetime,
)


class WorkflowRunSummary(Model):
    """Outcome of a run without its inputs and outputs.

    Attributes:
        id (str): Id of the run, used to get its detail.
        version (str): Version of the workflow: its publication time, such as `2025-01-16 12:00:00.000000`.
        status (str): Status of the run: `running`, `paused` (waiting for human input), `succeeded`, `partial-
            succeeded` (a node failed and its error was handled), `failed` or `stopped`.
        error (str | None): Error message; null if there was no error.
        elapsed_time (float): Duration of the run in seconds.
        total_tokens (int): Number of tokens used by all nodes.
        total_steps (int): Number of nodes executed.
        created_at (int): Start time of the run, in Unix seconds.
        finished_at (int | None): End time of the run, in Unix seconds; null if it has not ended.
        exceptions_count (int): Number of failed nodes whose error was handled by an error branch or a default
            value.
        triggered_from (str | None): Trigger of the run: `app-run` (the app or this API), `webhook`, `schedule` or
            `plugin`.
    """

    __slots__ = (
        "id",
        "version",
        "status",
        "error",
        "elapsed_time",
        "total_tokens",
        "total_steps",
        "created_at",
        "finished_at",
        "exceptions_count",
        "triggered_from",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "version": "version",
        "status": "status",
        "error": "error",
        "elapsed_time": "elapsed_time",
        "total_tokens": "total_tokens",
        "total_steps": "total_steps",
        "created_at": "created_at",
        "finished_at": "finished_at",
        "exceptions_count": "exceptions_count",
        "triggered_from": "triggered_from",
    }

    id: str
    version: str
    status: str
    error: str | None
    elapsed_time: float
    total_tokens: int
    total_steps: int
    created_at: int
    finished_at: int | None
    exceptions_count: int
    triggered_from: str | None

    def __init__(
        self,
        id: str,
        version: str,
        status: str,
        error: str | None,
        elapsed_time: float,
        total_tokens: int,
        total_steps: int,
        created_at: int,
        finished_at: int | None,
        exceptions_count: int,
        triggered_from: str | None = None,
    ) -> None:
        self.id = id
        self.version = version
        self.status = status
        self.error = error
        self.elapsed_time = elapsed_time
        self.total_tokens = total_tokens
        self.total_steps = total_steps
        self.created_at = created_at
        self.finished_at = finished_at
        self.exceptions_count = exceptions_count
        self.triggered_from = triggered_from
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.version = get("version")
        model.status = get("status")
        model.error = get("error")
        model.elapsed_time = get("elapsed_time")
        model.total_tokens = get("total_tokens")
        model.total_steps = get("total_steps")
        model.created_at = get("created_at")
        model.finished_at = get("finished_at")
        model.exceptions_count = get("exceptions_count")
        model.triggered_from = get("triggered_from")
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
        "version",
        "status",
        "error",
        "elapsed_time",
        "total_tokens",
        "total_steps",
        "created_at",
        "finished_at",
        "exceptions_count",
    )
)
