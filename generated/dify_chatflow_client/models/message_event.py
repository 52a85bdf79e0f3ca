from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from ..types import (
    Model,
    refuse_constant,
    to_datetime,
)


class MessageEvent(Model):
    """Chunk of the answer's text, to be appended to the previous ones.

    Attributes:
        event (Literal['message']): Always `message`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        answer (str): Next chunk of the answer, to be appended to the previous ones. It can be empty.
        id (str | None): Id of the message.
        from_variable_selector (list[str] | None): Node id and variable that the text is from; empty or null if the
            server does not specify it.
    """

    __slots__ = (
        "task_id",
        "message_id",
        "conversation_id",
        "created_at",
        "answer",
        "id",
        "from_variable_selector",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "answer": "answer",
        "id": "id",
        "from_variable_selector": "from_variable_selector",
    }

    event: ClassVar[Literal["message"]] = "message"
    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    answer: str
    id: str | None
    from_variable_selector: list[str] | None

    def __init__(
        self,
        task_id: str,
        message_id: str,
        conversation_id: str,
        created_at: int,
        answer: str,
        id: str | None = None,
        from_variable_selector: list[str] | None = None,
    ) -> None:
        self.task_id = task_id
        self.message_id = message_id
        self.conversation_id = conversation_id
        self.created_at = created_at
        self.answer = answer
        self.id = id
        self.from_variable_selector = from_variable_selector
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict["event"] != "message":
            refuse_constant(src_dict["event"], "message")
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.task_id = get("task_id")
        model.message_id = get("message_id")
        model.conversation_id = get("conversation_id")
        model.created_at = get("created_at")
        model.answer = get("answer")
        model.id = get("id")
        model.from_variable_selector = get("from_variable_selector")
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
