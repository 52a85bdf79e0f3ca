"""A whole answer that says when its run waits for people."""

from __future__ import annotations

from typing import Self

from dify_chatflow._reply import Reply
from dify_chatflow_client.models.chat_completion_response import ChatCompletionResponse
from dify_chatflow_client.models.reply_metadata import ReplyMetadata
from dify_chatflow_client.types import UNSET


class ChatAnswer(ChatCompletionResponse):
    """The whole answer of a run: the generated model, and whether the run is over.

    A run that pauses for human input answers with `event` equal to `workflow_paused`, no usage, and the reasons in
    `data`.
    """

    @property
    def paused(self) -> bool:
        """True when the run waits for human input and has not answered yet."""
        return self.event == "workflow_paused"

    @property
    def reply(self) -> Reply:
        """The answer in the form streams give it: with `forms` to submit when the run is paused."""
        return self._reply or Reply.from_blocking(self)

    _reply: Reply | None = None

    @classmethod
    def from_reply(cls, reply: Reply) -> Self:
        """The answer a stream added up to, in the form a blocking call gives it."""
        answer = cls(
            event="workflow_paused" if reply.paused else "message",
            task_id=reply.task_id or "",
            id=reply.message_id or "",
            message_id=reply.message_id or "",
            conversation_id=reply.conversation_id or "",
            mode="advanced-chat",
            answer=reply.answer,
            metadata=reply.metadata or ReplyMetadata(usage=None, retriever_resources=[]),
            created_at=reply.created_at or 0,
        )
        if reply.paused:
            answer.workflow_run_id, answer.data = reply.workflow_run_id or "", reply.pause or UNSET
        answer._reply = reply
        return answer
