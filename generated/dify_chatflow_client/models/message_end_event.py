from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from ..types import (
    Model,
    read_objects,
    read_part,
    refuse_constant,
    to_datetime,
)


class MessageEndEvent(Model):
    """End of the answer's text. In a regular run on current servers, `workflow_finished` follows; without a preceding
    `workflow_started` (input moderation or annotation reply), this is the last event. Failed and stopped runs do
    not send it on current servers.

    Attributes:
        event (Literal['message_end']): Always `message_end`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        metadata (ReplyMetadata): Usage and sources of an answer.
        id (str | None): Id of the message, identical to `message_id`.
        files (list[JsonObject] | None): Files of the answer.
    """

    __slots__ = (
        "task_id",
        "message_id",
        "conversation_id",
        "created_at",
        "metadata",
        "id",
        "files",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "metadata": "metadata",
        "id": "id",
        "files": "files",
    }

    event: ClassVar[Literal["message_end"]] = "message_end"
    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    metadata: ReplyMetadata
    id: str | None
    files: list[JsonObject] | None

    def __init__(
        self,
        task_id: str,
        message_id: str,
        conversation_id: str,
        created_at: int,
        metadata: ReplyMetadata,
        id: str | None = None,
        files: list[JsonObject] | None = None,
    ) -> None:
        self.task_id = task_id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self.metadata = metadata
        self.id = id
        self.files = files
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "message_end":
            refuse_constant(src_dict["event"], "message_end")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.task_id = get("task_id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model.metadata = read_part(ReplyMetadata, get("metadata"))
        model.id = get("id")
        model.files = read_objects(JsonObject.from_dict, get("files"))
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
        "metadata",
    )
)


from ..models.json_object import JsonObject
from ..models.reply_metadata import ReplyMetadata
