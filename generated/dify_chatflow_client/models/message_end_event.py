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
    read_objects,
    read_part,
)


@_attrs_define
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
        id (str | Unset): Id of the message, identical to `message_id`.
        files (list[JsonObject] | None | Unset): Files of the answer.
    """

    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    metadata: ReplyMetadata
    event: Literal["message_end"] = "message_end"
    id: str | Unset = UNSET
    files: list[JsonObject] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("task_id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
            read_part(ReplyMetadata, get("metadata", UNSET)),
            read_constant(src_dict["event"], "message_end"),
            get("id", UNSET),
            read_objects(JsonObject.from_dict, get("files", UNSET)),
        )
        if len(src_dict) > 8 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(MessageEndEvent).values())


from ..models.json_object import JsonObject
from ..models.reply_metadata import ReplyMetadata
