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
    read_objects,
)


@_attrs_define
class ConversationMessageItem(Model):
    """One turn stored by the server: what the end user asked, the app's reply, attached files and feedback.

    Attributes:
        id (str): UUID of this turn, accepted by the feedback and suggested-questions calls and as `first_id` when
            paging back.
        conversation_id (str): UUID of the conversation that holds this turn.
        parent_message_id (None | str): UUID of the turn this one follows, or `null`; servers send
            `00000000-0000-0000-0000-000000000000` for a turn that arrived through the API.
        inputs (JsonObject): A JSON object whose keys the app or the server decides, read as a dict.
        query (str): Question or other text the end user sent in this turn.
        answer (str): Stored reply of the app; empty when the run fails or is stopped before any output, and without
            the text produced after a human-input pause.
        status (str): Outcome of the turn: `normal`, or `error` when its run failed or was stopped.
        error (None | str): Reason for the failure, possibly over several lines; `null` when the turn succeeded. A
            stopped run says so here.
        message_files (list[MessageFileItem]): Files the end user sent, together with those the app returned; an
            empty list when there are none.
        feedback (MessageFeedback | None): Rating given by the end user, or `null` when the turn is unrated.
        retriever_resources (list[RetrieverResource]): Knowledge base passages cited by the reply; an empty list
            when no retrieval took place.
        agent_thoughts (list[AgentThoughtItem]): Reasoning and tool steps recorded while an agent produced the
            reply; usually an empty list in a chatflow app.
        created_at (int): Time at which the turn began, in whole Unix seconds.
        extra_contents (list[HumanInputContent]): Forms that Human Input nodes showed during the run, with the
            submitted values once somebody answers; otherwise an empty list.
        message_tokens (int | Unset): Tokens of the question; missing on older servers.
        answer_tokens (int | Unset): Tokens of the answer; missing on older servers.
        total_tokens (int | Unset): Tokens of question and answer; missing on older servers.
        total_price (None | str | Unset): What the answer cost; missing on older servers.
        currency (None | str | Unset): The currency of `total_price`; missing on older servers.
        provider_response_latency (float | Unset): Seconds the model took; missing on older servers.
    """

    json_names: ClassVar[Mapping[str, str]] = {
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
    parent_message_id: None | str
    inputs: JsonObject
    query: str
    answer: str
    status: str
    error: None | str
    message_files: list[MessageFileItem]
    feedback: MessageFeedback | None
    retriever_resources: list[RetrieverResource]
    agent_thoughts: list[AgentThoughtItem]
    created_at: int
    extra_contents: list[HumanInputContent]
    message_tokens: int | Unset = UNSET
    answer_tokens: int | Unset = UNSET
    total_tokens: int | Unset = UNSET
    total_price: None | str | Unset = UNSET
    currency: None | str | Unset = UNSET
    provider_response_latency: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("conversation_id", UNSET),
            get("parent_message_id", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("query", UNSET),
            get("answer", UNSET),
            get("status", UNSET),
            get("error", UNSET),
            read_objects(MessageFileItem.from_dict, get("message_files", UNSET)),
            read_object(MessageFeedback.from_dict, get("feedback", UNSET)),
            read_objects(RetrieverResource.from_dict, get("retriever_resources", UNSET)),
            read_objects(AgentThoughtItem.from_dict, get("agent_thoughts", UNSET)),
            get("created_at", UNSET),
            read_objects(HumanInputContent.from_dict, get("extra_contents", UNSET)),
            get("message_tokens", UNSET),
            get("answer_tokens", UNSET),
            get("total_tokens", UNSET),
            get("total_price", UNSET),
            get("currency", UNSET),
            get("provider_response_latency", UNSET),
        )
        if len(src_dict) > 20 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(ConversationMessageItem.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.agent_thought_item import AgentThoughtItem
from ..models.human_input_content import HumanInputContent
from ..models.json_object import JsonObject
from ..models.message_feedback import MessageFeedback
from ..models.message_file_item import MessageFileItem
from ..models.retriever_resource import RetrieverResource
