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
class ErrorEvent(Model):
    """Failure of the turn, and the last event of the stream. The server may keep the connection open without sending
    anything, so the client must close it. A run that fails midway ends with a `workflow_finished` with the status
    `failed` instead.

    Attributes:
        event (Literal['error']): Always `error`.
        status (int): HTTP-like status of the error, such as 400 or 500. The status of the HTTP response itself is
            200.
        message (str): Human-readable error message, suitable for logs but not for comparison.
        task_id (str | Unset): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished
            run, it is the run id.
        message_id (str | Unset): Id of the message, identical in all events of a stream. Missing in early errors
            and in the replay of a finished run.
        conversation_id (str | Unset): Id of the conversation, which is new if the request specified none or an
            unknown one. Missing in early errors and in the replay of a finished run.
        created_at (int | Unset): Creation time of the message, in Unix seconds. It is identical in all events of a
            stream and is not the time of the event.
        code (str | Unset): Machine-readable error code, such as `invalid_param`. Missing for errors raised before
            the run starts.
    """

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
        model = cls(
            get("status", UNSET),
            get("message", UNSET),
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


_KNOWN = frozenset(json_keys(ErrorEvent).values())
