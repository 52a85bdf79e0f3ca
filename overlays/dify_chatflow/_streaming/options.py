"""Options of a stream, and the timer of `idle_timeout`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, TypedDict

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._limits import check_seconds, is_limit, parse_size
from dify_chatflow._options import ChatOptions, RequestOptions
from dify_chatflow._streaming.event import event_name
from dify_chatflow._streaming.sse import MAX_SIZE
from dify_chatflow._transport import cap_read_timeout

if TYPE_CHECKING:
    from dify_chatflow._streaming.event import StreamEvent
    from dify_chatflow._transport import Response


class StreamOptions(TypedDict, total=False):
    """The options of a stream, by keyword.

    Attributes:
        include_pings: True yields the server's pings, too.
        idle_timeout: Seconds without an event other than pings, after which the stream fails; None, the default, waits
            as long as the server.
        start_timeout: Seconds for the first event (60), after which the stream fails; None never fails.
        end_timeout: Seconds for `message_end` and the rest of the speech after `workflow_finished` (10), on servers
            that send them then.
        resume: True reconnects a dropped stream to its run, without repeating events or sending the query again.
        stop_on_exit: True stops the run when the `with` block is left before the end.
        accumulate: False keeps only ids in `reply`, for streams without end.
        max_event_size: The largest event in bytes (16 MiB).
    """

    include_pings: bool
    idle_timeout: float | None
    start_timeout: float | None
    end_timeout: float
    resume: bool
    stop_on_exit: bool
    accumulate: bool
    max_event_size: int


class ChatStreamOptions(ChatOptions, StreamOptions, total=False):
    """The options of `chat.stream`: those of `StreamOptions` and of `ChatOptions`."""


class RunStreamOptions(RequestOptions, StreamOptions, total=False):
    """The options of `runs.events`: those of `StreamOptions` and of `RequestOptions`."""


@dataclass(kw_only=True)
class StreamSettings:
    """The options of a stream with their defaults; see `StreamOptions`."""

    include_pings: bool = False
    idle_timeout: float | None = None
    start_timeout: float | None = 60.0
    end_timeout: float = 10.0
    resume: bool = False
    stop_on_exit: bool = False
    accumulate: bool = True
    max_event_size: int = MAX_SIZE

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Return the settings among the options of a call.

        Raises:
            ConfigurationError: A value is invalid.
        """
        return cls(**{name: options[name] for name in StreamOptions.__optional_keys__ if name in options})

    def __post_init__(self) -> None:
        for name in ("idle_timeout", "start_timeout"):
            if not is_limit(getattr(self, name)):
                value: object = getattr(self, name)
                raise ConfigurationError(f"{name} must be a positive number of seconds or None; got {value!r}")
        check_seconds(end_timeout=self.end_timeout)
        parse_size(self.max_event_size, "max_event_size")
        if self.resume and not self.accumulate:
            raise ConfigurationError("resume=True needs the reply: leave accumulate=True")


class IdleTimer:
    """A timer of the wait for progress; the time that the caller takes between events does not count.

    Args:
        limit: Seconds; None never expires.
    """

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        self._waited = 0.0
        self._since = monotonic()

    def cap(self, response: Response) -> None:
        """Cap the read timeout of a response by the limit."""
        if self.limit is not None:
            cap_read_timeout(response, self.limit)

    def is_expired(self) -> bool:
        """Return whether the limit is reached; call it when bytes without progress or a read timeout occur."""
        if self.limit is None:
            return False
        now = monotonic()
        self._waited, self._since = self._waited + now - self._since, now
        return self._waited >= self.limit

    def reset(self, event: StreamEvent) -> None:
        """Restart the timer after the caller has handled an event; a ping does not reset the time waited."""
        if self.limit is not None:
            self._waited = self._waited if event_name(event) == "ping" else 0.0
            self._since = monotonic()

    @property
    def message(self) -> str:
        """The message of the error."""
        return f"no event but pings for {self._waited:.3g} s (idle_timeout={self.limit:g})"
