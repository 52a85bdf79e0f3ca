"""The arguments of a query, and the body of its request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import field, frozen

from dify_chatflow._arguments import end_user, identifier, query_text
from dify_chatflow._attachments import Attachment, plain_inputs
from dify_chatflow_client.models.chat_request import ChatRequest
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.json_object import JsonObject


def optional_conversation(value: Any) -> str | None:
    """Return the id of a conversation; None for None and an empty text, which start a new one."""
    return identifier(value, "conversation_id") if value else None


@frozen
class Query:
    """A query as the caller passes it; see `chat.send`."""

    text: str = field(converter=query_text)
    inputs: Mapping[str, Any] = field(converter=plain_inputs)
    conversation_id: str | None = field(converter=optional_conversation)
    files: Sequence[Attachment] | None
    auto_generate_name: bool | None
    workflow_id: str | None
    user: str = field(converter=end_user)

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
