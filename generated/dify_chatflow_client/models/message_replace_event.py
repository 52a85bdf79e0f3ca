from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from ..types import (
    Model,
    refuse_constant,
    to_datetime,
)


class MessageReplaceEvent(Model):
    """Replacement of all text received so far. Sent after output moderation, and at the start of a state snapshot with
    the current answer.

    Attributes:
        event (Literal['message_replace']): Always `message_replace`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        answer (str): Complete new text of the answer. It can be empty in a state snapshot.
        reason (str | None): `output_moderation` if moderation rejected the answer; empty in a state snapshot.
    """

    __slots__ = (
        "task_id",
        "message_id",
        "conversation_id",
        "created_at",
        "answer",
        "reason",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "answer": "answer",
        "reason": "reason",
    }

    event: ClassVar[Literal["message_replace"]] = "message_replace"
    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    answer: str
    reason: str | None

    def __init__(
        self,
        task_id: str,
        message_id: str,
        conversation_id: str,
        created_at: int,
        answer: str,
        reason: str | None = None,
    ) -> None:
        self.task_id = task_id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self.answer = answer
        self.reason = reason
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "message_replace":
            refuse_constant(src_dict["event"], "message_replace")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.task_id = get("task_id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model.answer = get("answer")
        model.reason = get("reason")
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
        "answer",
    )
)
