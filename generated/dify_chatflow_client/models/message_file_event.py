from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.message_file_event_belongs_to import MessageFileEventBelongsTo
from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_constant,
)


@_attrs_define
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
        id (str | Unset): Id of the file.
        type_ (str | Unset): Type of the file, such as `image`.
        belongs_to (MessageFileEventBelongsTo | Unset): Origin of the file; always `assistant` in this event.
        url (str | Unset): Download URL of the file.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    event: Literal["message_file"] = "message_file"
    id: str | Unset = UNSET
    type_: str | Unset = UNSET
    belongs_to: MessageFileEventBelongsTo | Unset = UNSET
    url: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("task_id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
            read_constant(src_dict["event"], "message_file"),
            get("id", UNSET),
            get("type", UNSET),
            get("belongs_to", UNSET),
            get("url", UNSET),
        )
        if len(src_dict) > 9 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(MessageFileEvent).values())
