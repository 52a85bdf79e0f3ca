from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    read_object,
)


@_attrs_define
class ChatCompletionResponse(Model):
    """The whole answer to a question asked in `blocking` mode, or the notice that its run waits for a person.

    Attributes:
        event (str): Normally `message`. When the run stops at a human-input form it is `workflow_paused`, and the
            HTTP status is still 200.
        task_id (str): Identifies this generation while it is running, for example when asking the server to stop
            it.
        id (str): Repeats the message's id: servers put the same value here and in `message_id`.
        message_id (str): Id of the stored message; feedback, suggested questions and text-to-audio take it.
        conversation_id (str): The conversation that holds the reply; send it with the next turn. It differs from
            the one you sent if the server could not find yours.
        mode (str): Kind of app that replied, which for a chatflow is `advanced-chat`.
        answer (str): Full text of the reply. Files in it appear as Markdown links or images.
        metadata (ReplyMetadata): What an answer cost and what it cites.
        created_at (int): When the message was stored, in whole seconds since the Unix epoch, UTC.
        workflow_run_id (str | Unset): The paused run; only there when `event` is `workflow_paused`.
        data (WorkflowPausedData | Unset): Where and why a run pauses.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "id": "id",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "mode": "mode",
        "answer": "answer",
        "metadata": "metadata",
        "created_at": "created_at",
        "workflow_run_id": "workflow_run_id",
        "data": "data",
    }

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
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(ChatCompletionResponse.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.reply_metadata import ReplyMetadata
from ..models.workflow_paused_data import WorkflowPausedData
