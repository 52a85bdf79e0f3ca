"""Things that go wrong between a server and its client, on demand and in a reproducible order."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dify_chatflow.testing._events import frame
from dify_chatflow.testing._json import Record, is_list, is_record
from dify_chatflow.testing._protocol import reset

HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>nginx</body></html>\n"
UNKNOWN: Record = {"event": "an_event_of_tomorrow", "task_id": "t", "data": {"anything": [1, None, "é"]}}


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
        body: The body of that answer: text, bytes, or JSON as a mapping; by default a JSON error for the status.
        html: That answer is a proxy's HTML page.
        content_type: The content type of the answer, whatever its body is.
        headers: More headers for the answer, such as `{"retry-after": "2"}` or a date there.
        cut_before_headers, cut_in_headers: End the connection there.
        cut_after_bytes: End the connection after so many bytes of the body.
        cut_after_events: End the connection after so many events.
        reset: End it by a TCP reset, not a close.
        wrong_length: Announce this many bytes more than the body has, then close.
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
    body: str | bytes | Mapping[str, Any] | None = None
    html: bool = False
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    cut_before_headers: bool = False
    cut_in_headers: bool = False
    cut_after_bytes: int | None = None
    cut_after_events: int | None = None
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
        self._chance = random.Random(seed)  # noqa: S311 - reproducible is what it must be
        self._waiting: list[tuple[Fault, list[int]]] = []

    def add(self, fault: Fault) -> Fault:
        """Add a fault; the first one that matches a request and is not used up strikes it."""
        self._waiting.append((fault, [0, 0]))
        return fault

    def clear(self) -> None:
        """End all faults."""
        self._waiting.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault for a request, if one strikes it."""
        for fault, counts in list(self._waiting):
            if not fault.matches(method, path) or (fault.times is not None and counts[1] >= fault.times):
                continue
            counts[0] += 1
            if counts[0] > fault.skip and self._chance.random() < fault.probability:
                counts[1] += 1
                return fault
        return None

    def wrap(self, app: ASGIApp) -> ASGIApp:
        """ASGI middleware that lets the faults strike."""

        async def struck(scope: Scope, receive: Receive, send: Send) -> None:
            fault = self.strike(scope["method"], scope["path"])
            if fault is None:
                await app(scope, receive, send)
            else:
                await Struck(fault, scope["dify.transport"], receive, send).run(app, scope)

        return struck


class ConnectionCut(Exception):  # noqa: N818 - it is what was asked for
    """The connection was ended on purpose."""


