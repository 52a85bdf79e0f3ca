"""Clients whose responses are made in memory, without a socket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

import httpx

from tests.client.modes import KEY, App, Mode
from tests.client.stream_bytes import HEADERS

Respond = Callable[[httpx.Request], httpx.Response]


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in chunks, sync and async."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk


class MemoryTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Responses of a function, and the requests it received."""

    def __init__(self, respond: Respond) -> None:
        self.requests: list[httpx.Request] = []
        self._respond = respond

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        return self._respond(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        return self._respond(request)


def memory_app(mode: Mode, respond: Respond, **options: Any) -> App:
    """Return a client whose responses are those of a function."""
    transport: Any = MemoryTransport(respond)
    http = httpx.AsyncClient(transport=transport) if mode.is_async else httpx.Client(transport=transport)
    return mode.client(KEY, **{"base_url": "http://localhost/v1", "user": "eve", "http_client": http, **options})


def body(content: Any, status: int = 200, kind: str = "application/json") -> Respond:
    """Return a function that responds with a body: bytes, or a value that is sent as JSON."""

    def respond(_: httpx.Request) -> httpx.Response:
        sent = content if isinstance(content, bytes) else json.dumps(content).encode()
        return httpx.Response(status, content=sent, headers={"Content-Type": kind})

    return respond


def events(*chunks: bytes, others: Any = None) -> Respond:
    """Return a function that responds with an event stream to a query, and to other requests with JSON or 404."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(200, headers=HEADERS, stream=Chunks(chunks))
        missing = {"code": "not_found", "message": "no", "status": 404}
        return httpx.Response(404, json=missing) if others is None else httpx.Response(200, json=others)

    return respond
