"""A stream of events: read as they come, gathered into a reply, closed at the right moment, resumed where it broke."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import nullcontext, suppress
from typing import Any, Self

from attrs import evolve

from dify_chatflow._async.forms import submit_form
from dify_chatflow._async.session import AsyncSession
from dify_chatflow._concurrency import async_shield, async_sleep
from dify_chatflow._errors import (
    APIConnectionError,
    APIStatusError,
    DifyError,
    InternalServerError,
    RateLimitError,
    ResponseDecodeError,
    StreamStateError,
)
from dify_chatflow._request import PreparedRequest
from dify_chatflow._response import connection_error
from dify_chatflow._retry import backoff
from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.errors import StreamError, StreamIdleError, StreamInterruptedError, StreamTimeoutError
from dify_chatflow._streaming.event import StreamEvent
from dify_chatflow._streaming.form import Form
from dify_chatflow._streaming.lifecycle import Lifecycle
from dify_chatflow._streaming.options import IdleTimer, StreamOptions
from dify_chatflow._streaming.reader import EventReader
from dify_chatflow._streaming.replay import ReplayFilter
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.sse import EventTooLargeError
from dify_chatflow._transport import Response, async_interrupt_read, is_timeout, transport_errors
from dify_chatflow_client.api.chatflows import get_chatflow_workflow_run_detail as run_detail
from dify_chatflow_client.api.chatflows import stop_advanced_chat_message_generation as stop_generation
from dify_chatflow_client.api.chatflows import stream_chatflow_events as stream_events
from dify_chatflow_client.models.message_event import MessageEvent
from dify_chatflow_client.models.stop_request import StopRequest
from dify_chatflow_client.models.success_result import SuccessResult

RESUME_ATTEMPTS = 5
# Seconds that leaving a block may wait for the server to take the stop.
STOP_TIMEOUT = 10.0
# What another attempt to join a run may get past.
PASSING = (APIConnectionError, InternalServerError, RateLimitError, ResponseDecodeError)
ENDED = ("succeeded", "failed", "stopped", "partial-succeeded")


class AsyncChatStream:
    """The events of a run, as they come, and the reply they add up to.

    A context manager and an iterator of typed events; leaving the `with` block closes the connection. The run goes on
    all the same, unless `stop()` was called or the stream was made with `stop_on_exit=True`. The stream ends by itself
    with the event that closes it, even where the server leaves the connection open.

    Raises:
        StreamError: The server reports failure; it is also of the class of the status the event names.
        StreamInterruptedError: The connection ended without a closing event; `reply` holds what had come. Whoever reads
            on is told again.
        StreamIdleError: Nothing but pings, or nothing at all, came for `idle_timeout` seconds.
        StreamTimeoutError: Nothing at all came for the client's read timeout; it is also an APITimeoutError.

    Example:
        async with app.chat.stream("What does a full service cost?") as stream:
            async for event in stream:
                print(event.event)
        print(stream.reply.answer)
    """

    def __init__(
        self,
        session: AsyncSession,
        make_call: Callable[[], Awaitable[PreparedRequest]],
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
        self._make_call = make_call
        self._user = user
        self._options = options
        self._lifecycle = lifecycle or Lifecycle()
        self._replay = replay or ReplayFilter()
        self._response: Response | None = None
        self._reader = EventReader(options.max_event_size)
        self._attempts = 0
        self._is_over = False
        self._is_stopped = False
        self._failure: DifyError | None = None
        self._iterator: AsyncGenerator[StreamEvent] = self._events()

    @property
    def response(self) -> Response | None:
        """The HTTP response: status and headers; None before the stream is opened."""
        return self._response

    @property
    def task_id(self) -> str | None:
        """What `chat.stop` takes; None before the first event."""
        return self.reply.task_id

    @property
    def conversation_id(self) -> str | None:
        """The conversation the answer belongs to; None before the first event."""
        return self.reply.conversation_id

    @property
    def message_id(self) -> str | None:
        """The answer's message; None before the first event."""
        return self.reply.message_id

    @property
    def workflow_run_id(self) -> str | None:
        """What `runs.get` and `runs.events` take; None before the run has started."""
        return self.reply.workflow_run_id

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if self._options.stop_on_exit and self.task_id and not (self._is_over or self._is_stopped):
                # Why the block was left is more than that the server did not take the stop.
                with suppress(DifyError) if kind else nullcontext(), async_shield(STOP_TIMEOUT):
                    await self.stop()
        finally:
            await self.aclose()

    def __aiter__(self) -> AsyncIterator[StreamEvent]:
        return self._reading()

    async def __anext__(self) -> StreamEvent:
        return await anext(self._reading())

    async def text_deltas(self) -> AsyncIterator[str]:
        """The answer's text, piece by piece; the pieces add up to `reply.answer` unless the server replaced them.

        Where a run was joined, or joined again, the server may not tell what was said meanwhile. Then the rest comes at
        the end, in one piece.
        """
        text = self._accumulator.text
        text.drain()
        async for event in self._reading():
            if text.added:
                yield text.drain()
            if text.known_length is None and isinstance(event, MessageEvent) and event.answer:
                yield event.answer
        text.close_gap()
        if text.added:
            yield text.drain()

    async def until_done(self) -> Reply:
        """Read to the end and give the whole reply."""
        async for _ in self._reading():
            pass
        if self._failure is not None:
            raise self._failure
        return self.reply

    async def stop(self) -> SuccessResult:
        """Ask the server to stop the run, and go on reading: the stream ends with the event that says so.

        Raises:
            StreamStateError: No event has come yet, so there is no task to stop.
        """
        if self.task_id is None:
            raise StreamStateError("there is nothing to stop yet: read the first event before")
        self._is_stopped = True
        return await self._session.call(stop_generation.operation, self.task_id, body=StopRequest(user=self._user))

    async def resume(self) -> Self:
        """Go on after an interruption or a pause: join the run again, and give what is new only.

        A stream that has ended stays as it is.

        Raises:
            StreamStateError: The run had not begun, so there is nothing to go on with.
            StreamInterruptedError: The run cannot be joined, and is not over either.

        Example:
            try:
                await stream.until_done()
            except StreamInterruptedError:
                await (await stream.resume()).until_done()
        """
        if self._is_over and not self.reply.paused:
            return self
        if self.workflow_run_id is None or not self._options.accumulate:
            raise StreamStateError("there is nothing to resume: the run had not begun, or nothing of it was kept")
        await self.aclose()
        self._is_over, self._attempts = False, 0
        await self._reconnect()
        self._failure = None
        self._iterator = self._events()
        return self

    async def submit(self, form: Form | str, action: str, inputs: Mapping[str, Any] | None = None) -> AsyncChatStream:
        """Submit a form the run waits for, and follow the run as it goes on, in the same reply.

        Args:
            form: One of `reply.forms`, or its token.
            action: The id of the button.
            inputs: The values of the fields by output variable; uploaded files may be among them.

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
            raise StreamStateError("the run cannot be followed from here: it is unknown, or nothing accumulates")
        await submit_form(self._session, form, action, inputs, self._user)
        self._expect_replay()
        lifecycle = Lifecycle(started=True)
        return AsyncChatStream(
            self._session,
            self._events_call,
            self._user,
            self._options,
            lifecycle=lifecycle,
            accumulator=self._accumulator,
            replay=self._replay,
        )

    async def aclose(self) -> None:
        """Close the connection; the run goes on. Whoever reads on after that is told that the answer is not whole."""
        self._break_off("the stream was closed before its end")
        if self._response is not None:
            async_interrupt_read(self._response)
            await self._response.aclose()
        # Another task or thread may be reading just now; it meets the closed connection by itself.
        with suppress(RuntimeError, ValueError):
            await self._iterator.aclose()

    # By either name, as for files and HTTP clients.
    close = aclose

    def _reading(self) -> AsyncGenerator[StreamEvent]:
        """The events still to come; a stream that broke never looks as if it had ended well."""
        if self._failure is not None:
            raise self._failure
        return self._iterator

    def _break_off(self, reason: str | DifyError) -> None:
        """From now on whoever reads is told this, unless the stream has ended well or was broken off before."""
        if isinstance(reason, str) and self._is_over:
            return
        if self._failure is None:
            self._failure = StreamInterruptedError(reason, self.reply) if isinstance(reason, str) else reason

    async def _open(self) -> Response:
        """The response; the request is sent once, however that ends."""
        if self._failure is not None:
            raise self._failure
        if self._response is None:
            self._break_off("the request was broken off before the server answered")
            try:
                self._response = await self._connect(await self._make_call())
            except DifyError as error:
                self._failure = error
                raise
            self._failure = None
        return self._response

    async def _connect(self, request: PreparedRequest) -> Response:
        response = await self._session.send(request, stream=True)
        kind = str(response.headers.get("content-type", ""))
        if not kind.lower().startswith("text/event-stream"):
            payload = await response.aread()
            await response.aclose()
            text = f"{request.label}: the server sent no event stream but {kind or 'a body without content type'}"
            raise ResponseDecodeError(text, payload=payload, response=response)
        return response

    async def _events(self) -> AsyncGenerator[StreamEvent]:
        """All events, over as many connections as it takes; the event that closes the stream closes its connection."""
        try:
            breaks: tuple[type[Exception], ...] = transport_errors(self._session.pool.http)
            breaks += (EventTooLargeError, StreamInterruptedError)
            while not self._is_over:
                response, timer = await self._open(), IdleTimer(self._options.idle_timeout)
                timer.cap(response)
                reader = self._reader = self._reader.renewed()
                try:
                    async for chunk in response.aiter_bytes():
                        for sent in reader.feed(chunk):
                            event = self._take(sent, timer)
                            if event is None:
                                continue
                            if self._is_over:
                                await response.aclose()
                            yield event
                            if self._is_over:
                                return
                            timer.reset(event)
                    self._end()
                except breaks as error:
                    await response.aclose()
                    await self._recover(self._broken(error, timer), error)
                finally:
                    await response.aclose()
        except DifyError as error:
            self._break_off(error)
            raise self._failure or error from error.__cause__
        finally:
            self._break_off("the reading was broken off before the end of the stream")

    def _take(self, event: StreamEvent, timer: IdleTimer) -> StreamEvent | None:
        """Take an event in: what of it is to be given. A reported failure is raised."""
        if event.event == "ping":
            if timer.is_expired():
                raise StreamIdleError(timer.message, self.reply)
            return event if self._options.include_pings else None
        new = self._replay.filter(event, self._accumulator)
        if new is None:
            return None
        self._attempts = 0
        if self._options.accumulate:
            self._accumulator.add(new)
        elif self.reply.message_id is None or (new.event != "message" and self.reply.workflow_run_id is None):
            self._accumulator.take_ids(new)  # they are the same in all events of a stream
        if new.event != "message":
            self._note(new)
        return new

    def _note(self, event: StreamEvent) -> None:
        """What an event other than text means for the stream itself."""
        if self._options.accumulate:
            self._replay.record(event)
        self._is_over = self._lifecycle.closes(event)
        if event.event == "error":
            raise reported_failure(event, self.reply)

    def _end(self) -> None:
        """The connection has ended in good order, but no event has closed the stream."""
        if not self._lifecycle.paused:
            raise StreamInterruptedError("the stream ended without a closing event", self.reply)
        self._is_over = True

    def _broken(self, error: Exception, timer: IdleTimer) -> DifyError:
        """What broke, as an error of this package."""
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
        """Join the run again if that may help: not where the connection is alive, or was closed on purpose."""
        is_cut = isinstance(broken, StreamInterruptedError) and not isinstance(broken, StreamIdleError)
        if is_cut and self._options.resume and self.workflow_run_id is not None and self._failure is None:
            await self._reconnect()
        elif broken is cause:
            raise broken
        else:
            raise broken from cause

    async def _events_call(self) -> PreparedRequest:
        """The call that joins the run: with the state so far, and going on after a pause."""
        run_id = self.workflow_run_id or ""
        request = PreparedRequest.of(
            stream_events.operation, run_id, user=self._user, include_state_snapshot=True, continue_on_pause=True
        )
        if self._reader.last_event_id:
            request.arguments["headers"] = {"Last-Event-ID": self._reader.last_event_id}
        return request

    async def _reconnect(self) -> None:
        """Join the run again, a bounded number of times; the question itself is never asked twice."""
        failure: DifyError | None = None
        while self._attempts < RESUME_ATTEMPTS:
            self._attempts += 1
            await async_sleep(max(backoff(self._attempts), self._reader.reconnection_time))
            try:
                self._response = await self._connect(await self._events_call())
            except PASSING as error:
                failure = error
            except APIStatusError as error:
                failure = error
                break
            else:
                self._expect_replay()
                self._lifecycle = evolve(self._lifecycle, started=True, paused=False)
                return
        await self._finish_from_detail(failure)

    def _expect_replay(self) -> None:
        """Expect repeated and missing events from here on."""
        self._accumulator.join()
        self._replay.expect_replay()

    async def _finish_from_detail(self, failure: DifyError | None) -> None:
        """End with what the run's detail tells, where its events are not to be had any more."""
        tried = (
            f"could not be joined in {self._attempts} attempts" if failure is None else f"cannot be joined: {failure}"
        )
        try:
            detail = await self._session.call(run_detail.operation, self.workflow_run_id or "")
        except DifyError as error:
            raise StreamInterruptedError(f"the run {tried}; its detail: {error}", self.reply) from error
        if not detail.finished_at and detail.status not in ENDED:
            raise StreamInterruptedError(f"the run goes on, but {tried}", self.reply) from failure
        self._expect_replay()
        self._accumulator.finish(detail)
        self._is_over = True


def reported_failure(event: StreamEvent, reply: Reply) -> StreamError:
    """The error an `error` event stands for, whichever of its two shapes it has."""
    said = event.to_dict()
    status, code = said.get("status"), said.get("code")
    return StreamError.for_status(
        status if isinstance(status, int) else None,
        code if isinstance(code, str) else None,
        str(said.get("message") or ""),
        reply,
        body=said,
        endpoint="in the stream",
    )
