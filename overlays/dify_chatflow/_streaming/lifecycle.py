"""Which event ends a stream."""

from __future__ import annotations

from attrs import define

from dify_chatflow._streaming.event import StreamEvent

CLOSING = frozenset({"workflow_finished", "workflow_paused", "message_end", "error"})


@define
class Lifecycle:
    """The state that decides which event ends a stream: no event follows it, though the connection may stay open.

    Attributes:
        started: Whether a run is under way. Pass True for a stream that joins a run by its id.
        continue_on_pause: Whether the stream goes on after a pause, as requested from the server.
        paused: Whether the last event of the run is its pause: the stream may end there all the same.
    """

    started: bool = False
    continue_on_pause: bool = False
    paused: bool = False

    def closes(self, event: StreamEvent) -> bool:
        """Return whether this event ends the stream; call it once for each event, in order.

        Events whose payload does not fit count by their name, so that a malformed `error` does not leave the client
        waiting. A `message_end` ends the stream when no `workflow_started` precedes it (recording
        431_mod_input_stream).
        """
        name = event.event
        if name == "workflow_started":
            self.started = True
        self.paused = name == "workflow_paused"
        if name not in CLOSING:
            return False
        if name == "message_end":
            return not self.started
        return not (self.paused and self.continue_on_pause)
