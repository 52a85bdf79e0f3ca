from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_constant,
)


@_attrs_define
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
        reason (str | Unset): `output_moderation` if moderation rejected the answer; empty in a state snapshot.
    """

    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    answer: str
    event: Literal["message_replace"] = "message_replace"
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("task_id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
            get("answer", UNSET),
            read_constant(src_dict["event"], "message_replace"),
            get("reason", UNSET),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(MessageReplaceEvent).values())
