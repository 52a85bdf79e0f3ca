"""Silence on a stream: when its run is looked up, and when nothing has started, without I/O."""

from __future__ import annotations

from time import monotonic

# Seconds without an event after which a joined run is looked up; the time doubles while nothing changes.
CHECK_INTERVAL, MAX_CHECK_INTERVAL = 5.0, 60.0
# Seconds without a byte after which the connection to a joined run is replaced: servers send a ping every 10 s.
SILENCE_LIMIT = 15.0
# Servers 1.13.0 to 1.14.2 send pings for 300 s where later ones refuse the request.
NOTHING_STARTED = (
    "no event but pings for {:.3g} s: servers 1.13.0 to 1.14.2 answer so when conversation_id is unknown, or an input "
    "or file is invalid; check these, or pass a longer start_timeout if runs wait that long for a worker"
)


class Silence:
    """The time without events on the connections to one run.

    Attributes:
        has_event: Whether an event has been received.
        limit: Seconds without a byte after which the connection to a joined run is replaced.
    """

    def __init__(self) -> None:
        self.has_event = False
        self.limit = SILENCE_LIMIT
        self._interval = CHECK_INTERVAL
        self._opened_at = self._checked_at = 0.0

    def open(self) -> None:
        """Note that a connection was opened."""
        self._opened_at = self._checked_at = monotonic()

    def reset(self) -> None:
        """Note that new events were received."""
        self._checked_at, self._interval, self.limit = monotonic(), CHECK_INTERVAL, SILENCE_LIMIT

    def is_check_due(self) -> bool:
        """Return whether a joined run has to be looked up."""
        return monotonic() - self._checked_at >= self._interval

    def note_check(self) -> bool:
        """Note that the run is looked up, and return whether it was before without a new event since."""
        is_repeated = self._interval > CHECK_INTERVAL
        self._checked_at, self._interval = monotonic(), min(self._interval * 2, MAX_CHECK_INTERVAL)
        return is_repeated

    def extend(self) -> None:
        """Double the limit after the connection was replaced."""
        self.limit = min(self.limit * 2, MAX_CHECK_INTERVAL)

    def nothing_started(self, limit: float | None = 0.0) -> str | None:
        """Return the message for a connection without any event for this long; None for another, or without limit."""
        if self.has_event or limit is None:
            return None
        seconds = monotonic() - self._opened_at
        return NOTHING_STARTED.format(seconds) if seconds >= limit else None
