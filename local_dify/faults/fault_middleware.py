"""How a fault strikes: one request, answered late, broken, or with something else than the application says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local_dify.engine.events import frame
from local_dify.faults.fault import Fault, Faults
from local_dify.faults.protocol import TRANSPORT, reset
from local_dify.faults.recorder import RECORDED
from local_dify.json_types import Record, is_list, is_record

HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>nginx</body></html>\n"
UNKNOWN: Record = {"event": "an_event_of_tomorrow", "task_id": "t", "data": {"anything": [1, None, "é"]}}


def struck(app: ASGIApp, faults: Faults) -> ASGIApp:
    """ASGI middleware that lets faults strike."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        fault = faults.strike(scope["method"], scope["path"])
        if fault is None:
            await app(scope, receive, send)
        else:
            await Struck(fault, scope[TRANSPORT], receive, send).run(app, scope)

    return answer


class ConnectionCut(Exception):  # noqa: N818 - it is what was asked for
    """The connection was ended on purpose."""


class Struck:
    """One request while a fault strikes it."""

    def __init__(self, fault: Fault, transport: asyncio.Transport, receive: Receive, send: Send) -> None:
        self._fault, self._transport, self._receive, self._send = fault, transport, receive, send
        self._start: Message = {}
        self._events = self._bytes = 0
        self._is_read = False
        # How many bytes of the announced length are still to come; negative where there were too many.
        self._missing: int | None = None

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Answer the request, or let the application do it, and spoil the answer."""
        if self._fault.reply is not None:
            await self._read()
            # In a thread of its own, so that it may take its time without keeping other requests waiting.
            self._fault = await asyncio.to_thread(self._fault.reply, scope[RECORDED])
        fault = self._fault
        await asyncio.sleep(fault.latency)
        try:
            if fault.cut_before_headers:
                await self._read()
                self._cut()
            if fault.status is not None or fault.chunks is not None:
                await self._read()
                await self._answer(fault.status or HTTPStatus.OK)
            else:
                await app(scope, self._receive, self._said)
        except ConnectionCut:
            # Whoever still reads the request's own channel learns of the end from it.
            await self._end()

    async def _read(self) -> None:
        """Take in the whole request, so that it is on record."""
        while not self._is_read:
            self._is_read = not (await self._receive()).get("more_body", False)

    async def _end(self) -> None:
        """Wait until the connection is over."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    def _cut(self) -> None:
        if self._fault.reset:
            reset(self._transport)
        else:
            self._transport.close()
        raise ConnectionCut

    async def _answer(self, status: int) -> None:
        headers: list[tuple[bytes, bytes]] = []
        pieces = [*(self._fault.chunks or ()), b""]
        if self._fault.chunks is None and status != HTTPStatus.NO_CONTENT:
            kind, body = self._body(status)
            headers, pieces = [(b"content-type", kind)], [body]
        await self._said({"type": "http.response.start", "status": status, "headers": headers})
        for number, piece in enumerate(pieces, 1):
            await self._said({"type": "http.response.body", "body": piece, "more_body": number < len(pieces)})

    def _body(self, status: int) -> tuple[bytes, bytes]:
        """The content type and the bytes of an answer."""
        fault, given = self._fault, self._fault.body
        if given is None and fault.html:
            given = HTML.format(f"{status}")
        elif given is None:
            given = {"code": "fault", "message": "A fault struck this request.", "status": status}
        body = given.encode() if isinstance(given, str) else given if isinstance(given, bytes) else as_json(given)
        return b"text/html" if fault.html else b"application/json", body

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
            if self._fault.linger:
                await self._end()
                return
            if self._fault.cut_at_end or self._missing:
                self._cut()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _begin(self, length: int, *, is_stream: bool, more: bool) -> None:
        is_given = any(name.lower() == "content-length" for name in self._fault.headers)
        if not (is_stream or more or is_given or self._start["status"] == HTTPStatus.NO_CONTENT):
            total = length + self._fault.wrong_length
            others = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
            self._start["headers"] = [*others, (b"content-length", str(total).encode())]
        declared = header(self._start, b"content-length")
        self._missing = int(declared) if declared else None
        await self._send(self._start)
        self._start = {**self._start, "type": "sent"}

    def _with_headers(self, message: Message) -> Message:
        changed = {
            name.lower().encode(): value.strip().encode("latin-1") for name, value in self._fault.headers.items()
        }
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
        pieces = [piece]
        if self._fault.drip is not None:
            pieces = [piece[at : at + 1] for at in range(len(piece))]
        for part in pieces:
            await asyncio.sleep(self._fault.drip or 0)
            await self._write_all(part)

    async def _write_all(self, piece: bytes) -> None:
        """Write what was announced as the server does, and what is too much past it."""
        fits = len(piece) if self._missing is None else max(self._missing, 0)
        await self._send({"type": "http.response.body", "body": piece[:fits], "more_body": True})
        self._transport.write(piece[fits:])
        if self._missing is not None:
            self._missing -= len(piece)

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
