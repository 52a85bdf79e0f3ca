from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    read_constant,
)


@_attrs_define
class StreamEventChatError(Model):
    """The run cannot go on; nothing follows, though the server may leave the connection open.

    Attributes:
        event (Literal['error']): Always `error`.
        status (int): HTTP-like number for the fault, such as 400 or 500. The HTTP response itself already began
            with 200.
        message (str): Explanation of the fault in plain words, meant for logs rather than for matching.
        task_id (str | Unset): Identifies the running generation and is what a stop request takes. Absent from
            `error`; in the replay of a finished run it equals the run id.
        message_id (str | Unset): Id of the message being answered, identical in every event of one stream. Absent
            from early errors and from the replay of a finished run.
        conversation_id (str | Unset): Conversation that the message belongs to, newly created if the request named
            none or an unknown one. Absent from early errors and from the replay of a finished run.
        created_at (int | Unset): When the message was created, in Unix seconds. It is the same in all events of a
            stream, so it does not tell when this event was sent.
        code (str | Unset): Short machine-readable name of the fault, e.g. `invalid_param`. Faults raised before the
            run starts come without it.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "status": "status",
        "message": "message",
        "task_id": "task_id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "code": "code",
    }

    status: int
    message: str
    event: Literal["error"] = "error"
    task_id: str | Unset = UNSET
    message_id: str | Unset = UNSET
    conversation_id: str | Unset = UNSET
    created_at: int | Unset = UNSET
    code: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            src_dict["status"],
            src_dict["message"],
            read_constant(src_dict["event"], "error"),
            get("task_id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
            get("code", UNSET),
        )
        if len(src_dict) > 8 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(StreamEventChatError.json_names.values())
