"""The events of a run, over as many connections as it takes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress

from dify_chatflow._async.recovery import AsyncRecovery
from dify_chatflow._async.session import AsyncSession
from dify_chatflow._async.stored import AsyncStoredRun, is_over
from dify_chatflow._body import async_chunks
from dify_chatflow._deadline import async_deadline
from dify_chatflow._errors import DifyError, ResponseDecodeError
from dify_chatflow._request import PreparedRequest
from dify_chatflow._response import connection_error
from dify_chatflow._streaming.completion import MissingTextError
from dify_chatflow._streaming.errors import StreamIdleError, StreamInterruptedError, StreamTimeoutError
from dify_chatflow._streaming.event import StreamEvent
from dify_chatflow._streaming.options import IdleTimer, StreamSettings
from dify_chatflow._streaming.reader import EventReader
from dify_chatflow._streaming.run import FollowedRun
from dify_chatflow._streaming.silence import Silence
from dify_chatflow._streaming.sse import EventTooLargeError
from dify_chatflow._transport import (
    Response,
    async_interrupt_read,
    cap_read_timeout,
    is_timeout,
    transport_errors,
)


class AsyncRunEvents:
    """The connections to one run, and the events they bring.

    Attributes:
        run: The state of the run.
        response: The last event stream; None before it is opened.
        failure: Why the stream cannot be read on; None while it can.
    """

    def __init__(
        self,
        session: AsyncSession,
        make_request: Callable[[], Awaitable[PreparedRequest]],
        user: str,
        options: StreamSettings,
        run: FollowedRun,
    ) -> None:
        self.run = run
        self.run.lifecycle.end_timeout = options.end_timeout
        self.response: Response | None = None
        self.failure: DifyError | None = None
        self._session = session
        self._make_request = make_request
        self._options = options
        self._recovery = AsyncRecovery(session, user, run.reply)
        self._stored = AsyncStoredRun(session, user, run.reply)
        self._reader = EventReader(options.max_event_size)
        self._silence = Silence()
        self._is_handed_over = self._is_capped = False

    def fail(self, reason: str | DifyError) -> None:
        """Keep the first failure for whoever reads on; a stream whose run is over has none."""
        lifecycle = self.run.lifecycle
        if isinstance(reason, str) and (lifecycle.is_ended or lifecycle.is_run_over):
            return
        if self.failure is None:
            self.failure = StreamInterruptedError(reason, self.run.reply) if isinstance(reason, str) else reason

    async def open(self) -> Response | None:
        """Return the response; the request is sent once, also where it fails. None where the run is to be joined."""
        if self.failure is not None:
            raise self.failure
        if self.response is None and not self._is_handed_over:
            self.fail("the request was interrupted before the response")
            try:
                self.response = await self._recovery.connect(await self._make_request())
            except DifyError as error:
                self._is_handed_over = isinstance(error, StreamInterruptedError)
                if not (self._is_handed_over and self._options.resume):
                    self.failure = error
                    raise
            self.failure = None
        return self.response

    @property
    def last_response(self) -> Response | None:
        """The last response, also one that hands the run over."""
        return self.response or self._recovery.maintenance

    async def join_request(self) -> PreparedRequest:
        """Return the request that joins the run, for the stream of the resumed run."""
        return self._recovery.events_request()

    async def aclose(self) -> None:
        """Close the connection."""
        if self.response is not None:
            async_interrupt_read(self.response)
            await self.response.aclose()

    async def resume(self) -> None:
        """Join the run again at the caller's request."""
        self._recovery.attempts = 0
        await self._rejoin()
        self.failure = None

    async def read(self) -> AsyncGenerator[StreamEvent]:  # noqa: C901, PLR0912, PLR0915 - see below
        """Yield all events, over as many connections as it takes.

        One loop: each generator between the bytes and the caller would cost as much as parsing an event.
        """
        try:
            breaks: tuple[type[Exception], ...] = transport_errors(self._session.pool.http)
            breaks += (EventTooLargeError, StreamInterruptedError)
            lifecycle, options, take = self.run.lifecycle, self._options, self.run.take
            timer = IdleTimer(options.idle_timeout)
            while not lifecycle.is_ended:
                response = await self.open()
                if response is None:
                    await self._rejoin()
                    continue
                self._cap_silence(response, timer)
                reader = self._reader = self._reader.renewed()
                first_cursor = reader.last_event_id
                self._silence.open()
                try:
                    body = async_chunks(response)
                    while True:
                        if lifecycle.wait is None:
                            chunk = await anext(body, None)
                        else:
                            chunk = await self._read_end(response, body)
                        if chunk is None:
                            break
                        is_silent, has_progress = True, False
                        event: StreamEvent | None
                        for sent in reader.feed(chunk):
                            is_silent = False
                            if sent.event == "ping":
                                await self._on_silence(timer)
                                event = sent if options.include_pings else None
                            else:
                                self._silence.has_event = True
                                event = take(sent, options, response, has_cursor=reader.last_event_id != first_cursor)
                                has_progress = has_progress or event is not None
                            if lifecycle.is_ended:
                                await response.aclose()
                                await self._complete()
                            if event is not None:
                                yield event
                                timer.reset(event)
                            if lifecycle.is_ended:
                                return
                        if has_progress:
                            self._note_progress()
                        elif is_silent:
                            await self._on_silence(timer)
                        if response is not self.response or lifecycle.is_ended:
                            break  # the run was joined again after a check, or has ended
                    if response is self.response:
                        await self._end()
                except breaks as error:
                    await response.aclose()
                    if lifecycle.is_ended:
                        raise
                    await self._recover(self._broken(error, timer), error)
                finally:
                    await response.aclose()
        except DifyError as error:
            self.fail(error)
            raise self.failure or error from error.__cause__
        finally:
            self.fail("the reading was interrupted before the end of the stream")

    def _note_progress(self) -> None:
        """Note that new events were received."""
        self._recovery.attempts = 0
        self._silence.reset()

    def _cap_silence(self, response: Response, timer: IdleTimer) -> None:
        """Limit the wait for bytes by the timer, and on a joined run so that it is looked up."""
        timer.cap(response)
        is_checked = self.run.lifecycle.is_joined and self._options.accumulate
        self._is_capped = is_checked and cap_read_timeout(response, self._silence.limit)

    async def _read_end(self, response: Response, body: AsyncIterator[bytes]) -> bytes | None:
        """Return the next bytes after the end of the run; None where there are none within the time."""
        lifecycle = self.run.lifecycle
        if lifecycle.may_speak:
            lifecycle.expect_speech(is_expected=await self._stored.speaks())
        found: list[bytes | None] = [None]
        with async_deadline(response, lifecycle.wait or 0.0):
            found = [await anext(body, None)]
        return found[0]

    async def _on_silence(self, timer: IdleTimer) -> None:
        """Check what bytes without an event, or a ping, mean."""
        if timer.is_expired():
            raise StreamIdleError(timer.message, self.run.reply)
        if self.run.lifecycle.is_joined:
            if self._silence.is_check_due():
                await self._check_run()
        elif text := self._silence.nothing_started(self._options.start_timeout):
            raise StreamIdleError(text, self.run.reply)

    async def _check_run(self) -> None:
        """Look up a joined run that sends no events: it may be over, or its events lost (1.16.0 and 1.16.1)."""
        is_second = self._silence.note_check()
        try:
            detail = await self._stored.detail()
        except DifyError:
            return
        if is_over(detail):
            self.run.finish(detail)
        elif self._options.accumulate and (is_second or detail.status != self.run.reply.status):
            with suppress(StreamInterruptedError):
                await self._rejoin()

    async def _complete(self) -> None:
        """Complete the reply from other sources where events were missed."""
        if not self._options.accumulate or not self.run.reply.finished:
            return
        completion = self.run.accumulator.completion
        completion.is_unconfirmed = not self.run.lifecycle.has_message_end
        if not completion.needs_stored_message:
            return
        stored = await self._stored.message()
        moderates = False if stored and stored.answer else await self._stored.moderates()
        try:
            completion.complete(stored, moderates=moderates)
        except MissingTextError as error:
            raise StreamInterruptedError(f"the answer is not complete: {error}", self.run.reply) from None

    async def _end(self) -> None:
        """End the stream where its connection has ended."""
        lifecycle = self.run.lifecycle
        if not (lifecycle.is_run_over or lifecycle.is_paused or lifecycle.wait is not None):
            text = "the stream ended without a closing event"
            if not lifecycle.is_joined and (reason := self._silence.nothing_started()):
                text += f"; {reason}"
            raise StreamInterruptedError(text, self.run.reply)
        lifecycle.is_ended = True
        if self.response is not None:
            await self.response.aclose()
        await self._complete()

    def _broken(self, error: Exception, timer: IdleTimer) -> DifyError:
        """Return the error of this package for a broken connection."""
        if isinstance(error, DifyError):
            return error
        if isinstance(error, EventTooLargeError):
            return ResponseDecodeError(f"the stream cannot be read: {error}", payload=b"", response=self.response)
        if not is_timeout(error):
            return StreamInterruptedError(f"the connection broke: {type(error).__name__}: {error}", self.run.reply)
        if timer.is_expired():
            return StreamIdleError(timer.message, self.run.reply)
        return StreamTimeoutError(str(connection_error(error, "reading the stream")), self.run.reply)

    async def _recover(self, broken: DifyError, cause: Exception) -> None:
        """Join the run again where that may help: not while the connection is alive, or after `aclose`."""
        is_cut = isinstance(broken, StreamInterruptedError) and not isinstance(broken, StreamIdleError)
        lifecycle = self.run.lifecycle
        if is_cut and (lifecycle.is_run_over or lifecycle.wait is not None):
            await self._end()
        elif self._is_capped and isinstance(broken, StreamTimeoutError) and self.failure is None:
            await self._replace_silent()
        elif is_cut and self._options.resume and self.run.reply.workflow_run_id is not None and self.failure is None:
            await self._rejoin()
        elif is_cut and self._options.resume and self.run.reply.workflow_run_id is None and self.failure is None:
            text = f"{broken}; the run cannot be resumed: the server has not sent its id"
            raise type(broken)(text, self.run.reply) from (None if broken is cause else cause)
        elif broken is cause:
            raise broken
        else:
            raise broken from cause

    async def _replace_silent(self) -> None:
        """Join a run again whose connection is silent, or end it from its detail."""
        self._silence.extend()
        with suppress(DifyError):
            detail = await self._stored.detail()
            if is_over(detail):
                self.run.finish(detail)
            else:
                self._recovery.attempts = 0  # it is under way
        if self.run.lifecycle.is_ended:
            await self._complete()
        else:
            await self._rejoin()

    async def _rejoin(self) -> None:
        """Join the run again, or end it from its detail; the query is never sent again."""
        try:
            response = await self._recovery.join(self._reader.last_event_id, self._reader.reconnection_time)
        except StreamInterruptedError as error:
            if await self._finish_from_detail(error):
                return
            raise
        self.response = response
        self.run.lifecycle.rejoin()
        self.run.expect_replay()

    async def _finish_from_detail(self, failure: StreamInterruptedError) -> bool:
        """End the run from its detail if it is over, and return whether it is."""
        try:
            detail = await self._stored.detail()
        except DifyError as error:
            raise StreamInterruptedError(f"{failure}; its detail: {error}", self.run.reply) from error
        if not is_over(detail):
            return False
        self.run.finish(detail)
        await self._complete()
        return True
