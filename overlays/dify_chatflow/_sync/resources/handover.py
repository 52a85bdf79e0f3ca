# Generated from dify_chatflow/_async/resources/handover.py by `make generate`; change it there.
"""Blocking runs that a restarting server hands over to another: followed to their end."""

from __future__ import annotations

from dify_chatflow._models import ChatAnswer
from dify_chatflow._query import Query
from dify_chatflow._streaming.errors import StreamInterruptedError
from dify_chatflow._streaming.options import StreamSettings
from dify_chatflow._sync.join import join_run
from dify_chatflow._sync.session import Session


def follow_run(session: Session, run_id: str, query: Query) -> ChatAnswer:
    """Return the answer of a run that is joined by its id.

    Raises:
        StreamInterruptedError: The end of the run or its message cannot be found.

    """
    options = StreamSettings(resume=True)
    with join_run(session, run_id, query.user, options, conversation_id=query.conversation_id) as stream:
        reply = stream.until_done().raise_for_status()
    if reply.message_id is None and not reply.paused:
        raise StreamInterruptedError(f"the run {run_id} has ended, but its message was not found", reply)
    return ChatAnswer.from_reply(reply)
