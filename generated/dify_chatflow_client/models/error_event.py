from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from ..types import (
    Model,
    refuse_constant,
    to_datetime,
)


class ErrorEvent(Model):
    """Failure of the turn, and the last event of the stream. The server may keep the connection open without sending
    anything, so the client must close it. A run that fails midway ends with a `workflow_finished` with the status
    `failed` instead.

    Attributes:
        event (Literal['error']): Always `error`.
        status (int): HTTP-like status of the error, such as 400 or 500. The status of the HTTP response itself is
            200.
        message (str): Human-readable error message, suitable for logs but not for comparison.
        task_id (str | None): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished
            run, it is the run id.
        message_id (str | None): Id of the message, identical in all events of a stream. Missing in early errors and
            in the replay of a finished run.
        conversation_id (str | None): Id of the conversation, which is new if the request specified none or an
            unknown one. Missing in early errors and in the replay of a finished run.
        created_at (int | None): Creation time of the message, in Unix seconds. It is identical in all events of a
            stream and is not the time of the event.
        code (str | None): Machine-readable error code, such as `invalid_param`. Missing for errors raised before
            the run starts.
    """

    __slots__ = (
        "status",
        "message",
        "task_id",
        "message_id",
        "conversation_id",
        "created_at",
        "code",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "status": "status",
        "message": "message",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "code": "code",
    }

    event: ClassVar[Literal["error"]] = "error"
    status: int
    message: str
    task_id: str | None
    message_id: str | None
    conversation_id: str | None
    created_at: int | None
    code: str | None

    def __init__(
        self,
        status: int,
        message: str,
        task_id: str | None = None,
        message_id: str | None = None,
        conversation_id: str | None = None,
        created_at: int | None = None,
        code: str | None = None,
    ) -> None:
        self.status = status
        self.message = message
        self.task_id = task_id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self.code = code
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "error":
            refuse_constant(src_dict["event"], "error")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.status = get("status")
        model.message = get("message")
        model.task_id = get("task_id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model.code = get("code")
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
        "status",
        "message",
    )
)
