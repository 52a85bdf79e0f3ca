"""A stream of events: read as they come, gathered into a reply, closed at the right moment, resumed where it broke."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from time import monotonic
from typing import Any, Self

from attrs import evolve

from dify_chatflow import _retry
from dify_chatflow._async.session import AsyncSession
from dify_chatflow._call import Call
from dify_chatflow._errors import (
    APIConnectionError,
    APITimeoutError,
    ConfigurationError,
    NotFoundError,
    ResponseDecodeError,
    StreamError,
    StreamIdleError,
    StreamInterruptedError,
)
from dify_chatflow._events import EventReader, Lifecycle, StreamEvent
from dify_chatflow._files import plain_inputs
from dify_chatflow._pause import async_pause
from dify_chatflow._reply import Form, Reply, accumulate
from dify_chatflow._resume import Memory
from dify_chatflow._sse import EventTooLargeError
from dify_chatflow._streaming import StreamOptions
from dify_chatflow._transport import Response, connection_error, transport_errors
from dify_chatflow_client.api.chatflows import get_chatflow_workflow_run_detail as run_detail
from dify_chatflow_client.api.chatflows import stop_advanced_chat_message_generation as stop_generation
from dify_chatflow_client.api.chatflows import stream_chatflow_events as stream_events
from dify_chatflow_client.api.human_input import submit_chatflow_human_input_form as submit_form
from dify_chatflow_client.models.human_input_submission import HumanInputSubmission
from dify_chatflow_client.models.json_object import JsonObject
from dify_chatflow_client.models.stop_request import StopRequest
from dify_chatflow_client.models.stream_event_chat_message import StreamEventChatMessage
from dify_chatflow_client.models.success_result import SuccessResult

RESUME_ATTEMPTS = 5
ENDED = ("succeeded", "failed", "stopped", "partial-succeeded")


class AsyncChatStream:
    """The events of a run, as they come, and the reply they add up to.

    A context manager and an iterator of typed events; leaving the `with` block closes the connection. The run goes on
    all the same, unless `stop()` was called or the stream was made with `stop_on_exit=True`. The stream ends by itself
    with the event that closes it, even where the server leaves the connection open.

    Raises:
        StreamError: The server reports failure; it is also of the class of the status the event names.
        StreamInterruptedError: The connection ended without a closing event; `reply` holds what had come.
        StreamIdleError: Nothing but pings came for `idle_timeout` seconds.
        APITimeoutError: Nothing at all came for the client's read timeout.

    Example:
        async with app.chat.stream("What does a full service cost?") as stream:
            async for event in stream:
                print(event.event)
        print(stream.reply.answer)
    """

    def __init__(
        self,
        session: AsyncSession,
        make_call: Callable[[], Awaitable[Call]],
        user: str,
        options: StreamOptions,
        *,
        lifecycle: Lifecycle | None = None,
        reply: Reply | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.reply = reply or Reply()
        self._session = session
        self._make_call = make_call
        self._user = user
        self._options = options
        self._lifecycle = lifecycle or Lifecycle()
        self._memory = memory or Memory()
        self._response: Response | None = None
        self._last_event_id = ""
        self._attempts = 0
        self._is_over = False
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

    async def __aexit__(self, *_: object) -> None:
        try:
            if self._options.stop_on_exit and not self._is_over and self.task_id:
                await self._request_stop(self.task_id)
        finally:
            await self.aclose()

    def __aiter__(self) -> AsyncIterator[StreamEvent]:
        return self._iterator

    async def __anext__(self) -> StreamEvent:
        return await anext(self._iterator)

    async def text_deltas(self) -> AsyncIterator[str]:
        """The answer's text, piece by piece; the pieces add up to `reply.answer` unless the server replaced it."""
        given = len(self.reply.answer)
        async for event in self._iterator:
            if isinstance(event, StreamEventChatMessage) and event.answer:
                given += len(event.answer)
                yield event.answer
        # A resumed run sends no message events (recording 435_events2_snapshot_continue).
        rest = self.reply.answer[given:]
        if rest and not self.reply.moderated:
            yield rest

    async def until_done(self) -> Reply:
        """Read to the end and give the whole reply."""
        async for _ in self._iterator:
            pass
        return self.reply

    async def stop(self) -> SuccessResult:
        """Ask the server to stop the run, and go on reading: the stream ends with the event that says so.

        Raises:
            ConfigurationError: No event has come yet, so there is no task to stop.
        """
        if self.task_id is None:
            raise ConfigurationError("there is nothing to stop yet: read the first event before")
        return await self._request_stop(self.task_id)

    async def resume(self) -> Self:
        """Go on after an interruption: reconnect to the run, and give what is new only.

        Raises:
            ConfigurationError: The run had not begun, so there is nothing to go on with.

        Example:
            try:
                await stream.until_done()
            except StreamInterruptedError:
                await (await stream.resume()).until_done()
        """
        if self.workflow_run_id is None:
            raise ConfigurationError("there is nothing to resume: the run had not begun when the stream broke")
        await self._disconnect()
        await self._reconnect()
        self._iterator = self._events()
        return self

    async def answer(self, form: Form | str, action: str, inputs: Mapping[str, Any] | None = None) -> AsyncChatStream:
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
                async with await stream.answer(stream.reply.forms[0], "approve") as resumed:
                    print((await resumed.until_done()).answer)
        """
        token = form if isinstance(form, str) else form.token
        if not token or self.workflow_run_id is None:
            raise ConfigurationError("this form cannot be submitted here: it has no token, or its run is unknown")
        values = JsonObject(plain_inputs(inputs))
        body = HumanInputSubmission(inputs=values, action=action, user=self._user)
        await self._session.call(submit_form.operation, token, body=body)
        self._memory.reconnected(self.reply)
        lifecycle = Lifecycle(started=True)
        return AsyncChatStream(
            self._session,
            self._events_call,
            self._user,
            self._options,
            lifecycle=lifecycle,
            reply=self.reply,
            memory=self._memory,
        )

    async def aclose(self) -> None:
        """Close the connection; the run goes on."""
        self._is_over = True
        await self._disconnect()
        # Another task or thread may be reading just now; it meets the closed connection by itself.
        with suppress(RuntimeError, ValueError):
            await self._iterator.aclose()

    async def _open(self) -> Response:
        if self._response is None:
            self._response = await self._connect(await self._make_call())
        return self._response

    async def _connect(self, call: Call) -> Response:
        response = await self._session.send(call, stream=True)
        kind = str(response.headers.get("content-type", ""))
        if not kind.startswith("text/event-stream"):
            payload = await response.aread()
            await response.aclose()
            text = f"{call.place}: the server sent no event stream but {kind or 'a body without content type'}"
            raise ResponseDecodeError(text, payload=payload, response=response)
        return response

    async def _disconnect(self) -> None:
        if self._response is not None:
            await self._response.aclose()

    async def _events(self) -> AsyncGenerator[StreamEvent]:
        """All events, over as many connections as it takes."""
        while not self._is_over:
            try:
                async with aclosing(self._connection()) as connection:
                    async for event in connection:
                        yield event
            except (StreamInterruptedError, APITimeoutError):
                if not self._options.resume or self.workflow_run_id is None:
                    raise
                await self._reconnect()

    async def _connection(self) -> AsyncGenerator[StreamEvent]:
        """The events of one connection; it is closed with the event that closes the stream."""
        response = await self._open()
        breaks = transport_errors(self._session.pool.http)
        reader = EventReader(self._options.max_event_size)
        try:
            async for chunk in response.aiter_bytes():
                for event in reader.feed(chunk):
                    if event.event == "ping":
                        self._check_progress()
                        if self._options.include_pings:
                            yield event
                    elif (new := self._memory.sift(event, self.reply)) is not None:
                        closes = self._take(new)
                        if closes:
                            self._is_over = True
                            await self._disconnect()
                        yield new
                        if closes:
                            return
                self._last_event_id = reader.last_event_id
        except breaks as error:
            raise self._broken(error) from error
        except EventTooLargeError as error:
            raise ResponseDecodeError(f"the stream cannot be read: {error}", payload=b"", response=response) from error
        finally:
            await self._disconnect()
        raise StreamInterruptedError("the stream ended without a closing event", self.reply)

    def _take(self, event: StreamEvent) -> bool:
        """Take an event in; whether it closes the stream. A reported failure is raised."""
        self._progress = monotonic()
        self._attempts = 0
        if self._options.accumulate:
            accumulate(self.reply, event)
        if event.event == "message":
            return False
        self._memory.note(event)
        if event.event == "error":
            raise reported_failure(event, self.reply)
        return self._lifecycle.closes(event)

    _progress = 0.0

    def _check_progress(self) -> None:
        """StreamIdleError where pings are all that came for too long; pings tell the time, about every 10 s."""
        now = monotonic()
        self._progress = self._progress or now
        limit = self._options.idle_timeout
        if limit is not None and now - self._progress >= limit:
            raise StreamIdleError(f"nothing but pings for {now - self._progress:.0f} s", self.reply)

    def _broken(self, error: Exception) -> APIConnectionError | StreamInterruptedError:
        if type(error).__name__.endswith("Timeout"):
            return connection_error(error, "reading the stream")
        return StreamInterruptedError(f"the connection broke: {type(error).__name__}: {error}", self.reply)

    async def _events_call(self) -> Call:
        """The call that joins the run: with the state so far, and going on after a pause."""
        run_id = self.workflow_run_id or ""
        arguments = stream_events.operation.request(
            run_id, user=self._user, include_state_snapshot=True, continue_on_pause=True
        )
        if self._last_event_id:
            arguments = {**arguments, "headers": {"Last-Event-ID": self._last_event_id}}
        return Call(stream_events.operation, arguments)

    async def _reconnect(self) -> None:
        """Join the run again, a bounded number of times; the question itself is never asked twice."""
        while True:
            self._attempts += 1
            if self._attempts > RESUME_ATTEMPTS:
                raise StreamInterruptedError(f"the run could not be joined in {RESUME_ATTEMPTS} attempts", self.reply)
            await async_pause(_retry.backoff(self._attempts))
            try:
                self._response = await self._connect(await self._events_call())
            except APIConnectionError:
                continue
            except NotFoundError as error:
                await self._finish_from_detail(error)
                return
            self._memory.reconnected(self.reply)
            self._lifecycle = evolve(self._lifecycle, started=True)
            return

    async def _finish_from_detail(self, error: NotFoundError) -> None:
        """End with what the run's detail tells, where its events are not to be had any more."""
        detail = await self._session.call(run_detail.operation, self.workflow_run_id or "")
        if not detail.finished_at and detail.status not in ENDED:
            raise StreamInterruptedError("the run goes on, but its events cannot be joined", self.reply) from error
        self._memory.reconnected(self.reply)
        self.reply.finish(detail)
        self._is_over = True

    async def _request_stop(self, task_id: str) -> SuccessResult:
        return await self._session.call(stop_generation.operation, task_id, body=StopRequest(user=self._user))


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
        place="in the stream",
    )
