"""ASGI middleware that injects faults into responses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local_dify.engine.events import encode_event
from local_dify.faults.fault import Fault, Faults
from local_dify.faults.protocol import TRANSPORT, reset
from local_dify.faults.recorder import RECORDED
from local_dify.json_types import Record, is_list, is_record

HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>nginx</body></html>\n"
# What distinguishes an event from a ping; a line with its id may come first.
DATA = b"data: "
UNKNOWN: Record = {"event": "an_unknown_event", "task_id": "t", "data": {"anything": [1, None, "é"]}}


class FaultMiddleware:
    """ASGI middleware that injects the faults that match a request into its response."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app, self._faults = app, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with a fault if one matches it."""
        fault = self._faults.match(scope["method"], scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await FaultyResponse(fault, scope[TRANSPORT], receive, send).run(self._app, scope)


class ConnectionCut(Exception):  # noqa: N818 - a signal, not an error
    """Signal that the connection was ended on purpose."""


class FaultyResponse:
    """Response to one request with a fault injected into it."""

    def __init__(self, fault: Fault, transport: asyncio.Transport, receive: Receive, send: Send) -> None:
        self._fault, self._transport, self._receive, self._send = fault, transport, receive, send
        self._start: Message = {}
        self._events = self._bytes = 0
        self._is_read = False
        # Bytes of the declared length that were not sent yet; negative if more were sent than declared.
        self._missing: int | None = None

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Answer the request, or pass it on, and damage the response."""
        if self._fault.reply is not None:
            await self._read()
            # In a separate thread, so that a slow function does not delay other requests.
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
                await app(scope, self._receive, self._send_message)
        except ConnectionCut:
            # The application may still read from the request until it is disconnected.
            await self._end()

    async def _read(self) -> None:
        """Read the complete request, so that it is recorded."""
        while not self._is_read:
            self._is_read = not (await self._receive()).get("more_body", False)

    async def _end(self) -> None:
        """Wait for the end of the connection."""
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
        chunks = [*(self._fault.chunks or ()), b""]
        if self._fault.chunks is None and status != HTTPStatus.NO_CONTENT:
            kind, body = self._body(status)
            headers, chunks = [(b"content-type", kind)], [body]
        await self._send_message({"type": "http.response.start", "status": status, "headers": headers})
        for number, chunk in enumerate(chunks, 1):
            await self._send_message({"type": "http.response.body", "body": chunk, "more_body": number < len(chunks)})

    def _body(self, status: int) -> tuple[bytes, bytes]:
        """Return the content type and the bytes of a response."""
        fault, content = self._fault, self._fault.body
        if content is None and fault.html:
            content = HTML.format(f"{status}")
        elif content is None:
            content = {"code": "fault", "message": "A fault was injected into this response.", "status": status}
        if isinstance(content, str):
            body = content.encode()
        else:
            body = content if isinstance(content, bytes) else encode_json(content)
        return b"text/html" if fault.html else b"application/json", body

    async def _send_message(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = self._with_headers(message)
            if self._fault.cut_in_headers:
                self._transport.write(f"HTTP/1.1 {message['status']} OK\r\nContent-Ty".encode())
                self._cut()
            return
        is_stream = get_header(self._start, b"content-type").startswith(b"text/event-stream")
        body: bytes = message.get("body", b"")
        chunks = self._damage_event(body) if is_stream else [self._damage_body(body)]
        if self._start["type"] == "http.response.start":
            await self._begin(len(b"".join(chunks)), is_stream=is_stream, more=message.get("more_body", False))
        for chunk in chunks:
            await self._send_chunk(chunk, is_stream=is_stream)
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
        declared = get_header(self._start, b"content-length")
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

    async def _send_chunk(self, chunk: bytes, *, is_stream: bool) -> None:
        fault = self._fault
        limit = fault.cut_after_bytes
        if limit is not None and self._bytes + len(chunk) >= limit:
            await self._write(chunk[: limit - self._bytes])
            self._cut()
        is_event = is_stream and DATA in chunk
        if is_event and fault.silence_after_events == self._events:
            await asyncio.sleep(fault.silence)
        if is_event and fault.cut_after_events == self._events:
            self._cut()
        await self._write(chunk)
        self._bytes += len(chunk)
        self._events += is_event
        if is_event and fault.cut_after_events == self._events:
            self._cut()

    async def _write(self, chunk: bytes) -> None:
        chunks = [chunk]
        if self._fault.drip is not None:
            chunks = [chunk[at : at + 1] for at in range(len(chunk))]
        for part in chunks:
            await asyncio.sleep(self._fault.drip or 0)
            await self._write_all(part)

    async def _write_all(self, chunk: bytes) -> None:
        """Write bytes through the server, or directly to the transport where they exceed the declared length."""
        if self._missing is None or len(chunk) <= self._missing:
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        else:  # in one piece, so that the excess arrives with the end
            self._transport.write(chunk)
        if self._missing is not None:
            self._missing -= len(chunk)

    def _damage_event(self, chunk: bytes) -> list[bytes]:
        fault, number = self._fault, self._events
        head, data, text = chunk.partition(DATA)
        if not data:
            return [chunk]
        damaged = self._damage(chunk, number, lambda event: head + encode_event(event), text)
        before = [encode_event(UNKNOWN)] if fault.unknown_event == number else []
        if fault.huge_event is not None and number == 0:
            before.append(encode_event({**UNKNOWN, "text": "x" * fault.huge_event}))
        return [*before, damaged, *([damaged] if fault.repeat_events else [])]

    def _damage_body(self, body: bytes) -> bytes:
        is_json = b"json" in get_header(self._start, b"content-type")
        return self._damage(body, 0, encode_json, body) if body and is_json else body

    def _damage(self, data: bytes, number: int, write: Callable[[Any], bytes], text: bytes) -> bytes:
        fault = self._fault
        if fault.drop or fault.null:
            data = write(remove_fields(json.loads(text), fault.drop, fault.null))
        if is_event(fault.invalid_json, number):
            data = data.replace(b"}", b"", 1)
        if is_event(fault.invalid_utf8, number):
            at = data.index(b'"') + 1
            data = data[:at] + b"\xff\xc3" + data[at:]
        return data


def is_event(which: bool | int | None, number: int) -> bool:
    """Return True if the event with this number is selected."""
    return which is not None and which is not False and (0 if which is True else which) == number


def remove_fields(value: Any, drop: tuple[str, ...], null: tuple[str, ...]) -> Any:
    """Return a JSON value without some fields, and with others set to null, at any depth."""
    if is_list(value):
        return [remove_fields(item, drop, null) for item in value]
    if not is_record(value):
        return value
    return {k: None if k in null else remove_fields(v, drop, null) for k, v in value.items() if k not in drop}


def get_header(message: Message, name: bytes) -> bytes:
    """Return a header of a response."""
    return next((value for key, value in message.get("headers", []) if key.lower() == name), b"")


def encode_json(value: object) -> bytes:
    """Return JSON as the server writes it."""
    return (json.dumps(value) + "\n").encode()
