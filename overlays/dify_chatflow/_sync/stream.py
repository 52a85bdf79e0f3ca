# Generated from dify_chatflow/_async/stream.py by `make generate`; change it there.
"""A stream of events: typed events, the reply they add up to, and what a caller can do with the run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any, Self

from dify_chatflow._concurrency import shield
from dify_chatflow._errors import DifyError, StreamStateError
from dify_chatflow._request import PreparedRequest
from dify_chatflow._secrets import hide_key
from dify_chatflow._streaming.errors import StreamInterruptedError
from dify_chatflow._streaming.event import StreamEvent
from dify_chatflow._streaming.form import Form
from dify_chatflow._streaming.options import StreamSettings
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.run import FollowedRun
from dify_chatflow._streaming.text import TextReader
from dify_chatflow._sync.events import RunEvents
from dify_chatflow._sync.forms import submit_form
from dify_chatflow._sync.session import Session
from dify_chatflow._sync.stopping import stop_run
from dify_chatflow._sync.turn import Turn
from dify_chatflow._transport import Response
from dify_chatflow_client.models.success_result import SuccessResult

if TYPE_CHECKING:
    from dify_chatflow._streaming.relay import Relay, RelayPart

# Seconds that leaving a block may wait for the response to the stop request.
STOP_TIMEOUT = 10.0


class ChatStream:
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
        with app.chat.stream("What does a full service cost?") as stream:
            for event in stream:
                print(event.event)
        print(stream.reply.answer)
    """

    def __init__(
        self,
        session: Session,
        make_request: Callable[[], PreparedRequest],
        user: str,
        options: StreamSettings,
        run: FollowedRun | None = None,
        turn: Turn | None = None,
    ) -> None:
        self._run = run or FollowedRun()
        self.reply: Reply = self._run.reply
        self._session = session
        self._user = user
        self._options = options
        self._turn = turn
        self._events = RunEvents(session, make_request, user, options, self._run)
        self._iterator: Generator[StreamEvent] = self._events.read()
        self._texts: Generator[str] | None = None
        self._is_stopped = False

    @property
    def response(self) -> Response | None:
        """The last HTTP response with status and headers, a 202 included; None before the stream is opened."""
        response = self._events.last_response
        if response is not None:
            hide_key(response.request)
        return response

    @property
    def task_id(self) -> str | None:
        """The argument of `chat.stop`; None before the first event."""
        return self.reply.task_id

    @property
    def conversation_id(self) -> str | None:
        """The conversation of the answer; None before the first event."""
        return self.reply.conversation_id

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.reply!r})"

    @property
    def message_id(self) -> str | None:
        """The message of the answer; None before the first event."""
        return self.reply.message_id

    @property
    def workflow_run_id(self) -> str | None:
        """The argument of `runs.get` and `runs.events`; None before the run has started, unless a header has it."""
        return self.reply.workflow_run_id

    def __enter__(self) -> Self:
        if self._turn is not None:
            self._turn.take()
        try:
            self._events.open()
        except BaseException:
            self._end_turn()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        is_over = self._run.lifecycle.is_run_over or self._run.lifecycle.is_ended
        try:
            if self._options.stop_on_exit and self.task_id and not (is_over or self._is_stopped):
                # An exception in the block matters more than a failed stop.
                with suppress(DifyError) if kind else nullcontext(), shield(STOP_TIMEOUT):
                    self.stop()
        finally:
            try:
                self.close()
            finally:
                self._end_turn()

    def _end_turn(self) -> None:
        """Let the next query of the conversation be sent."""
        if self._turn is not None:
            self._turn.end(self.conversation_id)

    def __iter__(self) -> Iterator[StreamEvent]:
        return self._reading()

    def __next__(self) -> StreamEvent:
        return next(self._reading())

    def text_deltas(self) -> Iterator[str]:
        """Yield the answer's text chunk by chunk; the chunks add up to `reply.answer` unless moderation replaced it.

        Where a run is joined, chunks may be missing. Then the text from there on is yielded at the end.

        Raises:
            StreamInterruptedError: The chunks yielded are not the start of the answer; `reply.answer` is complete.
        """
        self._texts = self._read_texts()
        return self._texts

    def _read_texts(self) -> Generator[str]:
        text = self._run.accumulator.text
        reader = TextReader(text)
        for event in self._reading():
            if chunk := reader.take(event):
                yield chunk
        if rest := reader.finish():
            yield rest
        if text.is_revised and not self.reply.moderated:
            raise StreamInterruptedError("the answer differs from the chunks: read it from reply.answer", self.reply)

    def relay(self, *, include: Collection[RelayPart] = (), stop_on_exit: bool = True) -> Generator[bytes]:
        """Yield the answer as server-sent events for a browser, the body of a response with `RELAY_HEADERS`.

        The stream is opened by the first event, and closed at the end. An error of the server or its connection ends
        it with the event `failure`, whose message names nothing of the server; it is logged. Pings of the server, one
        each 10 s, become comments, so that proxies keep the connection.

        Args:
            include: What is sent beyond the default: `nodes`, the progress of nodes; `forms`, the content of forms, and
                `form_tokens`, the secrets that submit them; `file_urls`, the signed URLs of files; `usage`, tokens and
                prices; `error_details`, messages of the server.
            stop_on_exit: True stops the run when the browser leaves before the end. False lets it run, so that the
                browser can return: the events' id is the run, the argument of `runs.events`.

        Returns:
            A generator of bytes. The events are `start`, `text`, `replace`, `node`, `pause`, `end` and `failure`.

        Raises:
            ConfigurationError: A part to include is unknown.
            StreamStateError: The stream keeps no reply (`accumulate=False`).

        Example:
            return StreamingResponse(app.chat.stream(query).relay(), headers=RELAY_HEADERS)
        """
        from dify_chatflow._streaming.relay import Relay

        if not self._options.accumulate:
            raise StreamStateError("cannot relay: accumulate=False keeps nothing of the answer")
        self._options.include_pings, self._options.stop_on_exit = True, stop_on_exit
        return self._relayed(Relay(self._run, include))

    def _relayed(self, relay: Relay) -> Generator[bytes]:
        yield relay.heartbeat
        try:
            with self:
                for event in self._reading():
                    if sent := relay.encode(event):
                        yield sent
            last = relay.end()
        except DifyError as error:
            last = relay.fail(error)
        yield last

    def until_done(self) -> Reply:
        """Read to the end and return the complete reply."""
        for _ in self._reading():
            pass
        if self._events.failure is not None:
            raise self._events.failure
        return self.reply

    def stop(self, *, verify: bool = False) -> SuccessResult:
        """Ask the server to stop the run; reading on yields the events until its end.

        Args:
            verify: True waits until the run's detail has its end, for at most 30 s; `runs.get` has the status then,
                which is `stopped` unless the run ended before. False returns when the server has taken the request.

        Returns:
            `result` is always `success`.

        Raises:
            StreamStateError: No event has been received yet, so the task, or the run to verify, is unknown.
            RunTimeoutError: The run has not ended in 30 s. At once on servers before 1.10.1, which store no end of a
                stopped run; the stream has it, so read on.

        Example:
            with app.chat.stream("Tell me everything about brakes.") as stream:
                for event in stream:
                    if event.event == "message":
                        stream.stop(verify=True)
            print(app.runs.get(stream.workflow_run_id or "").status)
        """
        if self.task_id is None:
            raise StreamStateError("cannot stop: no event has been received yet; read the first one before")
        if verify and self.workflow_run_id is None:
            raise StreamStateError("cannot verify the stop: the run has not started; read its first event before")
        self._is_stopped = True
        run_id = self.workflow_run_id if verify else None
        return stop_run(self._session, self.task_id, self._user, run_id)

    def resume(self) -> Self:
        """Join the run again after an interruption or a pause; only new events are yielded.

        A stream that has ended stays as it is.

        Raises:
            StreamStateError: The run had not started, so its id is unknown.
            StreamInterruptedError: The run cannot be joined, and is not over either.

        Example:
            try:
                stream.until_done()
            except StreamInterruptedError:
                stream.resume().until_done()
        """
        if self._run.lifecycle.is_run_over or (self._run.lifecycle.is_ended and not self.reply.paused):
            return self
        if self.workflow_run_id is None or not self._options.accumulate:
            raise StreamStateError("cannot resume: the run had not started, or accumulate=False kept nothing of it")
        self.close()
        self._events.resume()
        self._iterator = self._events.read()
        return self

    def submit(self, form: Form | str, action: str, inputs: Mapping[str, Any] | None = None) -> ChatStream:
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
                with stream.submit(stream.reply.forms[0], "approve") as resumed:
                    print(resumed.until_done().answer)
        """
        if self.workflow_run_id is None or not self._options.accumulate:
            raise StreamStateError("cannot follow the run: its id is unknown, or accumulate=False kept nothing of it")
        submit_form(self._session, form, action, inputs, self._user)
        self._run.accumulator.remove_form(form)
        return ChatStream(self._session, self._events.join_request, self._user, self._options, self._run.resumed())

    def close(self) -> None:
        """Close the connection; the run continues. Reading on raises StreamInterruptedError unless the run is over."""
        self._events.fail("the stream was closed before its end")
        self._events.close()
        # Another task or thread may be reading: the closed connection ends its read.
        for generator in (self._texts, self._iterator):
            with suppress(RuntimeError, ValueError):
                if generator is not None:
                    generator.close()

    def _reading(self) -> Generator[StreamEvent]:
        """Return the iterator of the remaining events; raise where the stream was interrupted before."""
        if self._turn is not None and not self._turn.is_taken:
            raise StreamStateError("cannot read: enter the stream of a conversation before, in a `with` block")
        if self._events.failure is not None:
            raise self._events.failure
        return self._iterator
