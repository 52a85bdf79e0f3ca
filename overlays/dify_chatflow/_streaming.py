"""How a stream is read, as callers say it and as the stream keeps it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, TypedDict

from attrs import frozen

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._sse import MAX_SIZE
from dify_chatflow._transport import cap_read_timeout

if TYPE_CHECKING:
    from dify_chatflow._events import StreamEvent
    from dify_chatflow._transport import Response


class StreamArguments(TypedDict, total=False):
    """The keyword arguments of `chat.stream` and `runs.events` that concern the reading; see there."""

    include_pings: bool
    idle_timeout: float | None
    resume: bool
    stop_on_exit: bool
    accumulate: bool
    max_event_size: int


@frozen
class StreamOptions:
    """How a stream is read; see `chat.stream`."""

    include_pings: bool = False
    idle_timeout: float | None = None
    resume: bool = False
    stop_on_exit: bool = False
    accumulate: bool = True
    max_event_size: int = MAX_SIZE

    def __attrs_post_init__(self) -> None:
        if self.resume and not self.accumulate:
            raise ConfigurationError("resume=True goes on from the reply: leave accumulate=True")


class Patience:
    """How long a stream may be waited for without progress; time its reader takes between events does not count.

    Arguments:
        limit: Seconds; None waits for ever.
    """

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        self._waited = 0.0
        self._since = monotonic()

    def bound(self, response: Response) -> None:
        """Let no wait for more of the body be longer than the limit, whatever the client's own timeout."""
        if self.limit is not None:
            cap_read_timeout(response, self.limit)

    def is_over(self) -> bool:
        """Whether it is; to be asked when a sign of life has come, or none for too long."""
        if self.limit is None:
            return False
        now = monotonic()
        self._waited, self._since = self._waited + now - self._since, now
        return self._waited >= self.limit

    def renew(self, event: StreamEvent) -> None:
        """Wait on, after the reader has done with an event: a ping is no progress."""
        if self.limit is not None:
            self._waited = self._waited if event.event == "ping" else 0.0
            self._since = monotonic()

    @property
    def said(self) -> str:
        """What the error says."""
        return f"no event but pings for {self._waited:.0f} s (idle_timeout={self.limit:g})"
