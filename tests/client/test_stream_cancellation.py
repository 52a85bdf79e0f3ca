"""However a stream is left, its socket is closed at once and its place in the pool free: counted over 1,000 rounds."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Iterator
from typing import Any

import anyio.lowlevel
import pytest
from httpcore._backends.sync import SyncStream

from dify_chatflow import AsyncChatflow, Chatflow, ChatStream, StreamInterruptedError
from tests.client.modes import KEY, App, Mode, enter, iterate, maybe_await, session_of
from tests.client.replay import Replay, connections_to, replaying
from tests.client.stream_bytes import started, stream, text
from tests.server import Server

pytestmark = pytest.mark.anyio

ROUNDS = 1000
USER = "abc-123"


class Interruption(BaseException):
    """Like KeyboardInterrupt, which test runners take for their own."""


@pytest.fixture
def replay() -> Iterator[Replay]:
    """Three events, and then silence: whoever reads on waits until it is interrupted."""
    with replaying() as server:
        server.send(started() + text("a") + text("b"), end=False)
        yield server


def pooled(app: App) -> list[Any]:
    """Return the connections in the client's pool."""
    return list(session_of(app).pool.http._transport._pool.connections)


async def leave_by_break(app: App) -> None:
    async with enter(app.chat.stream("hi")) as opened:
        async for _ in iterate(opened):
            break


async def leave_by_exception(app: App) -> None:
    try:
        async with enter(app.chat.stream("hi")) as opened:
            async for _ in iterate(opened.text_deltas()):
                raise Interruption
    except Interruption:
        return
    pytest.fail("the interruption was swallowed")


async def leave_by_closing_the_iterator(app: App) -> None:
    async with enter(app.chat.stream("hi")) as opened:
        pieces: Any = opened.text_deltas()
        if hasattr(pieces, "__anext__"):
            await anext(pieces)
            await pieces.aclose()
        else:
            next(pieces)
            pieces.close()


async def leave_unread(app: App) -> None:
    async with enter(app.chat.stream("hi")):
        pass


async def leave_by_closing_twice(app: App) -> None:
    async with enter(app.chat.stream("hi")) as opened:
        for _ in range(2):
            await maybe_await(opened.close())


async def leave_without_a_block(app: App) -> None:
    opened = app.chat.stream("hi")
    async for _ in iterate(opened):
        break
    await maybe_await(opened.close())


async def interrupt_while_waiting(app: App) -> None:
    """Interrupt where Ctrl-C usually does: in the wait for more bytes."""
    assert isinstance(app, Chatflow)
    reads: list[int] = []
    read: Any = SyncStream.read

    def interrupted(self: Any, *args: Any, **options: Any) -> Any:
        reads.append(1)
        if opened.reply.answer:
            raise KeyboardInterrupt
        return read(self, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SyncStream, "read", interrupted)
        opened = app.chat.stream("hi")
        with pytest.raises(KeyboardInterrupt):
            for _ in opened.text_deltas():
                pass
    assert reads
    with pytest.raises(StreamInterruptedError, match="interrupted"):
        opened.until_done()


async def cancel_while_waiting(app: App) -> None:
    assert isinstance(app, AsyncChatflow)
    arrived = asyncio.Event()

    async def follow() -> None:
        async with app.chat.stream("hi") as opened:
            async for piece in opened.text_deltas():
                if piece == "b":
                    arrived.set()

    task = asyncio.ensure_future(follow())
    await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def cancel_without_a_block(app: App) -> None:
    assert isinstance(app, AsyncChatflow)
    opened = app.chat.stream("hi")
    with anyio.CancelScope() as scope:
        async for piece in opened.text_deltas():
            if piece == "b":
                scope.cancel()
    assert scope.cancelled_caught
    with pytest.raises(StreamInterruptedError, match="interrupted"):
        await opened.until_done()


async def cancel_before_the_answer(app: App) -> None:
    assert isinstance(app, AsyncChatflow)
    with anyio.CancelScope() as scope:
        scope.cancel()
        async with app.chat.stream("hi"):
            pass
    assert scope.cancelled_caught


