"""Faults between a server and its client, on demand and in a reproducible order."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from local_dify.faults.recorder import RecordedRequest

# Fields that do nothing by themselves, and those of which one makes them work.
CUTS = ("cut_before_headers", "cut_in_headers", "cut_after_bytes", "cut_after_events", "cut_at_end")
NEEDS = {
    "reset": (*CUTS, "wrong_length"),
    "silence": ("silence_after_events",),
    "body": ("status",),
    "html": ("status",),
}
SELECTION = ("route", "times", "skip", "probability")


class UnusedFaultWarning(UserWarning):
    """A fault was never applied, so that a test shows less than it seems to."""


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

    @property
    def effects(self) -> list[str]:
        """Names of the fields that are set and change a response."""
        others = [one for one in fields(self) if one.name not in SELECTION]
        return [one.name for one in others if getattr(self, one.name) != DEFAULTS[one.name]]

    @property
    def is_answer(self) -> bool:
        """True if it replaces the response, which needs no operation of the server."""
        return self.status is not None or self.chunks is not None or self.reply is not None


DEFAULTS = {name: getattr(Fault(), name) for name in Fault.__dataclass_fields__}


def check_fault(fault: Fault, operations: Mapping[str, Sequence[str]]) -> None:
    """Check that a fault can match a request and change its response.

    Args:
        fault: The fault.
        operations: Methods by path pattern, with `*` for ids.

    Raises:
        ValueError: It never applies, or does nothing; the message names the fix.
    """
    if not fault.effects:
        raise ValueError("the fault does nothing: set a field such as status=503 or cut_after_events=3")
    for name in ("drop", "null"):
        if isinstance(getattr(fault, name), str):
            raise TypeError(f"{name} must be a tuple of names: write {name}=({getattr(fault, name)!r},)")
    for name, needed in NEEDS.items():
        if name in fault.effects and not set(needed) & set(fault.effects):
            raise ValueError(f"{name} does nothing by itself: set one of {', '.join(needed)}, too")
    if (fault.times is not None and fault.times < 1) or fault.skip < 0 or not 0 < fault.probability <= 1:
        raise ValueError(
            "the fault never applies: times must be at least 1 or None, skip at least 0, and probability above 0 and "
            f"at most 1; got times={fault.times}, skip={fault.skip}, probability={fault.probability}"
        )
    check_route(fault, operations)


def check_route(fault: Fault, operations: Mapping[str, Sequence[str]]) -> None:
    """Raise ValueError for a route that no request can match."""
    method, _, pattern = fault.route.rpartition(" ")
    known_methods = {*METHODS, *(name for names in operations.values() for name in names)}
    if method and method not in known_methods:
        raise ValueError(f"unknown method in the route {fault.route!r}: use one of {', '.join(sorted(known_methods))}")
    if pattern.startswith("/v1/") or not pattern.startswith(("/", "*")):
        raise ValueError(f"the route {fault.route!r} matches no path: begin the path with / and leave out /v1")
    if fault.is_answer:
        return
    paths = [path for path in operations if can_overlap(pattern, path)]
    if not paths:
        close = get_close_matches(pattern, operations) or sorted(operations)
        raise ValueError(f"the route {fault.route!r} matches no operation: the paths include {', '.join(close)}")
    methods = {"OPTIONS", *(name for path in paths for name in operations[path])}
    if method and method not in methods | ({"HEAD"} if "GET" in methods else set()):
        raise ValueError(f"the route {fault.route!r} matches no operation: {paths[0]} has {', '.join(sorted(methods))}")


METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


def can_overlap(pattern: str, path: str) -> bool:
    """Return True if a text exists that both match: a shell pattern, and a path with `*` for ids."""
    if pattern.startswith("*"):
        return can_overlap(pattern[1:], path) or bool(path and can_overlap(pattern, path[1:]))
    if path.startswith("*"):
        is_inside = bool(pattern) and pattern[0] != "/"
        return can_overlap(pattern, path[1:]) or (is_inside and can_overlap(pattern[1:], path))
    if not (pattern and path):
        return pattern == path
    return pattern[0] in (path[0], "?", "[") and can_overlap(pattern[1:], path[1:])


class Faults:
    """Faults of a server, applied in the order in which they were added."""

    def __init__(self, seed: int = 0, operations: Mapping[str, Sequence[str]] | None = None) -> None:
        self._seed = seed
        self._operations = operations or {}
        self._waiting: list[PendingFault] = []
        self._added = 0

    def add(self, fault: Fault) -> Fault:
        """Add a fault; the first unused one that matches a request is applied to it.

        Raises:
            ValueError: The fault can never match a request, or does nothing.
        """
        check_fault(fault, self._operations)
        # One generator per fault, so that requests to other routes do not change its outcomes.
        chance = random.Random(f"{self._seed}/{self._added}")  # noqa: S311 - it must be reproducible
        self._waiting.append(PendingFault(fault, chance))
        self._added += 1
        return fault

    def clear(self) -> None:
        """Remove all faults."""
        self._waiting.clear()

    @property
    def unused(self) -> list[Fault]:
        """Faults that were to be applied a number of times, and never were; those by chance are left out."""
        pending = [one for one in self._waiting if not one.applied]
        return [one.fault for one in pending if one.fault.times is not None and one.fault.probability == 1]

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
