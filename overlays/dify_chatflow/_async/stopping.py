"""Stopping a run, and the wait for its end."""

from __future__ import annotations

from dify_chatflow._async.session import AsyncSession
from dify_chatflow_client.api.chatflows import stop_advanced_chat_message_generation as stop_generation
from dify_chatflow_client.models.stop_request import StopRequest
from dify_chatflow_client.models.success_result import SuccessResult

# Seconds for a stopped run to end, and between the first two looks at it.
VERIFY_TIMEOUT, VERIFY_INTERVAL = 30.0, 0.2


async def stop_run(session: AsyncSession, task_id: str, user: str, workflow_run_id: str | None) -> SuccessResult:
    """Ask the server to stop a task; with a run, wait until its detail has its end.

    Raises:
        RunTimeoutError: The run has not ended in time.

    """
    result = await session.call(stop_generation.operation, task_id, body=StopRequest(user=user))
    if workflow_run_id is not None:
        from dify_chatflow._async.waiting import STOPPED, wait_for_run

        await wait_for_run(
            session.follow_up,
            workflow_run_id,
            timeout=VERIFY_TIMEOUT,
            interval=VERIFY_INTERVAL,
            continue_on_pause=True,
            obstacle=STOPPED,
        )
    return result