class Struck:
    """One request while a fault strikes it."""

    def __init__(self, fault: Fault, transport: asyncio.Transport, receive: Receive, send: Send) -> None:
        self._fault, self._transport, self._receive, self._send = fault, transport, receive, send
        self._start: Message = {}
        self._events = self._bytes = 0

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Answer the request, or let the application do it, and spoil the answer."""
        await asyncio.sleep(self._fault.latency)
        try:
            if self._fault.cut_before_headers:
                self._cut()
            if self._fault.status is not None:
                await self._answer(self._fault.status)
            else:
                await app(scope, self._receive, self._said)
        except ConnectionCut:
            # Whoever still reads the request's own channel learns of the end from it.
            while (await self._receive())["type"] != "http.disconnect":
                pass

    def _cut(self) -> None:
        if self._fault.reset:
            reset(self._transport)
        else:
            self._transport.close()
        raise ConnectionCut

    async def _answer(self, status: int) -> None:
        fault, given = self._fault, self._fault.body
        kind = "application/json"
        if given is None and fault.html:
            given = HTML.format(f"{status}")
        elif given is None:
            given = {"code": "fault", "message": "A fault struck this request.", "status": status}
        if fault.html:
            kind = "text/html"
        body = given.encode() if isinstance(given, str) else given if isinstance(given, bytes) else as_json(given)
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        await self._said({"type": "http.response.start", "status": status, "headers": headers})
        await self._said({"type": "http.response.body", "body": body, "more_body": False})

    async def _said(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = self._with_headers(message)
            if self._fault.cut_in_headers:
                self._transport.write(f"HTTP/1.1 {message['status']} OK\r\nContent-Ty".encode())
                self._cut()
            return
        is_stream = header(self._start, b"content-type").startswith(b"text/event-stream")
        body: bytes = message.get("body", b"")
        pieces = self._spoil_event(body) if is_stream else [self._spoil_body(body)]
        if self._start["type"] == "http.response.start":
            await self._begin(len(b"".join(pieces)), is_stream=is_stream, more=message.get("more_body", False))
        for piece in pieces:
            await self._send_piece(piece, is_stream=is_stream)
        if not message.get("more_body", False):
            if self._fault.wrong_length:
                self._cut()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _begin(self, length: int, *, is_stream: bool, more: bool) -> None:
        if not is_stream and not more:
            total = length + self._fault.wrong_length
            others = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
            self._start["headers"] = [*others, (b"content-length", str(total).encode())]
        await self._send(self._start)
        self._start = {**self._start, "type": "sent"}

    def _with_headers(self, message: Message) -> Message:
        changed = {name.lower().encode(): value.encode() for name, value in self._fault.headers.items()}
        if self._fault.content_type is not None:
            changed[b"content-type"] = self._fault.content_type.encode()
        kept = [(k, v) for k, v in message["headers"] if k.lower() not in changed]
        return {**message, "headers": [*kept, *changed.items()]}

    async def _send_piece(self, piece: bytes, *, is_stream: bool) -> None:
        fault = self._fault
        limit = fault.cut_after_bytes
        if limit is not None and self._bytes + len(piece) >= limit:
            await self._write(piece[: limit - self._bytes])
            self._cut()
        is_event = is_stream and piece.startswith(b"data:")
        if is_event and fault.silence_after_events == self._events:
            await asyncio.sleep(fault.silence)
        if is_event and fault.cut_after_events == self._events:
            self._cut()
        await self._write(piece)
        self._bytes += len(piece)
        self._events += is_event
        if is_event and fault.cut_after_events == self._events:
            self._cut()

    async def _write(self, piece: bytes) -> None:
        if self._fault.drip is None:
            await self._send({"type": "http.response.body", "body": piece, "more_body": True})
            return
        for at in range(len(piece)):
            await asyncio.sleep(self._fault.drip)
            await self._send({"type": "http.response.body", "body": piece[at : at + 1], "more_body": True})

    def _spoil_event(self, chunk: bytes) -> list[bytes]:
        fault, number = self._fault, self._events
        if not chunk.startswith(b"data:"):
            return [chunk]
        spoiled = self._spoil(chunk, number, frame, chunk[5:])
        before = [frame(UNKNOWN)] if fault.unknown_event == number else []
        if fault.huge_event is not None and number == 0:
            before.append(frame({**UNKNOWN, "text": "x" * fault.huge_event}))
        return [*before, spoiled, *([spoiled] if fault.repeat_events else [])]

    def _spoil_body(self, body: bytes) -> bytes:
        is_json = b"json" in header(self._start, b"content-type")
        return self._spoil(body, 0, as_json, body) if body and is_json else body

    def _spoil(self, whole: bytes, number: int, write: Callable[[Any], bytes], text: bytes) -> bytes:
        fault = self._fault
        if fault.drop or fault.null:
            whole = write(without(json.loads(text), fault.drop, fault.null))
        if struck_at(fault.invalid_json, number):
            whole = whole.replace(b"}", b"", 1)
        if struck_at(fault.invalid_utf8, number):
            at = whole.index(b'"') + 1
            whole = whole[:at] + b"\xff\xc3" + whole[at:]
        return whole


def struck_at(which: bool | int | None, number: int) -> bool:
    """Whether the event of this number is meant."""
    return which is not None and which is not False and (0 if which is True else which) == number


def without(value: Any, drop: tuple[str, ...], null: tuple[str, ...]) -> Any:
    """A JSON value with fields left out or made null, at any depth."""
    if is_list(value):
        return [without(item, drop, null) for item in value]
    if not is_record(value):
        return value
    return {k: None if k in null else without(v, drop, null) for k, v in value.items() if k not in drop}


def header(message: Message, name: bytes) -> bytes:
    """A header of an answer."""
    return next((value for key, value in message.get("headers", []) if key.lower() == name), b"")


def as_json(value: object) -> bytes:
    """JSON as the server writes it."""
    return (json.dumps(value) + "\n").encode()
