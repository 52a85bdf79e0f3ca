"""How a stream is read, as callers say it and as the stream keeps it."""

from __future__ import annotations

from typing import TypedDict

from attrs import frozen

from dify_chatflow._sse import MAX_SIZE


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
