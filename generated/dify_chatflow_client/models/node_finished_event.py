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


class NodeFinishedEvent(Model):
    """End of a node, whether or not it succeeded. Not sent for a node interrupted by a stop.

    Attributes:
        event (Literal['node_finished']): Always `node_finished`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        workflow_run_id (str): Id of the run.
        data (NodeFinishedData): Outcome of the node: status, inputs, outputs, error and duration.
    """

    __slots__ = (
        "task_id",
        "message_id",
        "conversation_id",
        "created_at",
        "workflow_run_id",
        "data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "workflow_run_id": "workflow_run_id",
        "data": "data",
    }

    event: ClassVar[Literal["node_finished"]] = "node_finished"
    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    workflow_run_id: str
    data: NodeFinishedData

    def __init__(
        self,
        task_id: str,
        message_id: str,
        conversation_id: str,
        created_at: int,
        workflow_run_id: str,
        data: NodeFinishedData,
    ) -> None:
        self.task_id = task_id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self.workflow_run_id = workflow_run_id
        self.data = data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "node_finished":
            refuse_constant(src_dict["event"], "node_finished")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.task_id = get("task_id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model.workflow_run_id = get("workflow_run_id")
        model.data = read_part(NodeFinishedData, get("data"))
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
        "message_id",
        "conversation_id",
        "created_at",
        "workflow_run_id",
        "data",
    )
)


from ..models.node_finished_data import NodeFinishedData
