"""The options of a request: every method takes them, and a wrong name is answered like a wrong argument."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from dify_chatflow import ConfigurationError, DifyError, RateLimitError
from tests.client.modes import App, Mode, close, enter, maybe_await, method, to_list
from tests.client.operations import USES, Use
from tests.client.test_config import INFO
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

OPTIONS: dict[str, Any] = {
    "timeout": (1, 2, 3, 4),
    "max_retries": 0,
    "extra_headers": {"X-Team": "wheels", "User-Agent": None},
    "extra_query": {"debug": True, "tags": ["a", "b"]},
}
HAS_BODY = {"POST", "PUT", "DELETE"} - {"GET"}
NO_BODY = {"annotations.delete"}


@pytest.fixture
async def recorded(mode: Mode) -> AsyncIterator[tuple[App, list[httpx.Request]]]:
    """Yield a client whose requests are all refused with 429, and the requests."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.extensions["headers"] = request.headers.copy()  # the error hides those of the request
        requests.append(request)
        return httpx.Response(429, headers={"Retry-After": "1"})

    transport = httpx.MockTransport(answer)
    http = httpx.AsyncClient(transport=transport) if mode.is_async else httpx.Client(transport=transport)
    app = mode.client(http_client=http, headers={"X-Team": "bikes"}, user="eve")
    yield app, requests
    await close(app)


@pytest.mark.parametrize(("operation", "use"), [pytest.param(*item, id=item[1].name) for item in USES.items()])
async def test_every_method_takes_the_options(
    operation: tuple[str, str], use: Use, recorded: tuple[App, list[httpx.Request]]
) -> None:
    app, requests = recorded
    has_body = operation[0] in HAS_BODY and use.name not in NO_BODY
    options = OPTIONS | ({"extra_body": {"priority": "high", "user": "ada"}} if has_body else {})
    call = Use(use.name, use.args, use.kwargs | options, is_stream=use.is_stream)
    with pytest.raises(RateLimitError):
        await call(app)
    [request] = requests
    assert request.extensions["timeout"] == {"connect": 1, "read": 2, "write": 3, "pool": 4}
    headers = request.extensions["headers"]
    assert (headers["x-team"], "user-agent" in headers) == ("wheels", False)
    assert request.url.params["debug"] == "true"
    assert request.url.params.get_list("tags") == ["a", "b"]
    if has_body and headers["content-type"].startswith("multipart"):
        assert request.content.count(b'name="user"') == 1
        assert b'name="priority"\r\nContent-Type: text/plain\r\n\r\nhigh' in request.content
    elif has_body:
        assert httpx.Response(200, content=request.content).json() | options["extra_body"] == (
            httpx.Response(200, content=request.content).json()
        )


async def test_raw_methods_take_the_options(recorded: tuple[App, list[httpx.Request]]) -> None:
    app, requests = recorded
    for call in (app.raw.runs.get, app.raw.conversations.messages):
        with pytest.raises(RateLimitError):
            await maybe_await(call("id", max_retries=0, extra_query={"debug": 1}))
    assert [request.url.params["debug"] for request in requests] == ["1", "1"]


async def test_every_signature_names_the_options(app: App) -> None:
    groups = [name for name, _ in inspect.getmembers(app.raw) if not name.startswith("_")]
    methods = [
        (f"{group}.{name}", found)
        for group in groups
        for name, found in inspect.getmembers(getattr(app, group), inspect.ismethod)
        if not name.startswith("_")
    ]
    assert len(methods) > len(USES)
    for name, found in methods:
        parameter = list(inspect.signature(found).parameters.values())[-1]
        assert (parameter.kind, str(parameter.annotation)[-8:-1]) == (parameter.VAR_KEYWORD, "Options"), name
        assert "`extra_body`" in (inspect.getdoc(found) or ""), name


@pytest.mark.parametrize(
    ("name", "args", "wrong", "advice"),
    [
        ("chat.stream", ("hi",), "reusme", "did you mean 'resume'?"),
        ("chat.send", ("hi",), "conversation", "did you mean 'conversation_id'?"),
        ("runs.get", ("r",), "retries", "did you mean 'max_retries'?"),
        ("runs.get", ("r",), "trace_id", "the request options are extra_body, extra_headers, extra_query, max_retries"),
        ("runs.list", (), "create_after", "did you mean 'created_after'?"),
        ("raw.runs.get", ("r",), "x", "the request options are extra_body"),
    ],
)
async def test_unknown_options_name_the_nearest(
    name: str, args: tuple[Any, ...], wrong: str, advice: str, app: App, server: Server
) -> None:
    with pytest.raises(TypeError) as caught:
        await maybe_await(method(app, name)(*args, **{wrong: True}))
    group, _, name = name.removeprefix("raw.").partition(".")
    assert f"{group.title()}.{name}() got an unexpected keyword argument {wrong!r}; {advice}" in str(caught.value)
    assert server.requests == []


