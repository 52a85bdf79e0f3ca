from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_object,
)


@_attrs_define
class ChatCompletionResponse(Model):
    """Complete answer in `blocking` mode, or the notification that the run has paused.

    Attributes:
        event (str): `message`, or `workflow_paused` if the run is waiting for human input. The HTTP status is `200`
            in both cases.
        task_id (str): Id of the task, used to stop the run.
        id (str): Id of the message, identical to `message_id`.
        message_id (str): Id of the message, used for feedback, suggested questions and text-to-speech.
        conversation_id (str): Id of the conversation, used to continue it. It differs from the id sent if the
            server started a new conversation.
        mode (str): Mode of the app: `advanced-chat` for a chatflow.
        answer (str): Complete text of the answer. Files appear as Markdown links or images.
        metadata (ReplyMetadata): Usage and sources of an answer.
        created_at (int): Creation time of the message, in Unix seconds.
        workflow_run_id (str | Unset): Id of the paused run; only present if `event` is `workflow_paused`.
        data (WorkflowPausedData | Unset): Place and reasons of a pause.
    """

    event: str
    task_id: str
    id: str
    message_id: str
    conversation_id: str
    mode: str
    answer: str
    metadata: ReplyMetadata
    created_at: int
    workflow_run_id: str | Unset = UNSET
    data: WorkflowPausedData | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("event", UNSET),
            get("task_id", UNSET),
            get("id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("mode", UNSET),
            get("answer", UNSET),
            read_object(ReplyMetadata.from_dict, get("metadata", UNSET)),
            get("created_at", UNSET),
            get("workflow_run_id", UNSET),
            read_object(WorkflowPausedData.from_dict, get("data", UNSET)),
        )
        if len(src_dict) > 11 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ChatCompletionResponse).values())


from ..models.reply_metadata import ReplyMetadata
from ..models.workflow_paused_data import WorkflowPausedData
