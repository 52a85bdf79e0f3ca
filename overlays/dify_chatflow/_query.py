"""The arguments of a query, and the body of its request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Self

from dify_chatflow._arguments import end_user, identifier, query_text
from dify_chatflow._attachments import Attachment, plain_inputs
from dify_chatflow_client.models.chat_request import ChatRequest
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.json_object import JsonObject


class Query:
    """A query as the caller passes it; see `chat.send`."""

    def __init__(
        self,
        text: str,
        inputs: Mapping[str, Any] | None,
        conversation_id: str | None,
        files: Sequence[Attachment] | None,
        auto_generate_name: bool | None,
        workflow_id: str | None,
        user: str,
    ) -> None:
        self.text = query_text(text)
        self.inputs = plain_inputs(inputs)
        self.continue_conversation(conversation_id)
        self.files = files
        self.auto_generate_name = auto_generate_name
        self.workflow_id = workflow_id
        self.user = end_user(user)

    @classmethod
    def of(cls, text: str, user: str, options: Mapping[str, Any]) -> Self:
        """Return a query from the keyword arguments of a conversation's method, which sets the conversation later."""
        names = ("inputs", "files", "auto_generate_name", "workflow_id")
        return cls(text, user=user, conversation_id=None, **{name: options.get(name) for name in names})

    def continue_conversation(self, conversation_id: str | None) -> None:
        """Set the conversation that the query continues; None or an empty id starts a new one."""
        self.conversation_id = identifier(conversation_id, "conversation_id") if conversation_id else None

    def body(self, response_mode: Literal["blocking", "streaming"], files: list[FileInput]) -> ChatRequest:
        """Return the body of the request, with the files after their upload."""
        return ChatRequest(
            inputs=JsonObject(self.inputs),
            query=self.text,
            user=self.user,
            response_mode=response_mode,
            conversation_id=self.conversation_id,
            files=files or None,
            auto_generate_name=self.auto_generate_name,
            workflow_id=self.workflow_id,
        )
