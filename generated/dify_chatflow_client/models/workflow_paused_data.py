from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    read_objects,
    to_datetime,
)


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
        outputs (JsonObject | None): JSON object with arbitrary keys, parsed as a dict.
        answer (str | None): Text so far, sent in blocking responses.
        conversation_id (str | None): Id of the conversation, sent in blocking responses.
        message_id (str | None): Id of the message, sent in blocking responses.
        id (str | None): Id of the message, sent in blocking responses.
        mode (str | None): Mode of the app, sent in blocking responses.
        metadata (ReplyMetadata | None): Usage and sources of an answer.
        handoff_duration (float | None): Seconds that the run waited for another process after a restart of the
            server.
    """

    __slots__ = (
        "workflow_run_id",
        "paused_nodes",
        "reasons",
        "status",
        "created_at",
        "elapsed_time",
        "total_tokens",
        "total_steps",
        "outputs",
        "answer",
        "conversation_id",
        "message_id",
        "id",
        "mode",
        "metadata",
        "handoff_duration",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "workflow_run_id": "workflow_run_id",
        "paused_nodes": "paused_nodes",
        "reasons": "reasons",
        "status": "status",
        "created_at": "created_at",
        "elapsed_time": "elapsed_time",
        "total_tokens": "total_tokens",
        "total_steps": "total_steps",
        "outputs": "outputs",
        "answer": "answer",
        "conversation_id": "conversation_id",
        "message_id": "message_id",
        "id": "id",
        "mode": "mode",
        "metadata": "metadata",
        "handoff_duration": "handoff_duration",
    }

    workflow_run_id: str
    paused_nodes: list[str]
    reasons: list[JsonObject]
    status: str
    created_at: int
    elapsed_time: float
    total_tokens: int
    total_steps: int
    outputs: JsonObject | None
    answer: str | None
    conversation_id: str | None
    message_id: str | None
    id: str | None
    mode: str | None
    metadata: ReplyMetadata | None
    handoff_duration: float | None

    def __init__(
        self,
        workflow_run_id: str,
        paused_nodes: list[str],
        reasons: list[JsonObject],
        status: str,
        created_at: int,
        elapsed_time: float,
        total_tokens: int,
        total_steps: int,
        outputs: JsonObject | None = None,
        answer: str | None = None,
        conversation_id: str | None = None,
        message_id: str | None = None,
        id: str | None = None,
        mode: str | None = None,
        metadata: ReplyMetadata | None = None,
        handoff_duration: float | None = None,
    ) -> None:
        self.workflow_run_id = workflow_run_id
        self.paused_nodes = paused_nodes
        self.reasons = reasons
        self.status = status
        self.created_at = created_at
        self.elapsed_time = elapsed_time
        self.total_tokens = total_tokens
        self.total_steps = total_steps
        self.outputs = outputs
        self.answer = answer
        self.conversation_id = conversation_id
        self.message_id = message_id
        self.id = id
        self.mode = mode
        self.metadata = metadata
        self.handoff_duration = handoff_duration
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.workflow_run_id = get("workflow_run_id")
        model.paused_nodes = get("paused_nodes")
        model.reasons = read_objects(JsonObject.from_dict, get("reasons"))
        model.status = get("status")
        model.created_at = get("created_at")
        model.elapsed_time = get("elapsed_time")
        model.total_tokens = get("total_tokens")
        model.total_steps = get("total_steps")
        model.outputs = read_object(JsonObject.from_dict, get("outputs"))
        model.answer = get("answer")
        model.conversation_id = get("conversation_id")
        model.message_id = get("message_id")
        model.id = get("id")
        model.mode = get("mode")
        model.metadata = read_object(ReplyMetadata.from_dict, get("metadata"))
        model.handoff_duration = get("handoff_duration")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "workflow_run_id",
        "paused_nodes",
        "reasons",
        "status",
        "created_at",
        "elapsed_time",
        "total_tokens",
        "total_steps",
    )
)


from ..models.json_object import JsonObject
from ..models.reply_metadata import ReplyMetadata
