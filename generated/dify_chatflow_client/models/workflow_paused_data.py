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
    read_objects,
)


@_attrs_define
class WorkflowPausedData(Model):
    """Place and reasons of a pause.

    Attributes:
        workflow_run_id (str): Id of the run, used to get its detail and events.
        paused_nodes (list[str]): Ids of the paused nodes.
        reasons (list[JsonObject]): Reasons for the pause; `TYPE` is the kind of a reason, `form_token` the token of
            its form.
        status (str): Always `paused`.
        created_at (int): Start time of the run, in Unix seconds.
        elapsed_time (float): Duration of the run in seconds; `0.0` in a state snapshot.
        total_tokens (int): Tokens used so far.
        total_steps (int): Number of nodes executed so far.
        outputs (JsonObject | Unset): JSON object with arbitrary keys, parsed as a dict.
        answer (str | Unset): Text so far, sent in blocking responses.
        conversation_id (str | Unset): Id of the conversation, sent in blocking responses.
        message_id (str | Unset): Id of the message, sent in blocking responses.
        id (str | Unset): Id of the message, sent in blocking responses.
        mode (str | Unset): Mode of the app, sent in blocking responses.
        metadata (ReplyMetadata | Unset): Usage and sources of an answer.
        handoff_duration (float | Unset): Seconds that the run waited for another process after a restart of the
            server.
    """

    workflow_run_id: str
    paused_nodes: list[str]
    reasons: list[JsonObject]
    status: str
    created_at: int
    elapsed_time: float
    total_tokens: int
    total_steps: int
    outputs: JsonObject | Unset = UNSET
    answer: str | Unset = UNSET
    conversation_id: str | Unset = UNSET
    message_id: str | Unset = UNSET
    id: str | Unset = UNSET
    mode: str | Unset = UNSET
    metadata: ReplyMetadata | Unset = UNSET
    handoff_duration: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("workflow_run_id", UNSET),
            get("paused_nodes", UNSET),
            read_objects(JsonObject.from_dict, get("reasons", UNSET)),
            get("status", UNSET),
            get("created_at", UNSET),
            get("elapsed_time", UNSET),
            get("total_tokens", UNSET),
            get("total_steps", UNSET),
            read_object(JsonObject.from_dict, get("outputs", UNSET)),
            get("answer", UNSET),
            get("conversation_id", UNSET),
            get("message_id", UNSET),
            get("id", UNSET),
            get("mode", UNSET),
            read_object(ReplyMetadata.from_dict, get("metadata", UNSET)),
            get("handoff_duration", UNSET),
        )
        if len(src_dict) > 16 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WorkflowPausedData).values())


from ..models.json_object import JsonObject
from ..models.reply_metadata import ReplyMetadata
