"""A stream of events: typed events, the reply they add up to, and the recovery of interrupted runs."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import nullcontext, suppress
from time import monotonic
from typing import Any, Self

from dify_chatflow._async.forms import submit_form
from dify_chatflow._async.recovery import ENDED, AsyncRecovery
from dify_chatflow._async.session import AsyncSession
from dify_chatflow._concurrency import async_shield
from dify_chatflow._deadline import async_deadline
from dify_chatflow._errors import DifyError, ResponseDecodeError, StreamStateError
from dify_chatflow._request import PreparedRequest
from dify_chatflow._response import connection_error
from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.answer import MissingTextError
from dify_chatflow._streaming.errors import StreamIdleError, StreamInterruptedError, StreamTimeoutError
from dify_chatflow._streaming.event import StreamEvent
from dify_chatflow._streaming.failure import reported_failure
from dify_chatflow._streaming.form import Form
from dify_chatflow._streaming.lifecycle import FINAL_EVENTS, Lifecycle
from dify_chatflow._streaming.options import IdleTimer, StreamOptions
from dify_chatflow._streaming.reader import EventReader
from dify_chatflow._streaming.replay import ReplayFilter
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.sse import EventTooLargeError
from dify_chatflow._streaming.text import join_surrogates, split_surrogate
from dify_chatflow._transport import Response, async_interrupt_read, is_timeout, transport_errors
from dify_chatflow_client.api.chatflows import stop_advanced_chat_message_generation as stop_generation
from dify_chatflow_client.models.message_event import MessageEvent
from dify_chatflow_client.models.stop_request import StopRequest
from dify_chatflow_client.models.success_result import SuccessResult

# Seconds that leaving a block may wait for the response to the stop request.
STOP_TIMEOUT = 10.0
# Seconds of silence after which a joined run is looked up; the time doubles while nothing changes.
CHECK_INTERVAL, MAX_CHECK_INTERVAL = 5.0, 60.0
# This version sends no `message_end` and no replaced answer: only the stored message has what moderation made of it.
NO_MESSAGE_END = "1.13.0"
# Servers 1.13.0 to 1.14.2 send pings for 300 s where later ones refuse the request.
NOTHING_STARTED = (
    "no event but pings for {:.0f} s: servers 1.13.0 to 1.14.2 answer so when conversation_id is unknown, or an input "
    "or file is invalid; check these, or pass a longer start_timeout if runs wait that long for a worker"
)


class AsyncChatStream:
    """The events of a run in the order of their arrival, and the reply they add up to.

    A context manager and an iterator of typed events. Leaving the `with` block closes the connection; the run continues
    unless `stop()` was called or the stream was made with `stop_on_exit=True`. The stream ends by itself, also where
    the server leaves the connection open.

    Raises:
        StreamError: The server reports failure; it is also of the class of the status in the event.
        StreamInterruptedError: The connection ended before the run, or the answer cannot be completed; `reply` holds
            what was received. Reading on raises it again.
        StreamIdleError: Only pings, or nothing, arrived for `idle_timeout` or `start_timeout` seconds.
        StreamTimeoutError: Nothing arrived for the client's read timeout; it is also an APITimeoutError.

    Example:
        async with app.chat.stream("What does a full service cost?") as stream:
            async for event in stream:
                print(event.event)
        print(stream.reply.answer)
    """

    def __init__(
        self,
        session: AsyncSession,
        make_request: Callable[[], Awaitable[PreparedRequest]],
        user: str,
        options: StreamOptions,
        *,
        lifecycle: Lifecycle | None = None,
        accumulator: Accumulator | None = None,
        replay: ReplayFilter | None = None,
    ) -> None:
        self._accumulator = accumulator or Accumulator()
        self.reply: Reply = self._accumulator.reply
        self._session = session
        self._make_request = make_request
        self._user = user
        self._options = options
        self._is_query = lifecycle is None
        self._lifecycle = lifecycle or Lifecycle()
        self._lifecycle.end_timeout = options.end_timeout
        self._replay = replay or ReplayFilter()
        self._recovery = AsyncRecovery(session, user, self.reply)
        self._response: Response | None = None
        self._reader = EventReader(options.max_event_size)
        self._first_cursor = ""
        self._has_event = False
        self._is_stopped = self._is_handed_over = False
        self._opened_at = self._checked_at = 0.0
        self._check_interval = CHECK_INTERVAL
        self._failure: DifyError | None = None
        self._iterator: AsyncGenerator[StreamEvent] = self._events()

    @property
    def response(self) -> Response | None:
        """The HTTP response with status and headers; None before the stream is opened."""
        return self._response

    @property
    def task_id(self) -> str | None:
        """The argument of `chat.stop`; None before the first event."""
        return self.reply.task_id

    @property
    def conversation_id(self) -> str | None:
        """The conversation of the answer; None before the first event."""
        return self.reply.conversation_id

    @property
    def message_id(self) -> str | None:
        """The message of the answer; None before the first event."""
        return self.reply.message_id

    @property
    def workflow_run_id(self) -> str | None:
        """The argument of `runs.get` and `runs.events`; None before the run has started, unless a header has it."""
        return self.reply.workflow_run_id

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        is_over = self._lifecycle.is_run_over or self._lifecycle.is_ended
        try:
            if self._options.stop_on_exit and self.task_id and not (is_over or self._is_stopped):
                # An exception in the block matters more than a failed stop.
                with suppress(DifyError) if kind else nullcontext(), async_shield(STOP_TIMEOUT):
                    await self.stop()
        finally:
            await self.aclose()

    def __aiter__(self) -> AsyncIterator[StreamEvent]:
        return self._reading()

    async def __anext__(self) -> StreamEvent:
        return await anext(self._reading())

    async def text_deltas(self) -> AsyncIterator[str]:
        """Yield the answer's text chunk by chunk; the chunks add up to `reply.answer` unless moderation replaced it.

        Where a run is joined, chunks may be missing. Then the text from there on is yielded at the end.

        Raises:
            StreamInterruptedError: The chunks yielded are not the start of the answer; `reply.answer` is complete.
        """
        text, held = self._accumulator.text, ""
        text.drain()
        async for event in self._reading():
            chunk = text.drain() if text.added else ""
            if not text.gaps and isinstance(event, MessageEvent):
                chunk += event.answer
            # Servers may split a character between two chunks.
            chunk, held = split_surrogate(held + chunk)
            if chunk:
                yield chunk
        text.close_gaps()
        if held or text.added:
            yield join_surrogates(held + text.drain())
        if text.is_revised and not self.reply.moderated:
            raise StreamInterruptedError("the answer differs from the chunks: read it from reply.answer", self.reply)

    async def until_done(self) -> Reply:
        """Read to the end and return the complete reply."""
        async for _ in self._reading():
            pass
        if self._failure is not None:
            raise self._failure
        return self.reply

    async def stop(self) -> SuccessResult:
        """Ask the server to stop the run; reading on yields the events until its end.

        Raises:
            StreamStateError: No event has been received yet, so the task is unknown.
        """
        if self.task_id is None:
            raise StreamStateError("cannot stop: no event has been received yet; read the first one before")
        self._is_stopped = True
        return await self._session.call(stop_generation.operation, self.task_id, body=StopRequest(user=self._user))

    async def resume(self) -> Self:
        """Join the run again after an interruption or a pause; only new events are yielded.

        A stream that has ended stays as it is.

        Raises:
            StreamStateError: The run had not started, so its id is unknown.
            StreamInterruptedError: The run cannot be joined, and is not over either.

        Example:
            try:
                await stream.until_done()
            except StreamInterruptedError:
                await (await stream.resume()).until_done()
        """
        if self._lifecycle.is_run_over or (self._lifecycle.is_ended and not self.reply.paused):
            return self
        if self.workflow_run_id is None or not self._options.accumulate:
            raise StreamStateError("cannot resume: the run had not started, or accumulate=False kept nothing of it")
        await self.aclose()
        self._recovery.attempts = 0
        await self._rejoin()
        self._failure = None
        self._iterator = self._events()
        return self

    async def submit(self, form: Form | str, action: str, inputs: Mapping[str, Any] | None = None) -> AsyncChatStream:
        """Submit a form and return the stream of the resumed run, with the same reply.

        Args:
            form: One of `reply.forms`, or its token.
            action: The id of the button.
            inputs: The values of the fields by output variable, uploaded files included.

        Returns:
            The stream of the resumed run.

        Raises:
            BadRequestError: The button is unknown, or a field is missing.
            PreconditionFailedError: The form was submitted before, or has expired.

        Example:
            if stream.reply.paused:
                async with await stream.submit(stream.reply.forms[0], "approve") as resumed:
                    print((await resumed.until_done()).answer)
        """
        if self.workflow_run_id is None or not self._options.accumulate:
            raise StreamStateError("cannot follow the run: its id is unknown, or accumulate=False kept nothing of it")
        await submit_form(self._session, form, action, inputs, self._user)
        self._accumulator.remove_form(form)
        self._expect_replay()

        async def make_request() -> PreparedRequest:
            return self._recovery.events_request()

        return AsyncChatStream(
            self._session,
            make_request,
            self._user,
            self._options,
            lifecycle=Lifecycle(is_joined=True, is_started=True),
            accumulator=self._accumulator,
            replay=self._replay,
        )

    async def aclose(self) -> None:
        """Close the connection; the run continues. Reading on raises StreamInterruptedError unless the run is over."""
        self._fail("the stream was closed before its end")
        if self._response is not None:
            async_interrupt_read(self._response)
            await self._response.aclose()
        # Another task or thread may be reading: the closed connection ends its read.
        with suppress(RuntimeError, ValueError):
            await self._iterator.aclose()

    # By either name, as for files and HTTP clients.
    close = aclose

    def _reading(self) -> AsyncGenerator[StreamEvent]:
        """Return the iterator of the remaining events; raise where the stream was interrupted before."""
        if self._failure is not None:
            raise self._failure
        return self._iterator

    def _fail(self, reason: str | DifyError) -> None:
        """Keep the first failure for whoever reads on; a stream whose run is over has none."""
        if isinstance(reason, str) and (self._lifecycle.is_ended or self._lifecycle.is_run_over):
            return
        if self._failure is None:
            self._failure = StreamInterruptedError(reason, self.reply) if isinstance(reason, str) else reason

    async def _open(self) -> Response | None:
        """Return the response; the request is sent once, also where it fails. None where the run is to be joined."""
        if self._failure is not None:
            raise self._failure
        if self._response is None and not self._is_handed_over:
            self._fail("the request was interrupted before the response")
            try:
                self._response = await self._recovery.connect(await self._make_request())
            except DifyError as error:
                self._is_handed_over = isinstance(error, StreamInterruptedError)
                if not (self._is_handed_over and self._options.resume):
                    self._failure = error
                    raise
            self._failure = None
        return self._response

    async def _events(self) -> AsyncGenerator[StreamEvent]:  # noqa: C901, PLR0912, PLR0915 - see below
        """Yield all events, over as many connections as it takes.

        One loop: each generator between the bytes and the caller would cost as much as parsing an event.
        """
        try:
            breaks: tuple[type[Exception], ...] = transport_errors(self._session.pool.http)
            breaks += (EventTooLargeError, StreamInterruptedError)
            lifecycle = self._lifecycle
            while not lifecycle.is_ended:
                response, timer = await self._open(), IdleTimer(self._options.idle_timeout)
                if response is None:
                    await self._rejoin()
                    continue
                timer.cap(response)
                reader = self._reader = self._reader.renewed()
                self._first_cursor = reader.last_event_id
                self._opened_at = self._checked_at = monotonic()
                try:
                    chunks = response.aiter_bytes()
                    while True:
                        wait = lifecycle.wait
                        if wait is None:
                            chunk = await anext(chunks, None)
                        else:
                            chunk = await self._read_within(wait, response, chunks)
                        if chunk is None:
                            break
                        has_event = False
                        for sent in reader.feed(chunk):
                            has_event = True
                            if sent.event == "ping":
                                await self._on_ping(timer)
                                event = sent if self._options.include_pings else None
                            else:
                                event = self._take(sent)
                            if lifecycle.is_ended:
                                await response.aclose()
                                await self._complete()
                            if event is not None:
                                yield event
                                timer.reset(event)
                            if lifecycle.is_ended:
                                return
                        if not has_event and timer.is_expired():
                            raise StreamIdleError(timer.message, self.reply)
                        if response is not self._response:
                            break  # the run was joined again after a check
                    if response is self._response:
                        await self._end()
                except breaks as error:
                    await response.aclose()
                    if lifecycle.is_ended:
                        raise
                    await self._recover(self._broken(error, timer), error)
                finally:
                    await response.aclose()
        except DifyError as error:
            self._fail(error)
            raise self._failure or error from error.__cause__
        finally:
            self._fail("the reading was interrupted before the end of the stream")

    async def _read_within(self, seconds: float, response: Response, chunks: AsyncIterator[bytes]) -> bytes | None:
        """Return the next bytes; None where there are none within the time."""
        found: list[bytes | None] = [None]
        with async_deadline(response, seconds):
            found = [await anext(chunks, None)]
        return found[0]

    def _take(self, event: StreamEvent) -> StreamEvent | None:
        """Add an event and return its new part. A reported failure is raised."""
        if self._lifecycle.is_run_over and event.event not in FINAL_EVENTS:
            return None
        has_cursor = self._reader.last_event_id != self._first_cursor
        new = self._replay.filter(event, self._accumulator, has_cursor=has_cursor)
        self._has_event = True
        if new is None:
            return None
        self._recovery.attempts = 0
        if not self._options.accumulate:
            # They are the same in all events of a stream.
            if self.reply.message_id is None or (new.event != "message" and self.reply.workflow_run_id is None):
                self._accumulator.take_ids(new)
        elif new is event:
            self._accumulator.add(new)
        if new.event != "message":
            self._observe(new)
        elif isinstance(new, MessageEvent) and not new.answer:
            self._replay.record(new)  # a log repeats it, and it cannot be recognised by its text
        return new

    def _observe(self, event: StreamEvent) -> None:
        """Update the state of the stream for an event other than text."""
        if self._options.accumulate:
            self._replay.record(event)
        self._check_interval = CHECK_INTERVAL
        was_over = self._lifecycle.is_run_over
        self._lifecycle.observe(event)
        if event.event == "error" and not was_over:
            raise reported_failure(event, self.reply, self._response)

    async def _on_ping(self, timer: IdleTimer) -> None:
        """Check what a ping without events before it means."""
        if timer.is_expired():
            raise StreamIdleError(timer.message, self.reply)
        now, limit = monotonic(), self._options.start_timeout
        if self._lifecycle.is_joined:
            if now - self._checked_at >= self._check_interval:
                await self._check_run()
        elif not self._has_event and limit is not None and now - self._opened_at >= limit:
            raise StreamIdleError(NOTHING_STARTED.format(now - self._opened_at), self.reply)

    async def _check_run(self) -> None:
        """Look up a joined run that sends only pings: it may be over, or its events lost (1.16.0 and 1.16.1)."""
        is_second = self._check_interval > CHECK_INTERVAL
        self._checked_at = monotonic()
        self._check_interval = min(self._check_interval * 2, MAX_CHECK_INTERVAL)
        try:
            detail = await self._recovery.detail()
        except DifyError:
            return
        if detail.finished_at or detail.status in ENDED:
            self._finish(detail)
        elif self._options.accumulate and (is_second or detail.status != self.reply.status):
            with suppress(StreamInterruptedError):
                await self._rejoin()

    def _finish(self, detail: Any) -> None:
        """End the run from its detail."""
        self._expect_replay()
        self._accumulator.finish(detail)
        self._lifecycle.finish()

    async def _complete(self) -> None:
        """Complete the reply from other sources where events were missed."""
        if not self._options.accumulate or not self.reply.finished:
            return
        if not self._lifecycle.has_message_end and self._version() == NO_MESSAGE_END:
            self._accumulator.is_unconfirmed = True
        if not self._accumulator.needs_stored_message:
            return
        stored = await self._recovery.stored_message()
        # The single event of a finished run does not name its message: for a run joined by its id, the outputs, which
        # are not moderated, are all there is.
        is_missing = (self._is_query or self.message_id is not None) and not (stored and stored.answer)
        is_moderated = is_missing and await self._recovery.is_moderated()
        try:
            self._accumulator.complete(stored, is_moderated=is_moderated)
        except MissingTextError as error:
            raise StreamInterruptedError(f"the answer is not complete: {error}", self.reply) from None

    def _version(self) -> str:
        """Return the version that the server reports."""
        return str(self._response.headers.get("x-version", "")) if self._response is not None else ""

    async def _end(self) -> None:
        """End the stream where its connection has ended."""
        lifecycle = self._lifecycle
        if not (lifecycle.is_run_over or lifecycle.is_paused or lifecycle.wait is not None):
            text = "the stream ended without a closing event"
            if not self._has_event and not lifecycle.is_joined:
                text += f"; {NOTHING_STARTED.format(monotonic() - self._opened_at)}"
            raise StreamInterruptedError(text, self.reply)
        lifecycle.is_ended = True
        if self._response is not None:
            await self._response.aclose()
        await self._complete()

    def _broken(self, error: Exception, timer: IdleTimer) -> DifyError:
        """Return the error of this package for a broken connection."""
        if isinstance(error, DifyError):
            return error
        if isinstance(error, EventTooLargeError):
            return ResponseDecodeError(f"the stream cannot be read: {error}", payload=b"", response=self._response)
        if not is_timeout(error):
            return StreamInterruptedError(f"the connection broke: {type(error).__name__}: {error}", self.reply)
        if timer.is_expired():
            return StreamIdleError(timer.message, self.reply)
        return StreamTimeoutError(str(connection_error(error, "reading the stream")), self.reply)

    async def _recover(self, broken: DifyError, cause: Exception) -> None:
        """Join the run again where that may help: not while the connection is alive, or after `aclose`."""
        is_cut = isinstance(broken, StreamInterruptedError) and not isinstance(broken, StreamIdleError)
        if is_cut and (self._lifecycle.is_run_over or self._lifecycle.wait is not None):
            await self._end()
        elif is_cut and self._options.resume and self.workflow_run_id is not None and self._failure is None:
            await self._rejoin()
        elif is_cut and self._options.resume and self.workflow_run_id is None and self._failure is None:
            text = f"{broken}; the run cannot be resumed: the server has not sent its id"
            raise type(broken)(text, self.reply) from (None if broken is cause else cause)
        elif broken is cause:
            raise broken
        else:
            raise broken from cause

    async def _rejoin(self) -> None:
        """Join the run again, or end it from its detail; the query is never sent again."""
        try:
            response = await self._recovery.join(self._reader.last_event_id, self._reader.reconnection_time)
        except StreamInterruptedError as error:
            if await self._finish_from_detail(error):
                return
            raise
        self._response = response
        self._lifecycle.rejoin()
        self._expect_replay()

    async def _finish_from_detail(self, failure: StreamInterruptedError) -> bool:
        """End the run from its detail if it is over, and return whether it is."""
        try:
            detail = await self._recovery.detail()
        except DifyError as error:
            raise StreamInterruptedError(f"{failure}; its detail: {error}", self.reply) from error
        if not detail.finished_at and detail.status not in ENDED:
            return False
        self._finish(detail)
        await self._complete()
        return True

    def _expect_replay(self) -> None:
        """Expect repeated and missing events from here on."""
        self._replay.expect_replay(self._accumulator)
        self._accumulator.join(is_text_complete=self._lifecycle.has_message_end)
