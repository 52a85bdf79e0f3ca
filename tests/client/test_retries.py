"""Requests are retried only where that cannot start a second run; the server counts them."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable
from email.utils import format_datetime
from typing import Any

import pytest

from dify_chatflow import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    InternalServerError,
    RateLimitError,
    StreamInterruptedError,
)
from tests.client.modes import App, enter, maybe_await, to_list
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

RETRIED = [408, 429, 502, 503, 504]
ANSWER: dict[str, Any] = {"event": "message", "answer": "hi", "metadata": {}}


def error(status: int, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"code": "any", "message": "any", "status": status}, headers=named)


@pytest.mark.parametrize("status", RETRIED)
async def test_get_is_retried(status: int, app: App, server: Server, waits: list[float]) -> None:
    server.answers = [error(status), error(status), Answer(200, {"id": "r"})]
    assert (await maybe_await(app.runs.get("r"))).id == "r"
    assert len(server.requests) == 3
    assert len(waits) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 415, 500, 501, 522])
async def test_get_is_not_retried(status: int, app: App, server: Server) -> None:
    server.default = error(status)
    with pytest.raises(APIStatusError):
        await maybe_await(app.runs.get("r"))
    assert len(server.requests) == 1


async def test_delete_and_put_are_retried(app: App, server: Server) -> None:
    server.answers = [error(503), Answer(204), error(503), Answer(200, {"id": "v"})]
    await maybe_await(app.conversations.delete("c"))
    await maybe_await(app.conversations.set_variable("c", "v", 1))
    assert [request.method for request in server.requests] == ["DELETE", "DELETE", "PUT", "PUT"]


@pytest.mark.parametrize("retries", [0, 1, 4])
async def test_retries_are_bounded(retries: int, make: Callable[..., App], server: Server, waits: list[float]) -> None:
    server.default = error(503)
    with pytest.raises(InternalServerError):
        await maybe_await(make(max_retries=retries).runs.get("r"))
    assert len(server.requests) == retries + 1
    assert len(waits) == retries


async def test_waits_grow_to_a_maximum(make: Callable[..., App], server: Server, waits: list[float]) -> None:
    server.default = error(503)
    with pytest.raises(InternalServerError):
        await maybe_await(make(max_retries=12).runs.get("r"))
    bounds = [min(0.5 * 2**attempt, 60.0) for attempt in range(12)]
    assert all(bound / 2 <= wait <= bound or wait == 60.0 for wait, bound in zip(waits, bounds, strict=True))
    assert max(waits) <= 60.0
    assert len(set(waits)) > 2


@pytest.mark.parametrize(("value", "expected"), [("7", 7.0), ("0", 0.0), ("100000", 60.0), (" 3 ", 3.0), ("1.5", 1.5)])
async def test_retry_after_in_seconds(
    value: str, expected: float, app: App, server: Server, waits: list[float]
) -> None:
    server.answers = [error(429, Retry_After=value), Answer(200, {"id": "r"})]
    await maybe_await(app.runs.get("r"))
    assert waits == [expected]


async def test_retry_after_as_date(app: App, server: Server, waits: list[float]) -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    server.answers = [error(503, Retry_After=format_datetime(moment, usegmt=True)), Answer(200, {"id": "r"})]
    await maybe_await(app.runs.get("r"))
    assert waits == [60.0]


@pytest.mark.parametrize("value", ["soon", "", "-5", "nan", "inf", "9" * 400, "32 Foo 2026", "1,5"])
async def test_invalid_retry_after_is_ignored(value: str, app: App, server: Server, waits: list[float]) -> None:
    server.answers = [error(503, Retry_After=value), Answer(200, {"id": "r"}), error(429, Retry_After=value)]
    await maybe_await(app.runs.get("r"))
    assert 0 < waits[0] <= 0.5
    with pytest.raises(RateLimitError) as caught:
        await maybe_await(app.chat.send("hi"))
    assert caught.value.retry_after is None
    assert len(server.requests) == 3, "without advice a question is not asked again"


@pytest.mark.parametrize("status", [*RETRIED, 500, 520])
async def test_query_is_never_retried_after_status(status: int, app: App, server: Server) -> None:
    server.default = error(status)
    with pytest.raises(APIStatusError):
        await maybe_await(app.chat.send("hi"))
    with pytest.raises(APIStatusError):
        async with enter(app.chat.stream("hi", resume=True)) as stream:
            await to_list(stream)
    assert len(server.requests) == 2


async def test_query_is_retried_after_advised_wait(app: App, server: Server, waits: list[float]) -> None:
    server.answers = [error(429, Retry_After="7"), Answer(200, ANSWER)]
    assert (await maybe_await(app.chat.send("hi"))).answer == "hi"
    assert waits == [7.0]


async def test_query_with_other_status_is_not_retried(app: App, server: Server) -> None:
    server.default = error(503, Retry_After="1")
    with pytest.raises(InternalServerError):
        await maybe_await(app.chat.send("hi"))
    assert len(server.requests) == 1


async def test_upload_is_never_retried(app: App, server: Server) -> None:
    server.default = error(429, Retry_After="1")
    with pytest.raises(RateLimitError) as caught:
        await maybe_await(app.files.upload(b"content", filename="a.txt"))
    assert caught.value.retry_after == 1.0
    assert len(server.requests) == 1


async def test_refused_connection_is_retried_for_every_method(make: Callable[..., App], waits: list[float]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        app = make(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}/v1", max_retries=2)
        with pytest.raises(APIConnectionError, match="POST /chat-messages: ConnectError"):
            await maybe_await(app.chat.send("hi"))
        with pytest.raises(APIConnectionError, match="POST /files/upload: ConnectError"):
            await maybe_await(app.files.upload(b"content", filename="a.txt"))
        with pytest.raises(APIConnectionError, match="GET /info: ConnectError"):
            await maybe_await(app.application.info())
    assert len(waits) == 6


def drop(_: Received) -> Answer:
    """Break the connection after the request was read."""
    return Answer(drop=True)


async def test_get_is_retried_after_lost_connection(app: App, server: Server) -> None:
    server.answers = [drop, drop, Answer(200, {"id": "r"})]
    assert (await maybe_await(app.runs.get("r"))).id == "r"
    assert len(server.requests) == 3


async def test_query_is_never_retried_after_lost_connection(app: App, server: Server) -> None:
    server.default = drop
    with pytest.raises(APIConnectionError):
        await maybe_await(app.chat.send("hi"))
    with pytest.raises(APIConnectionError):
        async with enter(app.chat.stream("hi", resume=True)) as stream:
            await to_list(stream)
    with pytest.raises(APIConnectionError):
        await maybe_await(app.human_input.submit("token", "approve"))
    assert len(server.requests) == 3


async def test_stream_without_run_is_never_retried(app: App, server: Server) -> None:
    headers = {"Content-Type": "text/event-stream"}
    server.default = Answer(200, headers=headers, chunks=[b"event: ping\n\n"], cut=True)
    with pytest.raises(StreamInterruptedError):
        async with enter(app.chat.stream("hi", resume=True)) as stream:
            await to_list(stream)
    assert len(server.requests) == 1


async def test_query_is_never_retried_after_timeout(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(hang=True)
    app = make(timeout=0.2)
    with pytest.raises(APITimeoutError, match="pass a longer timeout"):
        await maybe_await(app.chat.send("hi"))
    assert len(server.requests) == 1
    with pytest.raises(APITimeoutError):
        await maybe_await(app.runs.get("r"))
    assert len(server.requests) == 4
