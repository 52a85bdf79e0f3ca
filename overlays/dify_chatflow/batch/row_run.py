"""One row: its files are uploaded, its query is sent, and its run is followed to the end."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from dify_chatflow._errors import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    DifyError,
    PermissionDeniedError,
    RateLimitError,
)
from dify_chatflow._streaming.coerce import string
from dify_chatflow._streaming.errors import StreamError, StreamInterruptedError, StreamStatusError
from dify_chatflow._transport import never_sent
from dify_chatflow.batch.result import IDS, RowResult
from dify_chatflow.batch.row import Row, upload_path
from dify_chatflow_client.types import is_list

if TYPE_CHECKING:
    from dify_chatflow import Chatflow, ChatStream
    from dify_chatflow._streaming.partial import PartialReply

INTERNAL_ERROR = 500
# A run that failed because the model's provider has too many requests.
PROVIDER_LIMIT = re.compile(r"\b429\b|rate.?limit|too many requests", re.IGNORECASE)
ADVICE = "look up the run before you send the row again with --retry-unknown (retry_unknown=True)"


class RowObserver:
    """Steps of a row; the methods do nothing, and subclasses override those they need."""

    def sending(self) -> None:
        """Note that the query is sent now; from here on, a run may have started."""

    def opened(self, stream: ChatStream) -> None:
        """Note that the server has answered with a stream."""

    def identified(self, ids: dict[str, Any]) -> None:
        """Note the ids that are known, when there are new ones."""


def run_row(app: Chatflow, row: Row, observer: RowObserver | None = None) -> RowResult:
    """Send a row and follow its run to the end; errors of the server and the network become results.

    Client, row and result can be pickled, so the function can run in another process or on another machine. The pickle
    holds no API key: there, the client reads `DIFY_API_KEY`.

    Args:
        app: The client.
        row: The row.
        observer: An object whose methods are called at each step; None calls nothing.

    Returns:
        The result, which is never partial: `status` shows whether the answer is complete.

    Example:
        result = run_row(app, Row(number=1, id="1", query="hello", user="demo"))
        print(result.status, result.answer)
    """
    observer = observer or RowObserver()
    result = RowResult(row=row.number, id=row.id, query=row.query, status="unknown")
    try:
        files = [upload(app, file, row.user) for file in row.files]
        inputs = {name: uploaded(app, value, row.user) for name, value in row.inputs.items()}
    except (DifyError, OSError, ValueError) as error:
        status = status_before_run(error) if isinstance(error, DifyError) else "failed"
        return fail(result, error, status="unreachable" if status == "unknown" else status)
    observer.sending()
    result.started_at, began = time.time(), time.monotonic()
    arguments: dict[str, Any] = {"inputs": inputs, "conversation_id": row.conversation_id, "files": files}
    # Refusals are not retried here, but with all rows in view.
    stream = app.chat.stream(row.query, user=row.user, resume=True, max_retries=0, **arguments)
    try:
        with stream:
            observer.opened(stream)
            known = 0
            for event in stream:
                if result.first_token is None and getattr(event, "answer", None):
                    result.first_token = time.monotonic() - began
                if known < 2 and (ids := ids_of(stream.reply)):  # noqa: PLR2004 - message, then run
                    is_run = "workflow_run_id" in ids
                    if is_run or not known:
                        observer.identified(ids)
                    known = 2 if is_run else 1
        end_with(result, stream.reply)
    except (DifyError, OSError, ValueError, TypeError) as error:
        take(result, stream.reply)
        is_sent = isinstance(error, DifyError) or stream.response is not None
        fail(result, error, status=status_of(error) if is_sent else "failed")
    result.elapsed = time.monotonic() - began
    return result


def look_up(app: Chatflow, row: Row, ids: dict[str, Any]) -> RowResult:
    """Return the result of a row whose run was started before, by what the server knows of it.

    Args:
        app: The client.
        row: The row.
        ids: The ids of the run, `workflow_run_id` among them.
    """
    known: dict[str, Any] = {name: ids.get(name) for name in IDS}
    result = RowResult(row=row.number, id=row.id, query=row.query, status="unknown", looked_up=True, **known)
    run_id = known["workflow_run_id"] or ""
    stream = app.runs.events(run_id, user=row.user, resume=True)
    stream.reply.conversation_id, stream.reply.message_id = known["conversation_id"], known["message_id"]
    try:
        try:
            with stream:
                reply = stream.until_done()
        except (APIStatusError, StreamInterruptedError):
            # Servers before 1.14 have no events of runs, but details, from which the client completes the reply.
            app.runs.wait(run_id)
            reply = stream.resume().until_done()
        end_with(result, reply)
    except (DifyError, ValueError) as error:
        fail(result, error, status="unknown")
        result.error = f"the end of the run is not known: {error}; {ADVICE}"
    return result


def upload(app: Chatflow, file: str, user: str) -> Any:
    """Return a URL, or the file of a path after its upload."""
    is_url = file.lower().startswith(("http://", "https://"))
    return file if is_url else app.files.upload(file, user=user)


def uploaded(app: Chatflow, value: Any, user: str) -> Any:
    """Return an input after the upload of its files."""
    if is_list(value):
        return [uploaded(app, item, user) for item in value]
    path = upload_path(value)
    return value if path is None else app.files.upload(path, user=user)


def ids_of(reply: PartialReply) -> dict[str, Any]:
    """Return the ids of a reply that are known."""
    return {name: value for name in IDS if (value := getattr(reply, name)) is not None}


def take(result: RowResult, reply: PartialReply) -> None:
    """Take over what is known of a reply."""
    for name, value in ids_of(reply).items():
        setattr(result, name, value)
    result.answer, result.files = reply.answer or None, reply.files
    if reply.metadata is not None:
        result.metadata = reply.metadata.to_dict()
    usage = reply.usage
    result.tokens = reply.total_tokens or (usage.total_tokens if usage else None) or None
    if usage is not None:
        result.price, result.currency = string(usage.total_price), string(usage.currency)


def end_with(result: RowResult, reply: Any) -> None:
    """Take over a reply whose run has ended or waits for a form."""
    take(result, reply)
    result.answer = reply.answer
    result.status = reply.status
    try:
        reply.raise_for_status()
    except StreamError as error:
        fail(result, error, status="stopped" if reply.status == "stopped" else status_of(error))
    else:
        if reply.status == "stopped":  # by moderation, which has replaced the answer
            result.status = "succeeded"
    if reply.paused:
        result.error = f"the run waits for a form; answer it with: dify-chatflow runs watch {result.workflow_run_id}"


def fail(result: RowResult, error: Exception, *, status: str) -> RowResult:
    """Note an error, and return the result."""
    result.status, result.error, result.error_type = status, str(error) or type(error).__name__, type(error).__name__
    result.retry_after = getattr(error, "retry_after", None)
    if status == "unknown":
        result.error = f"{result.error}; {ADVICE}"
    return result


def status_of(error: Exception) -> str:
    """Return the status of a row whose query was sent, by the error of its stream."""
    reply = getattr(error, "reply", None)
    if isinstance(error, RateLimitError) and getattr(reply, "workflow_run_id", None) is None:
        return "limited"
    if isinstance(error, StreamStatusError):
        return "failed"
    if isinstance(error, (APIStatusError, APIConnectionError)) and not isinstance(error, StreamError):
        return status_before_run(error)
    return "failed" if isinstance(error, ConfigurationError) else "unknown"


def status_before_run(error: Exception) -> str:
    """Return the status of a row whose query was not answered with a stream."""
    if isinstance(error, RateLimitError):
        return "limited"
    if isinstance(error, APIConnectionError):
        cause = error.__cause__
        return "unreachable" if isinstance(cause, Exception) and never_sent(cause) else "unknown"
    if not isinstance(error, APIStatusError):
        return "unknown"
    is_server = error.code is not None
    if isinstance(error, (AuthenticationError, PermissionDeniedError)) or (
        error.status_code in (404, 405) and not is_server
    ):
        return "refused"
    if error.status_code >= INTERNAL_ERROR and not is_server:
        # A proxy answered: it may have passed the request on.
        return "limited" if error.response is not None and "retry-after" in error.response.headers else "unknown"
    return "failed"


def is_limited(result: RowResult) -> bool:
    """Return whether a row was refused, or its run has failed, because there are too many requests."""
    return result.status == "limited" or (result.status == "failed" and bool(PROVIDER_LIMIT.search(result.error or "")))
