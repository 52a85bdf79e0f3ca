"""Things that go wrong between a server and its client, on demand and in a reproducible order."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from local_dify.faults.recorder import RecordedRequest


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a request. Several fields may be set at once; those for events count no pings.

    Args:
        route: `POST /chat-messages`, `/messages`, `/conversations/*/variables`; `*` is everything.
        times: How many requests it strikes; None is all of them.
        skip: How many matching requests it lets pass first.
        probability: How likely it strikes a matching request, by the server's `seed`.
        latency: Seconds before anything is answered.
        status: Answer with this status instead of doing anything.
        body: The body of that answer: text, bytes, or JSON; by default a JSON error for the status.
        chunks: Instead of a body: its pieces, each sent by itself, without a length.
        html: That answer is a proxy's HTML page.
        reply: A function that is given the request, with its body, and says in another `Fault` what to do with it.
        content_type: The content type of the answer, whatever its body is.
        headers: More headers for the answer, such as `{"retry-after": "2"}` or a date there.
        cut_before_headers, cut_in_headers: End the connection there.
        cut_after_bytes: End the connection after so many bytes of the body.
        cut_after_events: End the connection after so many events.
        cut_at_end: End the connection after the whole body, which then lacks its end if it has no length.
        linger: Leave the connection open and silent after the body, until the client goes.
        reset: End it by a TCP reset, not a close.
        wrong_length: Announce this many bytes more than the body has, or less if negative, then close.
        drip: Send one byte at a time, with so many seconds between two.
        silence_after_events: After so many events send nothing for `silence` seconds, then go on.
        silence: How long that is.
        drop: Leave out these fields, of the body or of each event, at any depth.
        null: Make these fields null, likewise.
        repeat_events: Send each event twice.
        unknown_event: Send an event of an unknown kind before the event of this number, counted from 0.
        huge_event: Make an unknown event before the first one, with this many bytes of text in it.
        invalid_json: Break the JSON of the body, or of the event of this number; True is number 0.
        invalid_utf8: Put a byte that is no UTF-8 into the body, or into the event of this number; True is number 0.
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
        """Whether a request is one of the route's."""
        wanted, _, pattern = self.route.rpartition(" ")
        return wanted in ("", method) and fnmatchcase(path.removeprefix("/v1"), pattern)


class Faults:
    """The faults of a server, struck in the order in which they were added."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._waiting: list[Waiting] = []
        self._added = 0

    def add(self, fault: Fault) -> Fault:
        """Add a fault; the first one that matches a request and is not used up strikes it."""
        # Each has its own chance, so that requests to other routes do not change it.
        chance = random.Random(f"{self._seed}/{self._added}")  # noqa: S311 - reproducible is what it must be
        self._waiting.append(Waiting(fault, chance))
        self._added += 1
        return fault

    def clear(self) -> None:
        """End all faults."""
        self._waiting.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault for a request, if one strikes it."""
        return next((one.fault for one in list(self._waiting) if one.strikes(method, path)), None)


@dataclass
class Waiting:
    """A fault, with how many requests it has seen and struck."""

    fault: Fault
    chance: random.Random
    seen: int = 0
    struck: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Whether it strikes this request, which it then has seen."""
        fault = self.fault
        if not fault.matches(method, path) or (fault.times is not None and self.struck >= fault.times):
            return False
        self.seen += 1
        if self.seen <= fault.skip or self.chance.random() >= fault.probability:
            return False
        self.struck += 1
        return True
