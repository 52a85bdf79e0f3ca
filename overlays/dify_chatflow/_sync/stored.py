# Generated from dify_chatflow/_async/stored.py by `make generate`; change it there.
"""What the server stores of a run: its detail and its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dify_chatflow._errors import DifyError
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._sync.session import Session
from dify_chatflow_client.api.chatflows import get_chatflow_workflow_run_detail as run_detail

if TYPE_CHECKING:
    from dify_chatflow_client.models import ConversationMessage, WorkflowRunDetail

ENDED = frozenset({"succeeded", "failed", "stopped", "partial-succeeded"})


def is_over(detail: WorkflowRunDetail) -> bool:
    """Return whether a run has ended."""
    return bool(detail.finished_at) or detail.status in ENDED


class StoredRun:
    """What the server stores of one run, for a reply whose events were missed."""

    def __init__(self, session: Session, user: str, reply: Reply) -> None:
        self._session = session
        self._user = user
        self._reply = reply

    def detail(self) -> WorkflowRunDetail:
        """Return the detail of the run."""
        return self._session.call(run_detail.operation, self._reply.workflow_run_id or "")

    def message(self) -> ConversationMessage | None:
        """Return the stored message of the answer; None where the server does not have it."""
        # Needed after an interruption only: the modules stay out of the first request.
        from dify_chatflow_client.api.conversations import get_advanced_conversation_history as history

        conversation_id, message_id = self._reply.conversation_id, self._reply.message_id
        if conversation_id is None or message_id is None:
            return None
        try:
            page = self._session.call(history.operation, conversation_id=conversation_id, user=self._user, limit=100)
            return next((message for message in page.data if message.id == message_id), None)
        except (DifyError, TypeError):
            return None

    def is_moderated(self) -> bool:
        """Return whether the app moderates answers, as far as the server reports it."""
        from dify_chatflow_client.api.applications import get_advanced_chat_app_parameters as parameters

        try:
            found = self._session.call(parameters.operation)
        except DifyError:
            return False
        return getattr(found.sensitive_word_avoidance, "enabled", None) is True
