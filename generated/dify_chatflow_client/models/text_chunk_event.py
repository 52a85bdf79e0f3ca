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


class TextChunkEvent(Model):
    """Chunk of a node's text.

    Attributes:
        event (Literal['text_chunk']): Always `text_chunk`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        data (TextChunkData): Chunk of text and the variable that it is from.
    """

    __slots__ = (
        "task_id",
        "message_id",
        "conversation_id",
        "created_at",
        "data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "data": "data",
    }

    event: ClassVar[Literal["text_chunk"]] = "text_chunk"
    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    data: TextChunkData

    def __init__(
        self,
        task_id: str,
        message_id: str,
        conversation_id: str,
        created_at: int,
        data: TextChunkData,
    ) -> None:
        self.task_id = task_id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self.data = data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "text_chunk":
            refuse_constant(src_dict["event"], "text_chunk")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.task_id = get("task_id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model.data = read_part(TextChunkData, get("data"))
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
        "data",
    )
)


from ..models.text_chunk_data import TextChunkData
