# Generated from dify_chatflow/_async/resources/handover.py by `make generate`; change it there.
"""Blocking runs that a restarting server hands over to another: followed to their end."""

from __future__ import annotations

from typing import Any

from dify_chatflow._models import ChatAnswer, WorkflowRun
from dify_chatflow._query import Query
from dify_chatflow._streaming.errors import StreamInterruptedError
from dify_chatflow._streaming.options import StreamOptions
from dify_chatflow._sync.join import join_run
from dify_chatflow._sync.resources.conversations import Conversations
from dify_chatflow._sync.resources.runs import Runs
from dify_chatflow._sync.session import Session
from dify_chatflow_client.models.conversation_message import ConversationMessage

# Conversations of the end user, the latest first, that may have the run's message.
LATEST_CONVERSATIONS = 20
# Seconds by which a message is created before its run starts, at most.
MESSAGE_LEAD = 5


def follow_run(session: Session, run_id: str, query: Query) -> ChatAnswer:
    """Return the answer of a run that is joined by its id.

    Raises:
        StreamInterruptedError: The end of the run or its message cannot be found.

    """
    with join_run(session, run_id, query.user, StreamOptions(resume=True)) as stream:
        reply = (stream.until_done()).raise_for_status()
    answer = ChatAnswer.from_reply(reply)
    if reply.message_id is not None or reply.paused:
        return answer
    # The events of a finished run name no message (recording 701_cursor_finished_no_cursor).
    message = find_message(session, Runs(session).get(run_id), query)
    if message is None:
        raise StreamInterruptedError(f"the run {run_id} has ended, but its message was not found", reply)
    answer.id = answer.message_id = message.id
    answer.conversation_id, answer.created_at = message.conversation_id, message.created_at
    answer.answer = message.answer
    return answer


def find_message(session: Session, run: WorkflowRun, query: Query) -> ConversationMessage | None:
    """Return the one message with the query and the time of a run; None where there is none, or several."""
    conversations = Conversations(session)
    if query.conversation_id:
        ids = [query.conversation_id]
    else:
        page = conversations.list(limit=LATEST_CONVERSATIONS, user=query.user).page()
        ids = [conversation.id for conversation in page.data]
    found = [
        message
        for conversation_id in ids
        for message in (conversations.messages(conversation_id, user=query.user).page()).data
        if is_message_of(message, run, query.text)
    ]
    return found[0] if len(found) == 1 else None


def is_message_of(message: ConversationMessage, run: WorkflowRun, query: str) -> bool:
    """Return whether a message has the query of a run, and was created just before the run."""
    created: Any = message.created_at
    started: Any = run.created_at
    if message.query != query or not isinstance(created, int) or not isinstance(started, int):
        return False
    return -MESSAGE_LEAD <= created - started <= 1
