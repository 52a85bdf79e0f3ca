"""The end of a run and the end of its stream, which are not the same event on all servers."""

from __future__ import annotations

from dataclasses import dataclass

from dify_chatflow._streaming.event import StreamEvent, event_name

# Seconds between two pieces of speech: servers up to 1.12 send them at most 5 s apart.
SPEECH_TIMEOUT = 8.0
# Seconds for speech that starts, or for the end of the connection, once both ends of a run have been received.
GRACE_TIMEOUT = 0.5
# Seconds for the end of the connection where the server has nothing to send after `workflow_finished`: from 1.13 on.
CLOSE_TIMEOUT = 2.0
# Events that may follow `workflow_finished`.
FINAL_EVENTS = frozenset({"message_end", "message_replace", "tts_message", "tts_message_end", "error"})


@dataclass(slots=True)
class Lifecycle:
    """The state of a run and of the stream that follows it.

    A run is over with `workflow_finished`. Servers up to 1.12 send `message_end` and the rest of the speech after it,
    1.13.0 sends no `message_end`, later ones send it before.

    Attributes:
        end_timeout: Seconds to wait for `message_end` after `workflow_finished`, where a server can send it then.
        is_joined: Whether the stream joins a run by its id: nothing follows `workflow_finished` there.
        continue_on_pause: Whether the stream continues after a pause, as requested from the server.
        is_started: Whether a run is under way.
        is_run_over: Whether the run has ended; the stream may still have events.
        is_paused: Whether the last event of the run is its pause: the connection may end there all the same.
        has_message_end: Whether `message_end` has been received.
        is_ended: Whether the stream has ended.
        may_speak: Whether speech can follow and none has been received, so that the app's settings decide: where
            `message_end` follows `workflow_finished`.
    """

    end_timeout: float = 10.0
    is_joined: bool = False
    continue_on_pause: bool = False
    is_started: bool = False
    is_run_over: bool = False
    is_paused: bool = False
    has_message_end: bool = False
    is_ended: bool = False
    may_speak: bool = False
    _is_speaking: bool = False
    _is_recent: bool = False

    def observe(self, event: StreamEvent) -> bool:
        """Update the state and return whether the stream has ended; call it once for each event but text, in order.

        Events whose payload cannot be read count by their name, so that a malformed `error` does not leave the client
        waiting.
        """
        name = event_name(event)
        if name == "workflow_started":
            self.is_started, self.is_paused = True, False
            self._is_recent = is_run_of_worker(event)
        elif name == "workflow_finished":
            self.is_run_over, self.is_paused = True, False
            self.is_ended = self.is_joined or self.has_message_end
        elif name == "message_end":
            self.has_message_end = True
            self.may_speak = self.is_run_over and not self._is_speaking
            # Moderation and annotations answer without a run (recording 431_mod_input_stream).
            self.is_ended = not (self.is_started or self.is_joined or self._is_speaking)
        elif name == "tts_message":
            self._is_speaking, self.may_speak = True, False
        elif name == "tts_message_end":
            self._is_speaking = False
            self.is_ended = self.has_message_end and (self.is_run_over or not self.is_started)
        elif name == "workflow_paused":
            self.is_paused = True
            self.is_ended = not self.continue_on_pause
        elif name == "error":
            self.is_ended = True
        return self.is_ended

    def expect_speech(self, *, is_expected: bool) -> None:
        """Wait for speech, or do not."""
        self._is_speaking, self.may_speak = is_expected, False

    def rejoin(self) -> None:
        """Update the state after the run has been joined again."""
        self.is_joined, self.is_started, self.is_paused, self.is_ended = True, True, False, False

    def finish(self) -> None:
        """End the run and its stream."""
        self.is_run_over = self.is_ended = True

    @property
    def wait(self) -> float | None:
        """Seconds that the next bytes may take; None while the run is under way."""
        if not self.is_run_over and (self.is_started or not self.has_message_end):
            return None
        if self._is_speaking:
            return max(self.end_timeout, SPEECH_TIMEOUT)
        if self.has_message_end:
            return min(self.end_timeout, GRACE_TIMEOUT)
        return min(self.end_timeout, CLOSE_TIMEOUT) if self._is_recent else self.end_timeout


def is_run_of_worker(event: StreamEvent) -> bool:
    """Return whether an event is the start of a run that continues without its reader.

    Servers from 1.13 on, whose workers store runs and messages, give the reason of the start.
    """
    is_start = event_name(event) == "workflow_started"
    return is_start and isinstance(getattr(getattr(event, "data", None), "reason", None), str)
