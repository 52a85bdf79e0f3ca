"""However a stream is left, its connection is closed and its place in the pool is free."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dify_chatflow import AsyncChatflow, Chatflow
from tests.client.both import KEY, entered, run
from tests.server import Server
from tests.streams.served import started, stream, text

pytestmark = pytest.mark.anyio

ROUNDS = 100


class Interruption(BaseException):
    """Like KeyboardInterrupt."""


def pooled(app: Any) -> list[Any]:
    """The connections the client's pool holds."""
    return list(app._session.pool.http._transport._pool.connections)


def serve(server: Server) -> None:
    server.default = stream(started(), text("a"), text("b"), linger=True)


async def leave_by_break(opened: Any) -> None:
    if hasattr(opened, "__anext__"):
        async for _ in opened:
            break
    else:
        for _ in opened:
            break


async def leave_by_interruption(opened: Any) -> None:
    await leave_by_break(opened)
    raise Interruption


async def leave_by_closing_the_iterator(opened: Any) -> None:
    pieces = opened.text_deltas()
    if hasattr(pieces, "__anext__"):
        await anext(pieces)
        await pieces.aclose()
    else:
        next(pieces)
        pieces.close()


async def leave_unread(_: Any) -> None:
    return


async def close_twice(opened: Any) -> None:
    for _ in range(2):
        await run(opened.aclose() if hasattr(opened, "aclose") else opened.close())


WAYS = [leave_by_break, leave_by_interruption, leave_by_closing_the_iterator, leave_unread, close_twice]


@pytest.mark.parametrize("leave", WAYS)
async def test_no_connection_stays_behind(leave: Any, app: Any, server: Server) -> None:
    serve(server)
    for _ in range(ROUNDS):
        try:
            async with entered(app.chat.stream("hi")) as opened:
                await leave(opened)
        except Interruption:
            pass
        assert pooled(app) == []
    assert len(server.requests) == ROUNDS


async def test_a_cancelled_task_leaves_nothing_behind(server: Server) -> None:
    serve(server)
    async with AsyncChatflow(KEY, base_url=server.base_url, user="abc-123") as app:

        async def read() -> None:
            async with app.chat.stream("hi") as opened:
                async for _ in opened:
                    waiting.set()

        for _ in range(ROUNDS):
            waiting = asyncio.Event()
            task = asyncio.ensure_future(read())
            await waiting.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert pooled(app) == []


def test_streams_side_by_side(server: Server) -> None:
    serve(server)
    with Chatflow(KEY, base_url=server.base_url, user="abc-123") as app:
        streams = [app.chat.stream("hi") for _ in range(20)]
        for opened in streams:
            opened.__enter__()
            next(opened)
        assert len(pooled(app)) == 20
        for opened in streams:
            opened.close()
        assert pooled(app) == []
