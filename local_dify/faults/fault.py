"""Faults between a server and its client, on demand and in a reproducible order."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from local_dify.faults.recorder import RecordedRequest


@dataclass(frozen=True)
class Fault:
    """Fault of a request. Several fields can be set at once; those for events count no pings.

    Args:
        route: `POST /chat-messages`, `/messages`, `/conversations/*/variables`; `*` is everything.
        times: Number of requests it applies to; None is all of them.
        skip: Number of matching requests that pass first.
        probability: Probability that it applies to a matching request, from the server's `seed`.
        latency: Seconds before the response starts.
        status: Answer with this status and do nothing else.
        body: Body of that response: text, bytes, or JSON; by default a JSON error for the status.
        chunks: Chunks of the body, each sent separately, without a length.
        html: Answer with a proxy's HTML page.
        reply: Function from the recorded request to the `Fault` to apply.
        content_type: Content type of the response, for any body.
        headers: Additional headers of the response, such as `{"retry-after": "2"}`.
        cut_before_headers, cut_in_headers: End the connection there.
        cut_after_bytes: End the connection after this many bytes of the body.
        cut_after_events: End the connection after this many events.
        cut_at_end: End the connection after the complete body, without the end of a chunked body.
        linger: Keep the connection open and silent after the body, until the client leaves.
        reset: End it by a TCP reset, not a close.
        wrong_length: Declare this many bytes more than the body has, fewer if negative, then close.
        drip: Send one byte at a time, with this many seconds in between.
        silence_after_events: After this many events, send nothing for `silence` seconds, then continue.
        silence: Seconds of that silence.
        drop: Leave out these fields, of the body or of each event, at any depth.
        null: Make these fields null, likewise.
        repeat_events: Send each event twice.
        unknown_event: Send an event of an unknown kind before the event of this number, counted from 0.
        huge_event: Make an unknown event before the first one, with this many bytes of text in it.
        invalid_json: Break the JSON of the body, or of the event of this number; True is number 0.
        invalid_utf8: Put an invalid UTF-8 byte into the body, or into the event of this number; True is number 0.
    """

    route: str = "*"
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0
    latency: float = 0.0
    status: int | None = None
    body: str | bytes | Mapping[str, Any] | Sequence[Any] | None = None
    chunks: Sequence[bytes] | None = None
    html: bool = False
    reply: Callable[[RecordedRequest], Fault] | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    cut_before_headers: bool = False
    cut_in_headers: bool = False
    cut_after_bytes: int | None = None
    cut_after_events: int | None = None
    cut_at_end: bool = False
    linger: bool = False
    reset: bool = False
    wrong_length: int = 0
    drip: float | None = None
    silence_after_events: int | None = None
    silence: float = 300.0
    drop: tuple[str, ...] = ()
    null: tuple[str, ...] = ()
    repeat_events: bool = False
    unknown_event: int | None = None
    huge_event: int | None = None
    invalid_json: bool | int | None = None
    invalid_utf8: bool | int | None = None

    def matches(self, method: str, path: str) -> bool:
        """Return True if a request belongs to the route."""
        wanted, _, pattern = self.route.rpartition(" ")
        return wanted in ("", method) and fnmatchcase(path.removeprefix("/v1"), pattern)


class Faults:
    """Faults of a server, applied in the order in which they were added."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._waiting: list[PendingFault] = []
        self._added = 0

    def add(self, fault: Fault) -> Fault:
        """Add a fault; the first unused one that matches a request is applied to it."""
        # One generator per fault, so that requests to other routes do not change its outcomes.
        chance = random.Random(f"{self._seed}/{self._added}")  # noqa: S311 - it must be reproducible
        self._waiting.append(PendingFault(fault, chance))
        self._added += 1
        return fault

    def clear(self) -> None:
        """Remove all faults."""
        self._waiting.clear()

    def match(self, method: str, path: str) -> Fault | None:
        """Return the fault for a request, or None."""
        return next((one.fault for one in list(self._waiting) if one.match(method, path)), None)


@dataclass
class PendingFault:
    """Fault with the number of requests it has seen and was applied to."""

    fault: Fault
    chance: random.Random
    seen: int = 0
    applied: int = 0

    def match(self, method: str, path: str) -> bool:
        """Count the request and return True if the fault applies to it."""
        fault = self.fault
        if not fault.matches(method, path) or (fault.times is not None and self.applied >= fault.times):
            return False
        self.seen += 1
        if self.seen <= fault.skip or self.chance.random() >= fault.probability:
            return False
        self.applied += 1
        return True
