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
class TTSMessageEndEvent(Model):
    """End of the synthesized answer. A stream with audio can end without this event.

    Attributes:
        event (Literal['tts_message_end']): Always `tts_message_end`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        audio (str | Unset): Always an empty string.
    """

    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    event: Literal["tts_message_end"] = "tts_message_end"
    audio: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("task_id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
            read_constant(src_dict["event"], "tts_message_end"),
            get("audio", UNSET),
        )
        if len(src_dict) > 6 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(TTSMessageEndEvent).values())
