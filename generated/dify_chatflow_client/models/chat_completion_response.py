from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class ChatCompletionResponse(Model):
    """Complete answer in `blocking` mode, or the notification that the run has paused.

    Attributes:
        event (str): `message`, or `workflow_paused` if the run is waiting for human input. The HTTP status is `200`
            in both cases.
        task_id (str): Id of the task, used to stop the run.
        id (str): Id of the message, identical to `message_id`.
        message_id (str): Id of the message, used for feedback, suggested questions and text-to-speech.
        conversation_id (str): Id of the conversation, used to continue it. It differs from the id sent if the
            server started a new conversation.
        mode (str): Mode of the app: `advanced-chat` for a chatflow.
        answer (str): Complete text of the answer. Files appear as Markdown links or images.
        metadata (ReplyMetadata): Usage and sources of an answer.
        created_at (int): Creation time of the message, in Unix seconds.
        workflow_run_id (str | None): Id of the paused run; only present if `event` is `workflow_paused`.
        data (WorkflowPausedData | None): Place and reasons of a pause.
    """

    __slots__ = (
        "event",
        "task_id",
        "id",
        "message_id",
        "conversation_id",
        "mode",
        "answer",
        "metadata",
        "created_at",
        "workflow_run_id",
        "data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "id": "id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "mode": "mode",
        "answer": "answer",
        "metadata": "metadata",
        "created_at": "created_at",
        "workflow_run_id": "workflow_run_id",
        "data": "data",
    }

    event: str
    task_id: str
    id: str
    message_id: str
    conversation_id: str
    mode: str
    answer: str
    metadata: ReplyMetadata
    created_at: int
    workflow_run_id: str | None
    data: WorkflowPausedData | None

    def __init__(
        self,
        event: str,
        task_id: str,
        id: str,
        message_id: str,
        conversation_id: str,
        mode: str,
        answer: str,
        metadata: ReplyMetadata,
        created_at: int,
        workflow_run_id: str | None = None,
        data: WorkflowPausedData | None = None,
    ) -> None:
        self.event = event
        self.task_id = task_id
        self.id = id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.mode = mode
        self.answer = answer
        self.metadata = metadata
        self.created_at = created_at
        self.workflow_run_id = workflow_run_id
        self.data = data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.event = get("event")
        model.task_id = get("task_id")
        model.id = get("id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.mode = get("mode")
        model.answer = get("answer")
        model.metadata = read_object(ReplyMetadata.from_dict, get("metadata"))
        model.created_at = get("created_at")
        model.workflow_run_id = get("workflow_run_id")
        model.data = read_object(WorkflowPausedData.from_dict, get("data"))
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
        "id",
        "message_id",
        "conversation_id",
        "mode",
        "answer",
        "metadata",
        "created_at",
    )
)


from ..models.reply_metadata import ReplyMetadata
from ..models.workflow_paused_data import WorkflowPausedData