WAYS = [
    leave_by_break,
    leave_by_exception,
    leave_by_closing_the_iterator,
    leave_unread,
    leave_by_closing_twice,
    leave_without_a_block,
]
SYNC_WAYS = [*WAYS, interrupt_while_waiting]
ASYNC_WAYS = [*WAYS, cancel_while_waiting, cancel_without_a_block, cancel_before_the_answer]


async def test_no_socket_stays_behind(mode: Mode, replay: Replay) -> None:
    ways = ASYNC_WAYS if mode.is_async else SYNC_WAYS
    async with enter(mode.client(KEY, base_url=replay.base_url, user=USER)) as app:
        for count in range(ROUNDS):
            leave = ways[count % len(ways)]
            await leave(app)
            assert (pooled(app), connections_to(replay.port)) == ([], 0), leave.__name__


async def test_sockets_are_counted(mode: Mode, replay: Replay) -> None:
    """The count above can fail: it sees the one socket of a stream that is open."""
    async with enter(mode.client(KEY, base_url=replay.base_url, user=USER)) as app:
        async with enter(app.chat.stream("hi")):
            assert (len(pooled(app)), connections_to(replay.port)) == (1, 1)
        assert connections_to(replay.port) == 0


async def test_unreferenced_stream_is_closed_by_garbage_collection(
    mode: Mode, replay: Replay, caplog: pytest.LogCaptureFixture
) -> None:
    async with enter(mode.client(KEY, base_url=replay.base_url, user=USER)) as app:
        for _ in range(3):
            async for _ in iterate(app.chat.stream("hi")):
                break
            # The iterators of this test are garbage, too, and the event loop closes one after the other.
            for _ in range(20):
                gc.collect()
                for _ in range(10):
                    await anyio.lowlevel.checkpoint()
                if not pooled(app):
                    break
            assert (pooled(app), connections_to(replay.port)) == ([], 0)
    # No task of the event loop failed on the way.
    assert caplog.text == ""


def follow(opened: ChatStream, arrived: threading.Event, ends: list[str]) -> None:
    """Read in a thread, and record when the last chunk was received and how the stream ended."""
    try:
        for piece in opened.text_deltas():
            if piece == "b":
                arrived.set()
    except StreamInterruptedError as error:
        ends.append(str(error))


def test_closing_ends_a_read_in_another_thread(replay: Replay) -> None:
    with Chatflow(KEY, base_url=replay.base_url, user=USER, timeout=60) as app:
        for _ in range(20):
            opened, arrived, ends = app.chat.stream("hi", resume=True), threading.Event(), list[str]()
            reader = threading.Thread(target=follow, args=(opened, arrived, ends))
            reader.start()
            assert arrived.wait(10)
            opened.close()
            reader.join(10)
            assert not reader.is_alive()
            # Where it was not waiting yet, its iterator has simply ended.
            assert ends in ([], ["the stream was closed before its end"])
            assert (pooled(app), connections_to(replay.port)) == ([], 0)
            with pytest.raises(StreamInterruptedError):
                opened.until_done()


async def test_closing_ends_a_read_in_another_task(replay: Replay) -> None:
    async with AsyncChatflow(KEY, base_url=replay.base_url, user=USER, timeout=60) as app:
        opened, arrived = app.chat.stream("hi", resume=True), asyncio.Event()

        async def follow() -> None:
            async for piece in opened.text_deltas():
                if piece == "b":
                    arrived.set()

        task = asyncio.ensure_future(follow())
        await arrived.wait()
        await asyncio.sleep(0)
        await opened.close()
        with pytest.raises(StreamInterruptedError, match="closed before its end"):
            await task
        assert (pooled(app), connections_to(replay.port)) == ([], 0)


def test_streams_side_by_side(server: Server) -> None:
    server.default = stream(started(), text("a"), text("b"), linger=True)
    with Chatflow(KEY, base_url=server.base_url, user=USER) as app:
        streams = [app.chat.stream("hi") for _ in range(20)]
        for opened in streams:
            opened.__enter__()
            next(opened)
        assert len(pooled(app)) == 20
        for opened in streams:
            opened.close()
        assert pooled(app) == []
