"""The requests for a run's events: the first one, and those that join the run again."""

from __future__ import annotations

import json
from time import monotonic

from dify_chatflow._async.session import AsyncSession
from dify_chatflow._body import async_chunks
from dify_chatflow._concurrency import async_sleep
from dify_chatflow._errors import (
    APIConnectionError,
    APIStatusError,
    DifyError,
    InternalServerError,
    RateLimitError,
    ResponseDecodeError,
    run_id_of,
)
from dify_chatflow._request import PreparedRequest
from dify_chatflow._retry import LONGEST_WAIT, backoff
from dify_chatflow._streaming.coerce import mapping
from dify_chatflow._streaming.errors import StreamInterruptedError
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._transport import Response, cap_read_timeout
from dify_chatflow_client.api.chatflows import stream_chatflow_events as stream_events

# Attempts to join a run without an event between them, and joins of one run in all.
MAX_ATTEMPTS, MAX_JOINS = 5, 50
# Errors worth retrying when joining a run.
TRANSIENT = (APIConnectionError, InternalServerError, RateLimitError, ResponseDecodeError)
# Bytes of a body that is not an event stream, and seconds to wait for them; error messages need no more.
MAX_BODY, BODY_TIMEOUT = 65_536, 2.0


class AsyncRecovery:
    """The requests for the events of one run.

    Attributes:
        attempts: The attempts to join the run since the last event.
        maintenance: The response by which the server has handed the run over; None where it has not.
    """

    def __init__(self, session: AsyncSession, user: str, reply: Reply) -> None:
        self.attempts = 0
        self.maintenance: Response | None = None
        self._joins = 0
        self._session = session
        self._user = user
        self._reply = reply

    async def connect(self, request: PreparedRequest) -> Response:
        """Send a request whose response is an event stream.

        Raises:
            ResponseDecodeError: The response is not an event stream.
            StreamInterruptedError: The server hands the run over to another process; it can be joined.
        """
        response = await self._session.send(request, stream=True)
        run_id = run_id_of(response)
        if run_id and self._reply.workflow_run_id is None:
            self._reply.workflow_run_id = run_id
        kind = str(response.headers.get("content-type", ""))
        if kind.lower().startswith("text/event-stream"):
            return response
        payload = await self._read_body(response)
        if response.status_code == 202 and self._take_run_id(payload):  # noqa: PLR2004
            self.maintenance = response
            raise StreamInterruptedError("the server is restarting; the run continues and can be joined", self._reply)
        text = f"{request.label}: the response is not an event stream but {kind or 'a body without content type'}"
        raise ResponseDecodeError(text, payload=payload, response=response)

    async def join(self, last_event_id: str, reconnection_time: float) -> Response:
        """Join the run again, with a bounded number of attempts.

        Raises:
            StreamInterruptedError: The run cannot be joined; `__cause__` is the last failure.
        """
        failure: DifyError | None = None
        budget = LONGEST_WAIT  # seconds that servers may ask to wait, in all attempts together
        while self.attempts < MAX_ATTEMPTS and self._joins < MAX_JOINS:
            self.attempts, self._joins = self.attempts + 1, self._joins + 1
            advised = min(getattr(failure, "retry_after", None) or 0.0, budget)
            budget -= advised
            await async_sleep(max(backoff(self.attempts), reconnection_time, advised))
            request = self.events_request(last_event_id)
            request.attempt = self._session.config.max_retries  # each attempt to join is a retry itself
            try:
                return await self.connect(request)
            except TRANSIENT as error:
                failure = error
            except APIStatusError as error:
                raise StreamInterruptedError(f"the run cannot be joined: {error}", self._reply) from error
        text = f"the run could not be joined in {self.attempts} attempts ({self._joins} joins in all)"
        raise StreamInterruptedError(text, self._reply) from failure

    def events_request(self, last_event_id: str = "") -> PreparedRequest:
        """Return the request that joins the run, with a snapshot and past pauses."""
        request = PreparedRequest.of(
            stream_events.operation,
            self._reply.workflow_run_id or "",
            user=self._user,
            include_state_snapshot=True,
            continue_on_pause=True,
        )
        # Headers are ASCII; without the id the server sends a snapshot.
        if last_event_id.isascii() and last_event_id.isprintable() and last_event_id:
            request.arguments["headers"] = {"Last-Event-ID": last_event_id}
        return request

    async def _read_body(self, response: Response) -> bytes:
        """Return the start of a body and close its response."""
        body, end = b"", monotonic() + BODY_TIMEOUT
        cap_read_timeout(response, BODY_TIMEOUT)
        try:
            async for chunk in async_chunks(response):
                body += chunk
                if len(body) > MAX_BODY or monotonic() > end:
                    break
        except Exception as error:  # noqa: BLE001 - of the HTTP library, or of a decoder: the body is only a detail
            body = body or repr(error).encode()
        finally:
            await response.aclose()
        return body[:MAX_BODY]

    def _take_run_id(self, payload: bytes) -> bool:
        """Copy the run's id from a maintenance response."""
        try:
            found: object = json.loads(payload)
        except ValueError:
            return False
        run_id = mapping(found).get("workflow_run_id")
        if isinstance(run_id, str):
            self._reply.workflow_run_id = run_id
        return self._reply.workflow_run_id is not None
