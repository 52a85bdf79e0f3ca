"""What the server stores of a run: its detail, its message, and the app's parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dify_chatflow._async.session import AsyncSession
from dify_chatflow._errors import DifyError
from dify_chatflow._streaming.coerce import integer, json_object, string
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.text import unsigned
from dify_chatflow_client.api.chatflows import get_chatflow_workflow_run_detail as run_detail

if TYPE_CHECKING:
    from dify_chatflow_client.models import AppParameters, ConversationMessage, WorkflowRunDetail

ENDED = frozenset({"succeeded", "failed", "stopped", "partial-succeeded"})
# Conversations of the end user, the latest first, that may have the message of a run.
LATEST_CONVERSATIONS = 20
# Seconds by which a message is created before its run starts, at most.
MESSAGE_LEAD = 5


class AsyncStoredRun:
    """What the server stores of one run, for a reply whose events were missed."""

    def __init__(self, session: AsyncSession, user: str, reply: Reply) -> None:
        self._session = session
        self._user = user
        self._reply = reply

    async def detail(self) -> WorkflowRunDetail:
        """Return the detail of the run."""
        return await self._session.call(run_detail.operation, self._reply.workflow_run_id or "")

    async def message(self) -> ConversationMessage | None:
        """Return the stored message of the answer; None where it is not found.

        Where its ids are unknown, they are added to the reply. Where the same query was sent twice at the time, either
        message is returned if both have the same answer.
        """
        reply = self._reply
        try:
            if reply.message_id is not None:
                found = await self._messages(reply.conversation_id)
                return next((message for message in found if message.id == reply.message_id), None)
            found = await self._candidates()
        except (DifyError, TypeError):
            return None
        output = text_of(reply.outputs.get("answer"))
        found = [message for message in found if text_of(message.answer) == output] or found
        if len(found) == 1:
            reply.message_id, reply.conversation_id = found[0].id, found[0].conversation_id
            reply.created_at = integer(found[0].created_at)
        return found[0] if len({text_of(message.answer) for message in found}) == 1 else None

    async def moderates(self) -> bool | None:
        """Return whether the app moderates answers; None where its parameters cannot be read."""
        parameters = await self._parameters()
        if parameters is None:
            return None
        return getattr(parameters.sensitive_word_avoidance, "enabled", None) is True

    async def speaks(self) -> bool:
        """Return whether the app speaks its answers without being asked, as far as the server reports it."""
        parameters = await self._parameters()
        speech = json_object(parameters.text_to_speech) if parameters else {}
        return speech.get("enabled") is True and speech.get("autoPlay") == "enabled"

    async def _parameters(self) -> AppParameters | None:
        # Needed after an interruption only: the modules stay out of the first request.
        from dify_chatflow_client.api.applications import get_advanced_chat_app_parameters as parameters

        try:
            return await self._session.call(parameters.operation)
        except DifyError:
            return None

    async def _messages(self, conversation_id: str | None) -> list[ConversationMessage]:
        """Return the latest messages of a conversation."""
        from dify_chatflow_client.api.conversations import get_advanced_conversation_history as history

        if conversation_id is None:
            return []
        operation = history.operation
        page = await self._session.call(operation, conversation_id=conversation_id, user=self._user, limit=100)
        return page.data

    async def _candidates(self) -> list[ConversationMessage]:
        """Return the messages with the query and the time of the run.

        The events of a finished run name no message (recording 701_cursor_finished_no_cursor), and its detail no
        conversation.
        """
        detail = await self.detail()
        inputs, started = json_object(detail.inputs), integer(detail.created_at)
        query = string(inputs.get("sys.query"))
        if query is None or started is None:
            return []
        is_first = inputs.get("sys.dialogue_count") == 1
        return [
            message
            for conversation_id in await self._conversations(started, is_first=is_first)
            for message in await self._messages(conversation_id)
            if message.query == query and is_just_before(message.created_at, started)
        ]

    async def _conversations(self, started: int, *, is_first: bool) -> list[str]:
        """Return the conversations that may have the message of a run.

        Args:
            started: When the run started.
            is_first: Whether it is the first one of its conversation.
        """
        from dify_chatflow_client.api.conversations import get_advanced_conversations_list as conversations

        if self._reply.conversation_id is not None:
            return [self._reply.conversation_id]
        page = await self._session.call(conversations.operation, user=self._user, limit=LATEST_CONVERSATIONS)
        return [found.id for found in page.data if not is_first or is_just_before(found.created_at, started)]


def is_over(detail: WorkflowRunDetail) -> bool:
    """Return whether a run has ended."""
    return bool(detail.finished_at) or detail.status in ENDED


def text_of(answer: object) -> str:
    """Return an answer in a form that can be compared."""
    return unsigned(string(answer) or "")


def is_just_before(created: object, started: int) -> bool:
    """Return whether something was created when a run started, or just before."""
    moment = integer(created)
    return moment is not None and -MESSAGE_LEAD <= moment - started <= 1
