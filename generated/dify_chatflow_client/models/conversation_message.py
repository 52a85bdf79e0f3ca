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
class ConversationMessage(Model):
    """Stored turn: query, answer, files and feedback.

    Attributes:
        id (str): UUID of the message, used for feedback, suggested questions and as `first_id`.
        conversation_id (str): UUID of the conversation that contains the message.
        parent_message_id (None | str): UUID of the previous message, or null;
            `00000000-0000-0000-0000-000000000000` for messages sent through the API.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        query (str): Query of the end user.
        answer (str): Stored answer. Empty if the run failed or was stopped before any output; on some servers, it
            lacks the text generated after a human input pause.
        status (str): Status of the message: `normal`, or `error` if its run failed or was stopped.
        error (None | str): Error message, possibly with several lines; null if the run succeeded. It also reports
            that a run was stopped.
        message_files (list[MessageFile]): Files sent by the end user or returned by the app; empty if there are
            none.
        feedback (MessageFeedback | None): Rating by the end user; null if there is none.
        retriever_resources (list[RetrieverResource]): Knowledge base segments used for the answer; empty if none
            were retrieved.
        agent_thoughts (list[AgentThought]): Reasoning and tool calls of an agent; usually empty for a chatflow.
        created_at (int): Creation time of the message, in Unix seconds.
        extra_contents (list[HumanInputContent] | Unset): Forms of Human Input nodes that the run displayed, with
            the submitted values if available; empty if there are none.
        message_tokens (int | Unset): Tokens of the query; missing before 1.16.
        answer_tokens (int | Unset): Tokens of the answer; missing before 1.16.
        total_tokens (int | Unset): Tokens of query and answer; missing before 1.16.
        total_price (None | str | Unset): Price of the answer; missing before 1.16.
        currency (None | str | Unset): Currency of `total_price`; missing before 1.16.
        provider_response_latency (float | Unset): Duration of the model calls in seconds; missing before 1.16.
    """

    id: str
    conversation_id: str
    parent_message_id: None | str
    inputs: JsonObject
    query: str
    answer: str
    status: str
    error: None | str
    message_files: list[MessageFile]
    feedback: MessageFeedback | None
    retriever_resources: list[RetrieverResource]
    agent_thoughts: list[AgentThought]
    created_at: int
    extra_contents: list[HumanInputContent] | Unset = UNSET
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
        model = cls(
            get("id", UNSET),
            get("conversation_id", UNSET),
            get("parent_message_id", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("query", UNSET),
            get("answer", UNSET),
            get("status", UNSET),
            get("error", UNSET),
            read_objects(MessageFile.from_dict, get("message_files", UNSET)),
            read_object(MessageFeedback.from_dict, get("feedback", UNSET)),
            read_objects(RetrieverResource.from_dict, get("retriever_resources", UNSET)),
            read_objects(AgentThought.from_dict, get("agent_thoughts", UNSET)),
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


_KNOWN = frozenset(json_keys(ConversationMessage).values())


from ..models.agent_thought import AgentThought
from ..models.human_input_content import HumanInputContent
from ..models.json_object import JsonObject
from ..models.message_feedback import MessageFeedback
from ..models.message_file import MessageFile
from ..models.retriever_resource import RetrieverResource
