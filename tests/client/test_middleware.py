"""Middleware: around each attempt, ordered, with unread bodies and unchanged errors; and keys from functions."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest

from dify_chatflow import APIConnectionError, ConfigurationError, NotFoundError
from tests.client.modes import App, Mode, enter, maybe_await, next_event, to_list
from tests.client.operations import RUN
from tests.client.test_config import INFO
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

EVENT = b'data: {"event": "message", "answer": "Hi", "message_id": "m", "conversation_id": "c", "task_id": "t"}\n\n'
Layer = Callable[[Any, Any], Any]


def layer(mode: Mode, before: Callable[[Any], Any], after: Callable[[Any], object] = bool) -> Layer:
    """Return middleware that calls a function with the request and one with the response."""

    def middleware(request: Any, call_next: Any) -> Any:
        before(request)
        response = call_next(request)
        after(response)
        return response

    async def async_middleware(request: Any, call_next: Any) -> Any:
        before(request)
        response = await call_next(request)
        after(response)
        return response

    return async_middleware if mode.is_async else middleware


def answering(mode: Mode, response: Any) -> Layer:
    """Return middleware that answers by itself."""

    def middleware(*_: Any) -> Any:
        return response

    async def async_middleware(*_: Any) -> Any:
        return response

    return async_middleware if mode.is_async else middleware


async def test_first_middleware_is_outermost(mode: Mode, make: Callable[..., App], server: Server) -> None:
    seen: list[str] = []

    def named(name: str) -> Layer:
        return layer(mode, lambda _: seen.append(name), lambda _: seen.append(name))

    layers = [named("outer"), named("inner")]
    server.default = Answer(200, INFO)
    app = make(middleware=layers)
    await maybe_await(app.application.info())
    assert seen == ["outer", "inner", "inner", "outer"]
    await maybe_await(app.with_options(middleware=[]).application.info())
    assert len(seen) == 4


async def test_each_attempt_passes_middleware(mode: Mode, make: Callable[..., App], server: Server) -> None:
    server.answers = [Answer(503), Answer(drop=True), Answer(200, INFO)]
    seen: list[Any] = []
    statuses: list[int] = []

    def before(request: Any) -> None:
        seen.append(request.extensions["dify_chatflow"])

    app = make(middleware=[layer(mode, before, lambda response: statuses.append(response.status_code))])
    await maybe_await(app.application.info())
    assert [found["attempt"] for found in seen] == [1, 2, 3]
    assert statuses == [503, 200]
    assert (seen[0]["operation"], seen[0]["path"]) == ("get_advanced_chat_app_info", "/info")


async def test_request_can_be_changed(mode: Mode, make: Callable[..., App], server: Server) -> None:
    server.default = Answer(200, INFO)
    app = make(middleware=[layer(mode, lambda request: request.headers.update({"X-Team": "bikes"}))])
    await maybe_await(app.application.info())
    assert server.requests[0].headers["x-team"] == "bikes"


async def test_stream_reaches_middleware_unread(mode: Mode, make: Callable[..., App], server: Server) -> None:
    server.reply(200, None, chunks=[EVENT], linger=True, headers={"Content-Type": "text/event-stream"})
    states: list[bool] = []
    app = make(middleware=[layer(mode, lambda _: None, lambda response: states.append(response.is_closed))])
    async with enter(app.chat.stream("hi")) as stream:
        assert (await next_event(stream)).event == "message"
    assert states == [False]


async def test_body_can_be_read_in_middleware(mode: Mode, make: Callable[..., App], server: Server) -> None:
    server.default = Answer(200, INFO)
    bodies: list[Any] = []

    def read(request: Any, call_next: Any) -> Any:
        response = call_next(request)
        bodies.append(response.read())
        return response

    async def async_read(request: Any, call_next: Any) -> Any:
        response = await call_next(request)
        bodies.append(await response.aread())
        return response

    app = make(middleware=[async_read if mode.is_async else read])
    assert (await maybe_await(app.application.info())).name == "Bikes"
    assert b"Bikes" in bodies[0]


async def test_middleware_can_answer(mode: Mode, make: Callable[..., App], server: Server) -> None:
    app = make(middleware=[answering(mode, httpx.Response(200, json=INFO))])
    assert (await maybe_await(app.application.info())).name == "Bikes"
    refused = make(middleware=[answering(mode, httpx.Response(404, json={"code": "not_found", "message": "no"}))])
    with pytest.raises(NotFoundError, match="no"):
        await maybe_await(refused.application.info())
    events = httpx.Response(200, content=EVENT, headers={"Content-Type": "text/event-stream"})
    async with enter(make(middleware=[answering(mode, events)]).runs.events(RUN)) as stream:
        assert (await next_event(stream)).event == "message"
    assert server.requests == []


async def test_errors_of_middleware_are_unchanged(mode: Mode, make: Callable[..., App], server: Server) -> None:
    error = LookupError("mine")

    def fail(_: Any) -> None:
        raise error

    app = make(middleware=[layer(mode, fail)])
    for call in (app.application.info, partial(app.chat.send, "hi")):
        with pytest.raises(LookupError) as caught:
            await maybe_await(call())
        assert caught.value is error
    with pytest.raises(LookupError):
        async with enter(app.chat.stream("hi")) as stream:
            await to_list(stream)
    assert server.requests == []


async def test_library_errors_are_connection_errors(mode: Mode, make: Callable[..., App]) -> None:
    attempts: list[int] = []

    def fail(request: Any) -> None:
        attempts.append(request.extensions["dify_chatflow"]["attempt"])
        raise httpx.ReadError("cut", request=request)

    with pytest.raises(APIConnectionError, match="cut"):
        await maybe_await(make(middleware=[layer(mode, fail)]).application.info())
    assert attempts == [1, 2, 3]


async def test_middleware_without_response_is_refused(mode: Mode, make: Callable[..., App]) -> None:
    with pytest.raises(TypeError, match="must return a response, not NoneType; return that of call_next"):
        await maybe_await(make(middleware=[answering(mode, None)]).application.info())


@pytest.mark.parametrize("value", [3, "text", [None], len])
def test_invalid_middleware_is_refused(value: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="middleware must be a list of functions"):
        mode.client(middleware=value)


async def test_key_function_is_called_for_each_attempt(mode: Mode, make: Callable[..., App], server: Server) -> None:
    keys = iter(["app-first-key", "app-second-key", "app-third-key"])

    async def next_key() -> str:
        return next(keys)

    server.answers = [Answer(503), Answer(200, INFO), Answer(200, INFO)]
    app = make(api_key=next_key if mode.is_async else lambda: next(keys))
    await maybe_await(app.application.info())
    assert [sent.headers["authorization"][7:] for sent in server.requests] == ["app-first-key", "app-second-key"]
    await maybe_await(app.with_options(api_key=lambda: "app-other-key").application.info())
    assert server.requests[2].headers["authorization"] == "Bearer app-other-key"


async def test_key_of_function_never_shows(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(404, {"code": "not_found", "message": "unknown key app-very-secret-rotated"})
    app = make(api_key=partial(str, "app-very-secret-rotated"))
    with pytest.raises(NotFoundError) as caught:
        await maybe_await(app.application.info())
    shown = [str(caught.value), repr(app), repr(vars(app)["_session"].config), repr(vars(caught.value))]
    assert [text for text in shown if "rotated" in text] == []
    with pytest.raises(TypeError, match="cannot pickle a client with a function as api_key"):
        pickle.dumps(app)


@pytest.mark.parametrize(("key", "text"), [("", "missing API key"), (3, "must be text, not int")])
async def test_invalid_key_of_function_is_refused(
    key: Any, text: str, make: Callable[..., App], server: Server
) -> None:
    with pytest.raises(ConfigurationError, match=text):
        await maybe_await(make(api_key=lambda: key).application.info())
    assert server.requests == []


async def test_errors_of_key_function_are_unchanged(make: Callable[..., App]) -> None:
    def fail() -> str:
        raise httpx.ConnectError("the vault is closed")

    with pytest.raises(httpx.ConnectError, match="vault"):
        await maybe_await(make(api_key=fail).application.info())
