"""Runs: details, logs and events."""

from __future__ import annotations

from typing import Unpack

from dify_chatflow._async.join import join_run
from dify_chatflow._async.pager import AsyncPager
from dify_chatflow._async.session import AsyncResource
from dify_chatflow._async.stream import AsyncChatStream
from dify_chatflow._async.waiting import RUN_DETAIL, wait_for_run
from dify_chatflow._datetimes import DateTimeLike, to_datetime
from dify_chatflow._models import WorkflowRun
from dify_chatflow._options import RequestOptions, WaitOptions
from dify_chatflow._paging import LARGEST_PAGE, Paging
from dify_chatflow._streaming.options import RunStreamOptions, StreamSettings
from dify_chatflow_client.api.chatflows import list_chatflow_workflow_logs as run_logs
from dify_chatflow_client.models.workflow_log import WorkflowLog
from dify_chatflow_client.models.workflow_log_page import WorkflowLogPage
from dify_chatflow_client.models.workflow_log_status import WorkflowLogStatus


class AsyncRuns(AsyncResource):
    """`app.runs`: run details, logs and the events of a run."""

    async def get(self, workflow_run_id: str, **options: Unpack[RequestOptions]) -> WorkflowRun:
        """Return the detail of a run: the reliable source of its end, also after a stop.

        Args:
            workflow_run_id: The run, from a stream's events.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            Status, inputs, outputs, error and tokens. `inputs` is a mapping in whichever form the server sends it.

        Raises:
            NotFoundError: The app has no such run.
            InternalServerError: The id is not a UUID, or the run is unknown to a server of version 1.13.0.

        Example:
            run = await app.runs.get(stream.workflow_run_id)
            print(run.status, run.outputs)

        """
        return await self._session.with_options(options).call(RUN_DETAIL, workflow_run_id)

    async def wait(
        self,
        workflow_run_id: str,
        *,
        timeout: float = 1200.0,  # noqa: ASYNC109
        interval: float = 1.0,
        continue_on_pause: bool = False,
        **options: Unpack[WaitOptions],
    ) -> WorkflowRun:
        """Wait for the end of a run, whoever started it, by requesting its detail again and again.

        Once the run has been found, failed connections, 429 and 5xx do not end the wait before its time.

        Args:
            workflow_run_id: The run, from `chat.start`, a stream or an error.
            timeout: The longest wait in seconds; by default the longest run of a server with default settings.
            interval: Seconds between the first two requests; it grows by half each time, up to ten times as long.
            continue_on_pause: False returns a run that has paused for human input; True waits on. Right after the
                submission of a form a run may still be `paused`.
            **options: `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `WaitOptions`.

        Returns:
            The detail of the run. Its status is `succeeded`, `partial-succeeded`, `failed`, `stopped` or `paused`: a
            run that failed raises nothing.

        Raises:
            RunTimeoutError: The run takes longer than `timeout`, and continues. At once where it is `running` on a
                server before 1.9.2, which stores the end of a run only while its stream is read.
            NotFoundError: The app has no such run.

        Example:
            started = await app.chat.start("Write the yearly report.")
            run = await app.runs.wait(started.workflow_run_id or "", timeout=900)
            print(run.status, run.outputs)

        """
        session = self._session.with_options(options, WaitOptions.__optional_keys__)
        return await wait_for_run(
            session, workflow_run_id, timeout=timeout, interval=interval, continue_on_pause=continue_on_pause
        )

    def events(
        self,
        workflow_run_id: str,
        *,
        include_state_snapshot: bool = True,
        continue_on_pause: bool = False,
        user: str | None = None,
        **options: Unpack[RunStreamOptions],
    ) -> AsyncChatStream:
        """Stream the events of a run.

        A finished run sends one `workflow_finished`. With the snapshot, the past events are sent first, in a shorter
        form, and `message_replace` holds the answer so far; without it a paused run sends only pings.

        Args:
            workflow_run_id: The run.
            include_state_snapshot: True sends the past events first.
            continue_on_pause: True continues the stream after a pause, with the events after the form's
                submission.
            user: The end user of the query; None uses the client's default.
            **options: How the stream is read: `resume`, `idle_timeout`, `start_timeout`, `end_timeout`, `stop_on_exit`,
                `include_pings`, `accumulate`, `max_event_size`; see `chat.stream` and `StreamOptions`. Further
                `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The stream: a context manager and an iterator of typed events. Nothing is sent before it is entered.

        Raises:
            ConfigurationError: No end user is set.
            NotFoundError: The end user has no such run.

        Example:
            async with app.runs.events(run_id, user="abc-123") as stream:
                print((await stream.until_done()).status)
        """
        session = self._session.with_options(options, RunStreamOptions.__optional_keys__)
        owner = self._config.required_user(user)
        return join_run(
            session,
            workflow_run_id,
            owner,
            StreamSettings.of(options),
            include_state_snapshot=include_state_snapshot,
            continue_on_pause=continue_on_pause,
        )

    def list(
        self,
        *,
        keyword: str | None = None,
        status: WorkflowLogStatus | None = None,
        created_after: DateTimeLike | None = None,
        created_before: DateTimeLike | None = None,
        created_by_end_user_session_id: str | None = None,
        created_by_account: str | None = None,
        page: int = 1,
        limit: int | None = None,
        **options: Unpack[RequestOptions],
    ) -> AsyncPager[WorkflowLogPage, WorkflowLog]:
        """List the app's log of runs; on some servers it is empty for a chatflow.

        Args:
            keyword: Text to search for in inputs and outputs.
            status: The status of the runs; servers refuse an unknown one with 400.
            created_after: Only runs from this time on: a datetime, a date or an ISO string, in UTC without an offset.
            created_before: Only runs until this time.
            created_by_end_user_session_id: Only runs of this end user; applied here, too, since servers
                before 1.5.0 ignore it.
            created_by_account: Only runs of the account with this e-mail address; applied here, too.
            page: The first page to request.
            limit: The page size, 1 to 100; None requests 100.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            A pager over the log's entries.

        Example:
            async for entry in app.runs.list(status="failed", created_after="2026-01-01"):
                print(entry.workflow_run.error)

        """
        session = self._session.with_options(options)
        after = to_datetime(created_after, "created_after") if created_after is not None else None
        before = to_datetime(created_before, "created_before") if created_before is not None else None

        async def fetch(paging: Paging[WorkflowLogPage, WorkflowLog]) -> WorkflowLogPage:
            return await session.call(
                run_logs.operation,
                keyword=keyword,
                status=status,
                page=paging.cursor,
                limit=paging.size,
                created_at_before=before,
                created_at_after=after,
                created_by_end_user_session_id=created_by_end_user_session_id,
                created_by_account=created_by_account,
            )

        def is_wanted(entry: WorkflowLog) -> bool:
            user, account = entry.created_by_end_user, entry.created_by_account
            return is_creator(user, account, "session_id", created_by_end_user_session_id) and is_creator(
                account, user, "email", created_by_account
            )

        size = LARGEST_PAGE if limit is None else limit
        return AsyncPager(fetch, Paging("page", page, size, select=is_wanted))


def is_creator(creator: object, other: object, attribute: str, wanted: str | None) -> bool:
    """Return whether a log entry may be the wanted creator's: it names that one, or none at all."""
    found = getattr(creator, attribute, None)
    return wanted is None or (found == wanted if isinstance(found, str) else not other)
