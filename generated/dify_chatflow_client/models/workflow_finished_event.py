from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from ..types import (
    Model,
    read_part,
    refuse_constant,
    to_datetime,
)


class WorkflowFinishedEvent(Model):
    """End of a run, regardless of its outcome. On current servers, it is the last event of a regular stream, also for
    failed and stopped runs.

    Attributes:
        event (Literal['workflow_finished']): Always `workflow_finished`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        workflow_run_id (str): Id of the run.
        data (WorkflowFinishedData): Outcome of the run: status, outputs, error, duration and token usage.
        message_id (str | None): Id of the message, identical in all events of a stream. Missing in early errors and
            in the replay of a finished run.
        conversation_id (str | None): Id of the conversation, which is new if the request specified none or an
            unknown one. Missing in early errors and in the replay of a finished run.
        created_at (int | None): Creation time of the message, in Unix seconds. It is identical in all events of a
            stream and is not the time of the event.
    """

    __slots__ = (
        "task_id",
        "workflow_run_id",
        "data",
        "message_id",
        "conversation_id",
        "created_at",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "workflow_run_id": "workflow_run_id",
        "data": "data",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
    }

    event: ClassVar[Literal["workflow_finished"]] = "workflow_finished"
    task_id: str
    workflow_run_id: str
    data: WorkflowFinishedData
    message_id: str | None
    conversation_id: str | None
    created_at: int | None

    def __init__(
        self,
        task_id: str,
        workflow_run_id: str,
        data: WorkflowFinishedData,
        message_id: str | None = None,
        conversation_id: str | None = None,
        created_at: int | None = None,
    ) -> None:
        self.task_id = task_id
        self.workflow_run_id = workflow_run_id
        self.data = data
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "workflow_finished":
            refuse_constant(src_dict["event"], "workflow_finished")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.task_id = get("task_id")
        model.workflow_run_id = get("workflow_run_id")
        model.data = read_part(WorkflowFinishedData, get("data"))
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "event",
        "task_id",
        "workflow_run_id",
        "data",
    )
)


from ..models.workflow_finished_data import WorkflowFinishedData
