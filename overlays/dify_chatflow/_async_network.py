"""The network of the default async client: limited waits, early responses, no connections of cancelled requests."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, cast
from weakref import WeakSet

import anyio
from httpcore import AsyncNetworkBackend, AsyncNetworkStream, ReadError, WriteError

from dify_chatflow._concurrency import async_finish
from dify_chatflow._network import WaitLimit, lift_limit
from dify_chatflow._transport import AsyncByteStream, AsyncHTTPTransport, Request, Response

# Whether the request that this task sends is so large that the server may respond before it has all of it.
IS_LARGE = ContextVar("IS_LARGE", default=False)
LARGE = 4096
READ_SIZE = 65_536
# Seconds to wait for bytes that have arrived; they may be a part of TLS that has no content.
ARRIVED_TIMEOUT = 0.01


class AsyncStream(WaitLimit, AsyncNetworkStream):
    """A connection whose waits are limited, and that notices a response while a request is still being sent.

    A server that refuses a file (413) responds early and closes the connection. Then writing fails, and on asyncio the
    response would be lost with the connection unless it was read before.
    """

    def __init__(self, stream: AsyncNetworkStream) -> None:
        self._stream = stream
        self._early: bytes | None = None
        # The event loop closes a socket whose writing fails, with what has arrived; this duplicate keeps it.
        self._duplicate: socket.socket | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - of httpcore
        """Return bytes that were read early, or else the next ones."""
        if self._early is not None:
            early, self._early = self._early, None
            return early
        try:
            return await self._stream.read(max_bytes, self.remaining(timeout))
        except ReadError:
            if self._duplicate is None:
                raise
            with suppress(OSError):
                return self._duplicate.recv(max_bytes)
            raise

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - of httpcore
        """Send bytes; raise WriteError, after which the HTTP library reads the response, when it arrives before."""
        self.restart()
        if not IS_LARGE.get() or self._early is not None:
            return await self._stream.write(buffer, timeout)
        self._duplicate = self._duplicate or self._duplicate_socket()
        if self.get_extra_info("is_readable"):
            with anyio.move_on_after(ARRIVED_TIMEOUT) as arrived:
                await self._watch(arrived)
        failure: Exception | None = None
        async with anyio.create_task_group() as tasks:
            if self._early is None:
                tasks.start_soon(self._watch, tasks.cancel_scope)
            try:
                if not self._has_response():
                    await self._stream.write(buffer, timeout)
            except Exception as error:  # noqa: BLE001 - raised below, outside of the group
                failure = error
            tasks.cancel_scope.cancel()
        if self._has_response():
            raise WriteError("the server responded before the request was complete")
        if failure is not None:
            raise failure
        return None

    async def _watch(self, writing: anyio.CancelScope) -> None:
        """Read what the server sends, and end the writing when it is a response or the end of the connection."""
        with suppress(Exception):  # writing fails, too
            self._early = await self._stream.read(READ_SIZE)
        if self._has_response():
            writing.cancel()

    def _has_response(self) -> bool:
        """Return whether early bytes are the end of the connection or a response, which is not an informational one."""
        early = self._early
        return early is not None and (not early or (early.startswith(b"HTTP/1.") and early[8:10] != b" 1"))

    def _duplicate_socket(self) -> socket.socket | None:
        """Return another descriptor of the socket; None with TLS, whose bytes cannot be read without its state."""
        found = self.get_extra_info("socket")
        if found is None or self.get_extra_info("ssl_object") is not None:
            return None
        with suppress(OSError):
            duplicate = socket.socket(fileno=os.dup(found.fileno()))
            duplicate.setblocking(False)
            return duplicate
        return None

    async def aclose(self) -> None:
        """Close the connection."""
        if self._duplicate is not None:
            self._duplicate.close()
        await self._stream.aclose()

    async def start_tls(self, *args: Any, **options: Any) -> AsyncNetworkStream:
        """Return the connection with TLS; a cancelled handshake closes it."""
        try:
            return AsyncStream(await self._stream.start_tls(*args, **options))
        except BaseException:
            await async_finish(self._stream.aclose)
            raise

    def get_extra_info(self, info: str) -> Any:
        """Return a detail of the connection, such as its socket."""
        return self._stream.get_extra_info(info)


class AsyncBackend(AsyncNetworkBackend):
    """Opens such connections.

    Attributes:
        streams: Those that are in use.
    """

    def __init__(self, backend: AsyncNetworkBackend) -> None:
        self._backend = backend
        self.streams: WeakSet[AsyncStream] = WeakSet()

    def _add(self, stream: AsyncNetworkStream) -> AsyncStream:
        added = AsyncStream(stream)
        self.streams.add(added)
        return added

    async def connect_tcp(self, *args: Any, **options: Any) -> AsyncNetworkStream:
        """Return a connection to a host."""
        return self._add(await self._backend.connect_tcp(*args, **options))

    async def connect_unix_socket(self, *args: Any, **options: Any) -> AsyncNetworkStream:
        """Return a connection to a socket of this machine."""
        return self._add(await self._backend.connect_unix_socket(*args, **options))

    async def sleep(self, seconds: float) -> None:
        """Wait before another attempt to connect."""
        await self._backend.sleep(seconds)


class RequestBody(AsyncByteStream):
    """The body of a request, whose iterator is closed also where it was not exhausted."""

    def __init__(self, body: AsyncByteStream) -> None:
        self._body = body
        self._iterator: AsyncIterator[bytes] | None = None

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._iterator = aiter(self._body)
        return self._iterator

    async def aclose(self) -> None:
        """Close the iterator."""
        close = getattr(self._iterator, "aclose", None)
        if close is not None:
            await close()


class AsyncTransport(AsyncHTTPTransport):
    """The HTTP library's transport with such connections, which a cancelled request closes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        pool: Any = self._pool  # it has no option for the backend
        self._backend = pool._network_backend = AsyncBackend(pool._network_backend)  # noqa: SLF001

    async def handle_async_request(self, request: Request) -> Response:
        """Send a request and return the response."""
        body = RequestBody(cast("AsyncByteStream", request.stream))
        request.stream = body
        unknown = LARGE if "transfer-encoding" in request.headers else 0  # a request without either has no body
        IS_LARGE.set(int(request.headers.get("content-length", unknown)) >= LARGE)
        try:
            response = await super().handle_async_request(request)
        except BaseException:
            await async_finish(self._close_abandoned)
            raise
        finally:
            await body.aclose()
        lift_limit(response)
        return response

    def abandon(self) -> None:
        """Close the sockets, since the event loop has ended."""
        for stream in tuple(self._backend.streams):
            # Those of asyncio and trio wrap one of Python, whose closing needs no loop.
            found = getattr(stream.get_extra_info("socket"), "_sock", None)
            if isinstance(found, socket.socket):
                found.close()

    async def _close_abandoned(self) -> None:
        """Close the connections that no request uses and no request can use: cancelled right after connecting."""
        pool: Any = self._pool
        used = [request.connection for request in cast("Iterable[Any]", pool._requests)]  # noqa: SLF001
        for connection in pool.connections:
            if not (connection in used or connection.is_idle() or connection.is_closed()):
                pool._connections.remove(connection)  # noqa: SLF001
                await connection.aclose()
