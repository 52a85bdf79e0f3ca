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


class ConversationMessage(Model):
    """Stored turn: query, answer, files and feedback.

    Attributes:
        id (str): UUID of the message, used for feedback, suggested questions and as `first_id`.
        conversation_id (str): UUID of the conversation that contains the message.
        parent_message_id (str | None): UUID of the previous message, or null;
            `00000000-0000-0000-0000-000000000000` for messages sent through the API.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        query (str): Query of the end user.
        answer (str): Stored answer. Empty if the run failed or was stopped before any output; on some servers, it
            lacks the text generated after a human input pause.
        status (str): Status of the message: `normal`, or `error` if its run failed or was stopped.
        error (str | None): Error message, possibly with several lines; null if the run succeeded. It also reports
            that a run was stopped.
        message_files (list[MessageFile]): Files sent by the end user or returned by the app; empty if there are
            none.
        feedback (MessageFeedback | None): Rating by the end user; null if there is none.
        retriever_resources (list[RetrieverResource]): Knowledge base segments used for the answer; empty if none
            were retrieved.
        agent_thoughts (list[AgentThought]): Reasoning and tool calls of an agent; usually empty for a chatflow.
        created_at (int): Creation time of the message, in Unix seconds.
        extra_contents (list[HumanInputContent] | None): Forms of Human Input nodes that the run displayed, with the
            submitted values if available; empty if there are none.
        message_tokens (int | None): Tokens of the query; missing before 1.16.
        answer_tokens (int | None): Tokens of the answer; missing before 1.16.
        total_tokens (int | None): Tokens of query and answer; missing before 1.16.
        total_price (str | None): Price of the answer; missing before 1.16.
        currency (str | None): Currency of `total_price`; missing before 1.16.
        provider_response_latency (float | None): Duration of the model calls in seconds; missing before 1.16.
    """

    __slots__ = (
        "id",
        "conversation_id",
        "parent_message_id",
        "inputs",
        "query",
        "answer",
        "status",
        "error",
        "message_files",
        "feedback",
        "retriever_resources",
        "agent_thoughts",
        "created_at",
        "extra_contents",
        "message_tokens",
        "answer_tokens",
        "total_tokens",
        "total_price",
        "currency",
        "provider_response_latency",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "conversation_id": "conversation_id",
        "parent_message_id": "parent_message_id",
        "inputs": "inputs",
        "query": "query",
        "answer": "answer",
        "status": "status",
        "error": "error",
        "message_files": "message_files",
        "feedback": "feedback",
        "retriever_resources": "retriever_resources",
        "agent_thoughts": "agent_thoughts",
        "created_at": "created_at",
        "extra_contents": "extra_contents",
        "message_tokens": "message_tokens",
        "answer_tokens": "answer_tokens",
        "total_tokens": "total_tokens",
        "total_price": "total_price",
        "currency": "currency",
        "provider_response_latency": "provider_response_latency",
    }

    id: str
    conversation_id: str
    parent_message_id: str | None
    inputs: JsonObject
    query: str
    answer: str
    status: str
    error: str | None
    message_files: list[MessageFile]
    feedback: MessageFeedback | None
    retriever_resources: list[RetrieverResource]
    agent_thoughts: list[AgentThought]
    created_at: int
    extra_contents: list[HumanInputContent] | None
    message_tokens: int | None
    answer_tokens: int | None
    total_tokens: int | None
    total_price: str | None
    currency: str | None
    provider_response_latency: float | None

    def __init__(
        self,
        id: str,
        conversation_id: str,
        parent_message_id: str | None,
        inputs: JsonObject,
        query: str,
        answer: str,
        status: str,
        error: str | None,
        message_files: list[MessageFile],
        feedback: MessageFeedback | None,
        retriever_resources: list[RetrieverResource],
        agent_thoughts: list[AgentThought],
        created_at: int,
        extra_contents: list[HumanInputContent] | None = None,
        message_tokens: int | None = None,
        answer_tokens: int | None = None,
        total_tokens: int | None = None,
        total_price: str | None = None,
        currency: str | None = None,
        provider_response_latency: float | None = None,
    ) -> None:
        self.id = id
        self.conversation_id = conversation_id
        self.parent_message_id = parent_message_id
        self.inputs = inputs
        self.query = query
        self.answer = answer
        self.status = status
        self.error = error
        self.message_files = message_files
        self.feedback = feedback
        self.retriever_resources = retriever_resources
        self.agent_thoughts = agent_thoughts
        self.created_at = created_at
        self.extra_contents = extra_contents
        self.message_tokens = message_tokens
        self.answer_tokens = answer_tokens
        self.total_tokens = total_tokens
        self.total_price = total_price
        self.currency = currency
        self.provider_response_latency = provider_response_latency
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.conversation_id = get("conversation_id")
        model.parent_message_id = get("parent_message_id")
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.query = get("query")
        model.answer = get("answer")
        model.status = get("status")
        model.error = get("error")
        model.message_files = read_objects(MessageFile.from_dict, get("message_files"))
        model.feedback = read_object(MessageFeedback.from_dict, get("feedback"))
        model.retriever_resources = read_objects(RetrieverResource.from_dict, get("retriever_resources"))
        model.agent_thoughts = read_objects(AgentThought.from_dict, get("agent_thoughts"))
        model.created_at = get("created_at")
        model.extra_contents = read_objects(HumanInputContent.from_dict, get("extra_contents"))
        model.message_tokens = get("message_tokens")
        model.answer_tokens = get("answer_tokens")
        model.total_tokens = get("total_tokens")
        model.total_price = get("total_price")
        model.currency = get("currency")
        model.provider_response_latency = get("provider_response_latency")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "conversation_id",
        "parent_message_id",
        "inputs",
        "query",
        "answer",
        "status",
        "error",
        "message_files",
        "feedback",
        "retriever_resources",
        "agent_thoughts",
        "created_at",
    )
)


from ..models.agent_thought import AgentThought
from ..models.human_input_content import HumanInputContent
from ..models.json_object import JsonObject
from ..models.message_feedback import MessageFeedback
from ..models.message_file import MessageFile
from ..models.retriever_resource import RetrieverResource
