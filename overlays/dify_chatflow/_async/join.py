"""Streams that join a run by its id, for `runs.events` and for blocking calls that a server hands over."""

from __future__ import annotations

from dify_chatflow._arguments import end_user, identifier
from dify_chatflow._async.session import AsyncSession
from dify_chatflow._async.stream import AsyncChatStream
from dify_chatflow._request import PreparedRequest
from dify_chatflow._streaming.options import StreamSettings
from dify_chatflow._streaming.run import FollowedRun
from dify_chatflow_client.api.chatflows import stream_chatflow_events as stream_events


def join_run(
    session: AsyncSession,
    workflow_run_id: str,
    user: str,
    options: StreamSettings,
    *,
    include_state_snapshot: bool = True,
    continue_on_pause: bool = False,
    conversation_id: str | None = None,
) -> AsyncChatStream:
    """Return the stream of a run's events; nothing is sent before it is entered."""
    workflow_run_id, user = identifier(workflow_run_id, "workflow_run_id"), end_user(user)

    async def prepare() -> PreparedRequest:
        return session.prepare(
            stream_events.operation,
            workflow_run_id,
            user=user,
            include_state_snapshot=include_state_snapshot,
            continue_on_pause=continue_on_pause,
        )

    run = FollowedRun.joined(workflow_run_id, continue_on_pause=continue_on_pause)
    run.reply.conversation_id = conversation_id
    return AsyncChatStream(session.follow_up, prepare, user, options, run)
