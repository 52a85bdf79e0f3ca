"""A run as its stream knows it, without I/O: the reply, the lifecycle, and the events that a connection repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.event import event_name
from dify_chatflow._streaming.failure import reported_failure
from dify_chatflow._streaming.lifecycle import FINAL_EVENTS, Lifecycle
from dify_chatflow._streaming.replay import ReplayFilter

if TYPE_CHECKING:
    from dify_chatflow._streaming.event import StreamEvent
    from dify_chatflow._streaming.options import StreamSettings
    from dify_chatflow._streaming.reply import Reply
    from dify_chatflow._transport import Response


class FollowedRun:
    """The state of a run that is followed over one or several connections.

    Attributes:
        reply: The reply so far.
        accumulator: What adds events to the reply.
        lifecycle: How far the run and its stream are.
    """

    def __init__(self, lifecycle: Lifecycle | None = None, accumulator: Accumulator | None = None) -> None:
        self.accumulator = accumulator or Accumulator()
        self.reply: Reply = self.accumulator.reply
        self.lifecycle = lifecycle or Lifecycle()
        self._replay = ReplayFilter()

    @classmethod
    def joined(cls, workflow_run_id: str, *, continue_on_pause: bool) -> FollowedRun:
        """Return the state of a run that is joined by its id."""
        lifecycle = Lifecycle(is_joined=True, is_started=True, continue_on_pause=continue_on_pause)
        return cls(lifecycle, Accumulator(workflow_run_id))

    def resumed(self) -> FollowedRun:
        """Return the state of the run after a form was submitted, with the same reply."""
        self.expect_replay()
        run = FollowedRun(Lifecycle(is_joined=True, is_started=True), self.accumulator)
        run._replay = self._replay
        return run

    def take(
        self, event: StreamEvent, options: StreamSettings, response: Response, *, has_cursor: bool
    ) -> StreamEvent | None:
        """Add an event and return its new part; None where nothing of it is new.

        Args:
            event: The event, which is no ping.
            options: The options of the stream.
            response: The response that has it, for errors.
            has_cursor: Whether the event has an id.

        Raises:
            StreamError: The event reports a failure.
        """
        if self.lifecycle.is_run_over and event_name(event) not in FINAL_EVENTS:
            return None
        new = self._replay.filter(event, self.accumulator, has_cursor=has_cursor)
        if new is None:
            return None
        if not options.accumulate:
            # They are the same in all events of a stream.
            if self.reply.message_id is None or (new.event != "message" and self.reply.workflow_run_id is None):
                self.accumulator.take_ids(new)
        elif new is event:
            self.accumulator.add(new)
        if new.event != "message":
            if options.accumulate:
                self._replay.record(new)
            self._observe(new, response)
        elif not new.answer:
            self._replay.record(new)  # a log repeats it, and it cannot be recognised by its text
        return new

    def _observe(self, event: StreamEvent, response: Response) -> None:
        """Update the lifecycle by an event other than text. A reported failure is raised."""
        was_over = self.lifecycle.is_run_over
        self.lifecycle.observe(event)
        if event_name(event) == "error" and not was_over:
            raise reported_failure(event, self.reply, response)

    def expect_replay(self) -> None:
        """Expect repeated and missing events from here on."""
        self._replay.expect_replay(self.accumulator)
        self.accumulator.join(is_text_complete=self.lifecycle.has_message_end)

    def finish(self, detail: Any) -> None:
        """End the run from its detail."""
        self.expect_replay()
        self.accumulator.finish(detail)
        self.lifecycle.finish()