async def test_unknown_settings_name_the_nearest(app: App) -> None:
    with pytest.raises(TypeError, match=r"Chatflow\.with_options\(\) .*'time_out'; did you mean 'timeout'\?"):
        method(app, "with_options")(time_out=3)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"timeout": -1}, "timeout must be"),
        ({"max_retries": True}, "max_retries must be"),
        ({"extra_headers": {"a b": "c"}}, "invalid header name"),
        ({"extra_query": ["a"]}, "extra_query must be a mapping"),
        ({"extra_query": {"a": b"x"}}, "extra_query"),
        ({"extra_query": {"a": {"b": 1}}}, "extra_query"),
        ({"extra_query": {"a": [[1]]}}, "extra_query"),
        ({"extra_body": {"a": 1}}, "GET /info has no body with fields"),
    ],
)
async def test_invalid_options_are_refused(options: dict[str, Any], text: str, app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError, match=text):
        await maybe_await(app.application.info(**options))
    assert server.requests == []


@pytest.mark.parametrize("trace_id", ["", "a b", "x" * 129, "ü"])
async def test_invalid_trace_ids_are_refused(trace_id: Any, app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError, match="trace_id must be 1 to 128 letters"):
        await maybe_await(app.chat.send("hi", trace_id=trace_id))
    assert server.requests == []


async def test_uploads_keep_out_extra_fields(app: App, server: Server) -> None:
    server.reply(201, {"id": "upload-1", "name": "a.png", "mime_type": "image/png"})
    server.reply(500, {})
    options: dict[str, Any] = {"extra_body": {"priority": 1}, "extra_headers": {"X-Team": "wheels"}, "trace_id": "t-1"}
    with pytest.raises(DifyError):
        await maybe_await(app.chat.send("hi", files=[b"a picture"], **options))
    upload, query = server.requests
    assert b"priority" not in upload.body
    assert query.json["priority"] == 1
    for request in (upload, query):
        assert (request.headers["x-team"], request.headers["x-trace-id"]) == ("wheels", "t-1")


async def test_pages_keep_the_options(app: App, server: Server) -> None:
    item: dict[str, Any] = {
        "created_at": 1,
        "updated_at": 1,
        "name": "a",
        "inputs": {},
        "status": "normal",
        "introduction": "",
    }
    server.reply(200, {"data": [item | {"id": "1"}], "has_more": True, "limit": 1})
    server.reply(200, {"data": [item | {"id": "2"}], "has_more": False, "limit": 1})
    assert len(await to_list(app.conversations.list(extra_query={"a": 1}, extra_headers={"X-B": "2"}))) == 2
    assert [(sent.query["a"], sent.headers["x-b"]) for sent in server.requests] == [("1", "2")] * 2


async def test_conversations_pass_the_options(app: App, server: Server) -> None:
    conversation = app.conversation("c-1")
    with pytest.raises(DifyError):
        await maybe_await(conversation.send("hi", trace_session_id="s-1", max_retries=0))
    with pytest.raises(DifyError):
        async with enter(conversation.stream("hi", extra_body={"priority": 1})) as stream:
            await to_list(stream)
    assert server.requests[0].headers["x-trace-session-id"] == "s-1"
    assert server.requests[1].json["priority"] == 1


async def test_headers_come_from_the_environment(
    make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIFY_HEADERS", "X-Team: bikes\n X-Gateway : a: b \n\nUser-Agent: mine")
    server.default = Answer(200, INFO)
    app = make(headers={"user-agent": None})
    await maybe_await(app.application.info(extra_headers={"x-team": "wheels"}))
    headers = server.requests[0].headers
    assert (headers["x-team"], headers["x-gateway"], "user-agent" in headers) == ("wheels", "a: b", False)


@pytest.mark.parametrize(
    ("text", "message"),
    [("X-A: b\nsecret-value", "no colon in line 2"), ("a b: secret-value", "invalid header name: 'a b'")],
)
def test_invalid_environment_headers_are_refused(
    text: str, message: str, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIFY_HEADERS", text)
    with pytest.raises(ConfigurationError, match=f"DIFY_HEADERS.*{message}") as caught:
        mode.client()
    assert "secret-value" not in str(caught.value)


async def test_copies_take_every_setting(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(200, INFO)
    app = make()
    parameters = set(inspect.signature(type(app).__init__).parameters) - {"self"}
    settings = type(app).with_options.__globals__[type(app).__name__.replace("Chatflow", "Settings")]
    assert parameters == settings.__optional_keys__
    copied = app.with_options(
        api_key="app-other-key", base_url=f"{server.base_url}/v2", user=None, max_response_size=9999
    )
    await maybe_await(copied.application.info())
    assert server.requests[0].target == "/v1/v2/info"
    assert server.requests[0].headers["authorization"] == "Bearer app-other-key"
    assert (copied.user, app.user) == (None, "abc-123")
    await close(copied)
    assert app.is_closed
