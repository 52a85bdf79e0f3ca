"""The default client's network: early responses are read, and a cancellation at any await leaves no connection."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import anyio
import pytest

from dify_chatflow import APITimeoutError, AsyncChatflow, PayloadTooLargeError
from tests.client.modes import KEY, App, Mode, close, maybe_await, session_of
from tests.client.replay import Replay, connections_to, replaying
from tests.client.stream_bytes import finished, sent, started, text

pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("error")]

BODY = b'{"code": "file_too_large", "message": "too large", "status": 413}'
EARLY = b"HTTP/1.1 103 Early Hints\r\n\r\n"
REFUSAL = b"HTTP/1.1 413 Payload Too Large\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(BODY), BODY)


def refuse(connection: socket.socket, *, reads: bool) -> None:
    """Refuse a file after the head of its request, then close the connection or read the rest."""
    with connection, suppress(OSError):
        while b"\r\n\r\n" not in connection.recv(65_536):
            pass
        connection.sendall(REFUSAL)
        while reads and connection.recv(65_536):
            pass


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
    "early hints": (b"", EARLY),
    "chunk extension": (CHUNKED + b"5;x", b"x"),
    "trailers": (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-More: 1\r\n"),
}


def repeat(connection: socket.socket, start: bytes, more: bytes) -> None:
    """Send bytes again and again until the client leaves."""
    with connection, suppress(OSError):
        connection.recv(65_536)
        connection.sendall(start)
        connection.settimeout(0.02)
        while True:
            connection.sendall(more)
            with suppress(TimeoutError):
                if not connection.recv(65_536):
                    return


@contextmanager
def refusing_files(*, reads: bool) -> Generator[str]:
    """Run a server that refuses every file early."""
    with serving(lambda connection: refuse(connection, reads=reads)) as base_url:
        yield base_url


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Generator[str]:
    """Run a server of raw sockets, one connection at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    answer(listener.accept()[0])

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.mark.parametrize("reads", [True, False])
@pytest.mark.parametrize("size", [5000, 300_000, 8_000_000])
async def test_early_refusal_is_read(size: int, reads: bool, mode: Mode) -> None:
    with refusing_files(reads=reads) as base_url:
        app = mode.client(base_url=base_url, user="eve")
        with pytest.raises(PayloadTooLargeError, match="too large"):
            await maybe_await(app.files.upload(b"x" * size, filename="a.bin"))
        await close(app)


@pytest.mark.parametrize("part", ENDLESS)
async def test_endless_part_of_response_ends(part: str, mode: Mode) -> None:
    with serving(lambda connection: repeat(connection, *ENDLESS[part])) as base_url:
        app = mode.client(base_url=base_url, user="eve", timeout=0.2, max_retries=0)
        with pytest.raises(APITimeoutError):
            await maybe_await(app.application.info())
        await close(app)


class Interrupted:
    """An awaitable that calls a function at one of its awaits, and counts them."""

    def __init__(self, awaitable: Awaitable[Any], number: int, interrupt: Callable[[], object]) -> None:
        self.count = 0
        self._awaitable = awaitable
        self._number = number
        self._interrupt = interrupt

    def __await__(self) -> Generator[Any, Any, None]:
        steps: Any = self._awaitable.__await__()
        error: BaseException | None = None
        value: Any = None
        while True:
            try:
                waited = steps.send(value) if error is None else steps.throw(error)
            except StopIteration:
                return
            self.count += 1
            if self.count == self._number:
                self._interrupt()
            value, error = None, None
            try:
                value = yield waited
            except BaseException as thrown:  # noqa: BLE001 - passed on
                error = thrown


async def leave_early(app: AsyncChatflow) -> None:
    async with app.chat.stream("hi") as stream:
        async for _ in stream.text_deltas():
            break


async def read_all(app: AsyncChatflow) -> None:
    async with app.chat.stream("hi") as stream:
        await stream.until_done()


async def run_interrupted(awaitable: Awaitable[None], number: int, *, scope: bool) -> int:
    """Cancel at one await, by a scope or by the task itself, and return how many awaits there were."""
    if scope:
        cancelled = anyio.CancelScope()
        interrupted = Interrupted(awaitable, number, cancelled.cancel)
        with cancelled:
            await interrupted
        return interrupted.count

    counts: list[Interrupted] = []

    async def run() -> None:
        task: Any = asyncio.current_task()
        counts.append(Interrupted(awaitable, number, task.cancel))
        await counts[0]

    with suppress(asyncio.CancelledError):
        await asyncio.ensure_future(run())
    return counts[0].count


def busy(app: App) -> list[Any]:
    """Return the connections of the pool that no later request can use."""
    return [
        connection for connection in session_of(app).pool.http._transport._pool.connections if not connection.is_idle()
    ]


@pytest.fixture
def replay() -> Iterator[Replay]:
    with replaying() as server:
        yield server


WAYS = [("asyncio", False), ("asyncio", True), ("trio", True)]


@pytest.mark.parametrize(("anyio_backend", "scope"), WAYS, indirect=["anyio_backend"])
@pytest.mark.parametrize("use", [leave_early, read_all])
async def test_cancellation_leaves_no_connection(use: Any, scope: bool, replay: Replay) -> None:
    end = sent("message_end", metadata={}) + finished(answer="ab") if use is read_all else b""
    replay.send(started() + text("a") + text("b") + end, end=use is read_all)
    number = count = 0
    while count >= number:
        number += 1
        async with AsyncChatflow(KEY, base_url=replay.base_url, user="eve") as app:
            count = await run_interrupted(use(app), number, scope=scope)
            assert busy(app) == [], number
        assert connections_to(replay.port) == 0, number
    assert number > 5
