"""A server of raw sockets: plays steps of bytes, pauses and ends, and records requests and open connections."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Protocol, Self, TypeAlias
from urllib.parse import parse_qs, urlsplit

HIGH_WATER = 65_536


class End(Enum):
    """The end of a connection."""

    CLOSE = auto()
    RESET = auto()
    SILENCE = auto()  # the connection stays open until the client leaves


@dataclass(frozen=True)
class Pause:
    """A pause between two bytes, in seconds."""

    seconds: float


@dataclass(frozen=True)
class Repeat:
    """Bytes that are sent again and again until the client leaves, with a pause between them in seconds."""

    data: bytes
    pause: float = 0.0


Step: TypeAlias = bytes | Pause | Repeat | End


@dataclass
class Request:
    """A received request, of which at least the headers are complete."""

    method: str
    target: str
    headers: dict[str, str]
    connection: int
    body: bytes = b""
    is_complete: bool = False

    @property
    def path(self) -> str:
        """The path without the prefix of the API and without its query."""
        return urlsplit(self.target).path.removeprefix("/v1")

    @property
    def query(self) -> dict[str, str]:
        """The query."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def json(self) -> Any:
        """The JSON body."""
        return json.loads(self.body)


class Handler(Protocol):
    """The application of a server."""

    def gate(self, connection: int) -> End | None:
        """Return the end of a connection before its first request, by its number from 1; None accepts it."""
        ...

    def is_early(self, request: Request) -> bool:
        """Return True where the response does not wait for the body of the request."""
        ...

    def respond(self, request: Request) -> Sequence[Step]:
        """Return the steps of the response."""
        ...


@dataclass
class WireServer:
    """A listening socket; create it on the loop that serves it.

    Attributes:
        requests: The requests in the order of their headers.
        open: The numbers of the connections that the client has not closed.
        connections: The number of connections so far.
    """

    handler: Handler
    requests: list[Request] = field(default_factory=list[Request])
    open: set[int] = field(default_factory=set[int])
    connections: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def start(self) -> Self:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HIGH_WATER)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        """Close the socket and all connections."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is served outside of a task")
        self._tasks.add(task)
        self.connections += 1
        number = self.connections
        self.open.add(number)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._serve(number, reader, writer)
        except asyncio.CancelledError:
            pass  # the server stops
        finally:
            self.open.discard(number)
            writer.transport.abort()
            self._tasks.discard(task)

    async def _serve(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        end = self.handler.gate(number)
        while end is None:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = head[0].split(" ")
            fields = (line.partition(":") for line in head[1:] if line)
            headers = {name.lower(): value.strip() for name, _, value in fields}
            request = Request(method, target, headers, number)
            self.requests.append(request)
            if not self.handler.is_early(request):
                await read_body(reader, request)
            end = await play(self.handler.respond(request), reader, writer)
        await finish(end, reader, writer)


async def read_body(reader: asyncio.StreamReader, request: Request) -> None:
    """Read the body of a request."""
    if "content-length" in request.headers:
        request.body = await reader.readexactly(int(request.headers["content-length"]))
    elif request.headers.get("transfer-encoding") == "chunked":
        size = 1
        while size:
            size = int(await reader.readuntil(b"\r\n"), 16)
            request.body += (await reader.readexactly(size + 2))[:-2]
    request.is_complete = True


async def play(steps: Sequence[Step], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> End | None:
    """Send a response; return the end of the connection, or None where it stays open for the next request."""
    for step in steps:
        if isinstance(step, End):
            return step
        if isinstance(step, Pause):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, Repeat):
            while not reader.at_eof():
                await send(writer, step.data)
                await asyncio.sleep(step.pause)
            return End.RESET
        else:
            await send(writer, step)
    return None


async def send(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Write bytes and wait until the client has read most of them."""
    writer.write(data)
    await writer.drain()


async def finish(end: End, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """End a connection, and wait until the client has closed its side, too."""
    if end is End.RESET:
        connection: socket.socket | None = writer.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return
    if end is End.CLOSE:
        writer.write_eof()
    while await reader.read(HIGH_WATER):
        pass


class ServerLoop:
    """An event loop in a separate thread, on which the servers of all cases run."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="soak-servers", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def start(self, server: WireServer) -> WireServer:
        """Start a server and return it."""
        return asyncio.run_coroutine_threadsafe(server.start(), self._loop).result()

    def stop(self, server: WireServer) -> None:
        """Stop a server."""
        asyncio.run_coroutine_threadsafe(server.stop(), self._loop).result()
