# Generated from dify_chatflow/_async/waiting.py by `make generate`; change it there.
"""A run's detail, and the wait for the end of a run."""

from __future__ import annotations

import re
from time import monotonic
from typing import TYPE_CHECKING

from dify_chatflow._arguments import identifier
from dify_chatflow._concurrency import sleep
from dify_chatflow._errors import (
    APIConnectionError,
    APIStatusError,
    InternalServerError,
    NotFoundError,
    RateLimitError,
    ResponseDecodeError,
    RunTimeoutError,
    server_version,
)
from dify_chatflow._limits import check_seconds
from dify_chatflow._models import WorkflowRun
from dify_chatflow._request import with_reader
from dify_chatflow._response import read_response
from dify_chatflow._retry import LONGEST_WAIT, RETRIED_STATUSES
from dify_chatflow._sync.session import Session
from dify_chatflow._sync.stored import is_over
from dify_chatflow_client.api.chatflows import get_chatflow_workflow_run_detail as run_detail

if TYPE_CHECKING:
    from dify_chatflow._errors import DifyError
    from dify_chatflow._transport import Response

# The interval grows by this factor, up to a multiple of the first one.
GROWTH, MAX_GROWTH = 1.5, 10.0
# Errors that a wait outlasts once it has found the run.
TRANSIENT = (APIConnectionError, InternalServerError, RateLimitError, ResponseDecodeError)
# What servers before a version do instead of storing the end of a run (recording 204_wfrun_stopped of 1.9.2).
UNREAD = ((1, 9, 2), "stores the end of a run only while its stream is read; read that to its end")
STOPPED = ((1, 10, 1), "stores no end of a stopped run; read its stream to the end")
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def read_run(response: Response) -> WorkflowRun:
    """Parse a run's detail.

    Raises:
        NotFoundError: The run is unknown; servers up to 1.12.1 answer 200 and nulls (recording 206_wfrun_404).

    """
    run = WorkflowRun.from_dict(response.json())
    if run.get("id", "") is None and run.get("status", "") is None:
        message = "the run does not exist: the server answered 200 and only nulls"
        endpoint = f"GET {response.request.url.path}"
        details = {"response": response, "request": response.request, "body": run.to_dict(), "endpoint": endpoint}
        raise NotFoundError(404, "not_found", message, **details)
    return run


RUN_DETAIL = with_reader(run_detail.operation, read_run)


def wait_for_run(
    session: Session,
    workflow_run_id: str,
    *,
    timeout: float,
    interval: float,
    continue_on_pause: bool,
    obstacle: tuple[tuple[int, ...], str] = UNREAD,
) -> WorkflowRun:
    """Return the detail of a run once it has ended.

    Args:
        session: The session, without extras of another request.
        workflow_run_id: The run.
        timeout: The longest wait in seconds.
        interval: Seconds between the first two requests; later intervals are longer.
        continue_on_pause: False also returns a run that has paused.
        obstacle: The first version of servers on which the end is stored, and the reason why earlier ones are refused.

    Raises:
        RunTimeoutError: The run has not ended in time, or its end would never be stored.

    """
    workflow_run_id = identifier(workflow_run_id, "workflow_run_id")
    check_seconds(timeout=timeout, interval=interval)
    end, delay, failures = monotonic() + timeout, interval, 0
    run: WorkflowRun | None = None
    failure: DifyError | None = None
    while True:
        one = session.limited(max(end - monotonic(), min(timeout, interval)))
        request = one.prepare(RUN_DETAIL, workflow_run_id)
        try:
            response = one.send(request)
            run, failure = read_response(RUN_DETAIL, response, request.label), None
        except TRANSIENT as error:
            failures, failure = failures + 1, error
            if run is None and not (is_retried(error) and failures <= session.config.max_retries):
                raise
        else:
            if is_over(run) or (run.status == "paused" and not continue_on_pause):
                return run
            version, (first, reason) = server_version(response), obstacle
            if run.status == "running" and is_before(version, first):
                text = f"cannot wait for the end of the run {workflow_run_id}: Dify {version} {reason}"
                raise RunTimeoutError(text, workflow_run_id, run.status)
        left = end - monotonic()
        if left <= 0:
            status = run.status if run else None
            text = f"the run {workflow_run_id} has not ended in {timeout:g} s (status: {status or 'unknown'})"
            raise RunTimeoutError(f"{text}; wait again, or stop it", workflow_run_id, status) from failure
        advised = min(getattr(failure, "retry_after", None) or 0.0, LONGEST_WAIT)
        sleep(min(max(delay, advised), left))
        delay = min(delay * GROWTH, interval * MAX_GROWTH)


def is_retried(error: DifyError) -> bool:
    """Return whether the request for an unknown run may be repeated, as for any other GET."""
    if isinstance(error, APIStatusError):
        return error.status_code in RETRIED_STATUSES
    return isinstance(error, APIConnectionError)


def is_before(version: str | None, first: tuple[int, ...]) -> bool:
    """Return whether a server reports an earlier version; one that is missing or unreadable counts as a later one."""
    found = VERSION.match(version or "")
    return found is not None and tuple(map(int, found.groups())) < first
