"""Stopping stops the run once and reads on to its end; leaving only disconnects."""

from __future__ import annotations

import anyio
import pytest

from dify_chatflow import AsyncChatflow, NotFoundError, StreamStateError
from tests.client.modes import KEY, App, enter, maybe_await, next_event
from tests.client.stream_bytes import finished, started, stream, text
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

STOPPED = [started(), text("half"), finished("failed", "Aborted: User requested stop")]


def stops(server: Server) -> list[Received]:
    return [request for request in server.requests if request.path.endswith("/stop")]


async def test_stop_sends_task_and_user_while_reading(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED)]
    async with enter(app.chat.stream("hi", user="eve")) as opened:
        await next_event(opened)
        server.reply(200, {"result": "success"})
        assert (await maybe_await(opened.stop())).result == "success"
        reply = await maybe_await(opened.until_done())
    assert (reply.status, reply.answer) == ("stopped", "half")
    (request,) = stops(server)
    assert request.path == "/v1/chat-messages/task-1/stop"
    assert request.json == {"user": "eve"}


async def test_stop_needs_a_first_event(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED)]
    async with enter(app.chat.stream("hi")) as opened:
        with pytest.raises(StreamStateError, match="no event has been received yet"):
            await maybe_await(opened.stop())


async def test_leaving_early_only_disconnects(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED[:2], linger=True)]
    async with enter(app.chat.stream("hi")) as opened:
        await next_event(opened)
    assert len(server.requests) == 1


async def test_leaving_early_stops_when_asked_to(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED[:2], linger=True)]
    async with enter(app.chat.stream("hi", stop_on_exit=True)) as opened:
        await next_event(opened)
        server.reply(200, {"result": "success"})
    assert len(stops(server)) == 1


async def test_an_exception_in_the_block_stops_too(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED[:2], linger=True)]

    async def fail() -> None:
        async with enter(app.chat.stream("hi", stop_on_exit=True)) as opened:
            await next_event(opened)
            server.reply(200, {"result": "success"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert len(stops(server)) == 1


async def test_a_stream_that_ended_is_not_stopped(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED)]
    async with enter(app.chat.stream("hi", stop_on_exit=True)) as opened:
        await maybe_await(opened.until_done())
    assert stops(server) == []


async def test_stopping_by_hand_is_enough(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED[:2], linger=True)]
    async with enter(app.chat.stream("hi", stop_on_exit=True)) as opened:
        await next_event(opened)
        server.reply(200, {"result": "success"})
        await maybe_await(opened.stop())
    assert len(stops(server)) == 1


async def test_stop_works_without_accumulation(app: App, server: Server) -> None:
    server.answers = [stream(*STOPPED[:2], linger=True)]
    async with enter(app.chat.stream("hi", stop_on_exit=True, accumulate=False)) as opened:
        await next_event(opened)
        server.reply(200, {"result": "success"})
    assert len(stops(server)) == 1


async def test_failed_stop_raises_unless_the_block_failed(app: App, server: Server) -> None:
    async def leave(error: Exception | None) -> None:
        server.answers = [stream(*STOPPED[:2], linger=True)]
        async with enter(app.chat.stream("hi", stop_on_exit=True)) as opened:
            await next_event(opened)
            if error:
                raise error

    with pytest.raises(NotFoundError, match="nothing here"):
        await leave(None)
    with pytest.raises(ZeroDivisionError):
        await leave(ZeroDivisionError())
    assert len(stops(server)) == 2


async def test_a_cancelled_task_still_stops_its_run(server: Server) -> None:
    """Also where cancelling is a state that every await meets, as in anyio and trio."""
    server.answers = [stream(*STOPPED[:2], linger=True), Answer(200, {"result": "success"})]
    async with AsyncChatflow(KEY, base_url=server.base_url, user="abc-123") as app:
        with anyio.CancelScope() as scope:
            async with app.chat.stream("hi", stop_on_exit=True) as opened:
                async for event in opened:
                    if event.event == "message":
                        scope.cancel()
        assert scope.cancelled_caught
    assert len(stops(server)) == 1
