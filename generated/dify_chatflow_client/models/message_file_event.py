from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from ..models.message_file_event_belongs_to import MessageFileEventBelongsTo
from ..types import (
    Model,
    refuse_constant,
    to_datetime,
)


class MessageFileEvent(Model):
    """File that a tool created for the answer.

    Attributes:
        event (Literal['message_file']): Always `message_file`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        id (str | None): Id of the file.
        type_ (str | None): Type of the file, such as `image`.
        belongs_to (MessageFileEventBelongsTo | None): Origin of the file; always `assistant` in this event.
        url (str | None): Download URL of the file.
    """

    __slots__ = (
        "task_id",
        "message_id",
        "conversation_id",
        "created_at",
        "id",
        "type_",
        "belongs_to",
        "url",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "id": "id",
        "type": "type_",
        "belongs_to": "belongs_to",
        "url": "url",
    }

    event: ClassVar[Literal["message_file"]] = "message_file"
    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    id: str | None
    type_: str | None
    belongs_to: MessageFileEventBelongsTo | None
    url: str | None

    def __init__(
        self,
        task_id: str,
        message_id: str,
        conversation_id: str,
        created_at: int,
        id: str | None = None,
        type_: str | None = None,
        belongs_to: MessageFileEventBelongsTo | None = None,
        url: str | None = None,
    ) -> None:
        self.task_id = task_id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self.id = id
        self.type_ = type_
        self.belongs_to = belongs_to
        self.url = url
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "message_file":
            refuse_constant(src_dict["event"], "message_file")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.task_id = get("task_id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model.id = get("id")
        model.type_ = get("type")
        model.belongs_to = get("belongs_to")
        model.url = get("url")
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
    )
)
