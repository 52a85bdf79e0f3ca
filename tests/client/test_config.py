"""Settings: where they come from, what is refused, what copies share, and what never shows."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import gc
import pickle
import re
import threading
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, cast

import httpx
import pytest

from dify_chatflow import AsyncChatflow, Chatflow, ConfigurationError, DifyError
from tests.client.modes import KEY, App, Mode, close, close_http, maybe_await, session_of
from tests.client.operations import USES
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

INFO: dict[str, Any] = {"name": "Bikes", "description": "", "tags": [], "mode": "advanced-chat", "author_name": "Ada"}


async def test_environment_provides_missing_settings(
    mode: Mode, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIFY_API_KEY", " app-from-environment\n")
    monkeypatch.setenv("DIFY_BASE_URL", server.base_url)
    server.default = Answer(200, INFO)
    from_environment, given = mode.client(None), mode.client("app-given", base_url=f"{server.base_url}/")
    for app in (from_environment, given):
        assert (await maybe_await(app.application.info())).name == "Bikes"
        await close(app)
    keys = [request.headers["authorization"] for request in server.requests]
    assert keys == ["Bearer app-from-environment", "Bearer app-given"]


def test_base_url_defaults_to_the_cloud(mode: Mode) -> None:
    assert mode.client().base_url == "https://api.dify.ai/v1"


@pytest.mark.parametrize("end", ["", "/", "///"])
@pytest.mark.parametrize("prefix", ["", "/v1", "/tools/dify/v1"])
async def test_base_url_keeps_prefix_without_slash(
    prefix: str, end: str, make: Callable[..., App], server: Server
) -> None:
    server.default = Answer(200, INFO)
    app = make(base_url=server.base_url.removesuffix("/v1") + prefix + end)
    await maybe_await(app.application.info())
    assert server.requests[0].target == f"{prefix}/info"


@pytest.mark.parametrize("key", [None, "", "  ", "\n"])
def test_missing_key_names_the_variable(key: str | None, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="DIFY_API_KEY"):
        mode.client(key)


@pytest.mark.parametrize("key", ["app-a b", "app-ä", "app-\x00x", "app-a\nX-Header: y"])
def test_invalid_key_is_refused_and_hidden(key: str, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="copy it again") as caught:
        mode.client(key)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "base_url",
    [
        *(
            "localhost/v1",
            "api.dify.ai",
            "ftp://localhost",
            "http://",
            "https:///v1",
            "http://h/v1?x=1",
            "http://h/v1#x",
        ),
        *("http://h:port/v1", "http://h:99999/v1", "http://h:0/v1", "http://[::1/v1", "http://a b/v1"),
    ],
)
def test_invalid_base_url_is_refused(base_url: str, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="base URL"):
        mode.client(base_url=base_url)


def test_base_url_password_is_refused_and_hidden(mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="holds a user name or a password") as caught:
        mode.client(base_url="https://ada:lovelace@localhost/v1")
    assert "lovelace" not in str(caught.value)


@pytest.mark.parametrize("timeout", [0, -1, "5", True, float("nan"), (1, 2), (1, 2, 3, -4), (1, 2, 3, "4")])
def test_invalid_timeout_is_refused(timeout: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="timeout must be a positive number"):
        mode.client(timeout=timeout)
    app = mode.client()
    with pytest.raises(ConfigurationError, match="timeout must be a positive number"):
        app.with_options(timeout=timeout)


@pytest.mark.parametrize("retries", [-1, 1.5, "2"])
def test_max_retries_must_be_an_integer(retries: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="max_retries"):
        mode.client(max_retries=retries)


def test_headers_must_be_a_mapping(mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="headers must be a mapping"):
        mode.client(headers=["X-Team: bikes"])


@pytest.mark.parametrize("headers", [{"X-Token": "sécret"}, {"X-Token": "s3cret\r\n"}, {"X Token": "s3cret"}, {"": ""}])
def test_invalid_header_is_refused_and_hidden(headers: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="header") as caught:
        mode.client(headers=headers)
    assert "cret" not in str(caught.value)


def test_http_client_of_other_kind_is_refused(mode: Mode) -> None:
    other = httpx.Client() if mode.is_async else httpx.AsyncClient()
    for wrong in (other, httpx.Client, httpx.AsyncClient, "http", object()):
        with pytest.raises(
            ConfigurationError, match=r"must be an httpx\.(Async)?Client, or a client with its interface"
        ):
            mode.client(http_client=wrong)


def test_configuration_error_is_a_value_error() -> None:
    assert issubclass(ConfigurationError, ValueError)
    assert issubclass(ConfigurationError, DifyError)


async def test_headers_cannot_replace_the_key(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(200, INFO)
    app = make(headers={"X-Team": "bikes", "User-Agent": "mine/1", "authorization": "Bearer other"})
    await maybe_await(app.application.info())
    headers = server.requests[0].headers
    assert (headers["x-team"], headers["user-agent"]) == ("bikes", "mine/1")
    assert headers["authorization"] == f"Bearer {KEY}"


async def test_header_names_ignore_case(make: Callable[..., App], mode: Mode) -> None:
    sent: list[tuple[bytes, bytes]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.extend(request.headers.raw)
        return httpx.Response(200, json={"result": "success"})

    transport = httpx.MockTransport(answer)
    http = httpx.AsyncClient(transport=transport) if mode.is_async else httpx.Client(transport=transport)
    written = {"x-team": "bikes", "USER-AGENT": "mine/1", "AUTHORIZATION": "Bearer other", "content-type": "x/y"}
    app = make(http_client=http, headers=written)
    await maybe_await(app.with_options(headers={"X-Team": "wheels"}).chat.stop("task-1"))
    names = [name.lower() for name, _ in sent]
    assert sorted(names) == sorted(set(names))
    headers = {name.lower(): value for name, value in sent}
    assert (headers[b"x-team"], headers[b"user-agent"]) == (b"wheels", b"mine/1")
    assert (headers[b"content-type"], headers[b"authorization"]) == (b"application/json", f"Bearer {KEY}".encode())


async def test_with_options_changes_only_the_copy(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(503, "")
    app = make(max_retries=1, headers={"X-Team": "bikes"})
    before = session_of(app).config
    copied = app.with_options(timeout=3, max_retries=0, headers={"X-Trace": "1"}, user="eve")
    assert session_of(app).config is before
    for client, team, trace in ((copied, "bikes", "1"), (app, "bikes", None)):
        server.requests.clear()
        with pytest.raises(DifyError):
            await maybe_await(client.chat.suggested("m"))
        sent = server.requests[-1]
        assert (sent.headers.get("x-team"), sent.headers.get("x-trace")) == (team, trace)
        assert sent.query["user"] == ("eve" if client is copied else "abc-123")
        assert len(server.requests) == (1 if client is copied else 2)


async def test_copies_share_the_connection(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(200, INFO)
    app = make()
    for client in (app, app.with_options(max_retries=0), app.with_options(user="eve").with_options(timeout=None)):
        await maybe_await(client.application.info())
    assert len(server.requests) == 3
    assert server.connections == 1


def test_invalid_options_are_refused(mode: Mode) -> None:
    app = mode.client()
    with pytest.raises(ConfigurationError, match="max_retries"):
        app.with_options(max_retries=-1)
    with pytest.raises(ConfigurationError, match="headers"):
        app.with_options(headers=cast("Any", "X: y"))


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, {"connect": 5.0, "read": 300.0, "write": 300.0, "pool": 300.0}),
        ({"timeout": 30}, {"connect": 5.0, "read": 30, "write": 30, "pool": 30}),
        ({"timeout": 2}, {"connect": 2, "read": 2, "write": 2, "pool": 2}),
        ({"timeout": (1, 2, 3, None)}, {"connect": 1, "read": 2, "write": 3, "pool": None}),
        ({"timeout": httpx.Timeout(9.0, connect=1.0)}, {"connect": 1.0, "read": 9.0, "write": 9.0, "pool": 9.0}),
        ({"timeout": None}, {"connect": None, "read": None, "write": None, "pool": None}),
    ],
)
async def test_timeouts_of_client_and_copy(
    given: dict[str, Any], sent: dict[str, Any], make: Callable[..., App], mode: Mode
) -> None:
    seen: list[Any] = []
    app = make(http_client=http_client(mode, seen), **given)
    changed = app.with_options(**given) if given else make(http_client=http_client(mode, seen), timeout=300.0)
    await maybe_await(changed.application.info())
    if given:
        await maybe_await(app.application.info())
    assert seen == [sent] * len(seen)
    assert seen


def http_client(mode: Mode, seen: list[Any]) -> Any:
    """Return a caller's HTTP client that records the requested timeouts."""

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, json=INFO)

    transport = httpx.MockTransport(answer)
    return httpx.AsyncClient(transport=transport) if mode.is_async else httpx.Client(transport=transport)


NEEDS_USER = {
    "chat.send",
    "chat.stop",
    "chat.suggested",
    "conversations.rename",
    "files.upload",
    "feedback.submit",
    "human_input.submit",
    "runs.events",
}


async def test_missing_user_is_refused_before_requests(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(418, "")
    app = make(user=None)
    refused: set[str] = set()
    for use in USES.values():
        anonymous = type(use)(use.name, use.args, {**use.kwargs, "user": None}, is_stream=use.is_stream)
        if "user" not in use.kwargs:
            continue
        before = len(server.requests)
        with pytest.raises(DifyError) as caught:
            await anonymous(app)
        if isinstance(caught.value, ConfigurationError):
            assert "user='...'" in str(caught.value)
            assert len(server.requests) == before
            refused.add(use.name)
    assert refused == NEEDS_USER
    with pytest.raises(ConfigurationError):
        app.chat.stream("hello")


@pytest.mark.parametrize("user", [None, "eve"])
async def test_user_of_a_call_has_priority(user: str | None, app: App, server: Server) -> None:
    server.default = Answer(200, {"result": "success"})
    await maybe_await(app.chat.stop("task-1", user=user))
    assert server.requests[0].json == {"user": user or "abc-123"}


async def test_closed_client_raises(mode: Mode, server: Server) -> None:
    app = mode.client(base_url=server.base_url)
    copied = app.with_options(max_retries=0)
    await close(app)
    for client in (app, copied):
        with pytest.raises(RuntimeError, match="the client is closed"):
            await maybe_await(client.application.info())
    await close(app)
    assert server.requests == []


async def test_closed_http_client_raises(make: Callable[..., App], mode: Mode) -> None:
    http = http_client(mode, [])
    app = make(http_client=http)
    await maybe_await(http.aclose() if mode.is_async else http.close())
    with pytest.raises(RuntimeError, match="the client is closed"):
        await maybe_await(app.application.info())


async def test_client_is_a_context_manager(mode: Mode, server: Server) -> None:
    from tests.client.modes import enter

    server.default = Answer(200, INFO)
    async with enter(mode.client(base_url=server.base_url)) as app:
        await maybe_await(app.application.info())
    with pytest.raises(RuntimeError, match="the client is closed"):
        await maybe_await(app.application.info())


async def test_used_client_warns_when_never_closed(mode: Mode, server: Server) -> None:
    server.default = Answer(200, INFO)
    app = mode.client(base_url=server.base_url)
    await maybe_await(app.application.info())
    http = session_of(app).pool.http
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        del app
        gc.collect()
    (text,) = [str(warning.message) for warning in caught]
    assert re.search(r"never closed: use `(async )?with`, or call a?close\(\)", text)
    await close_http(http)


@pytest.mark.filterwarnings("error")
def test_unused_client_needs_no_closing(mode: Mode) -> None:
    app = mode.client()
    del app
    gc.collect()


async def test_copies_have_settings_and_own_connections(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(200, INFO)
    app = make(timeout=(1, 2, 3, 4), max_retries=7, headers={"X-Team": "bikes"})
    await maybe_await(app.application.info())
    for copied in (copy.deepcopy(app), copy.copy(app)):
        assert type(copied) is type(app)
        assert session_of(copied).config == session_of(app).config
        await maybe_await(copied.application.info())
        await close(copied)
    assert server.connections == 3, "each has its own connections"
    assert len({request.headers["x-team"] for request in server.requests}) == 1


async def test_copy_keeps_own_http_client(make: Callable[..., App], mode: Mode) -> None:
    seen: list[Any] = []
    app = make(http_client=http_client(mode, seen))
    await maybe_await(copy.copy(app).application.info())
    assert len(seen) == 1


async def test_pickle_holds_settings_without_key(
    make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = Answer(200, INFO)
    app = make(timeout=(1, 2, 3, 4), max_retries=7)
    pickled = pickle.dumps(app)
    assert KEY.encode() not in pickled
    monkeypatch.setenv("DIFY_API_KEY", "app-of-the-other-process")
    restored = pickle.loads(pickled)  # noqa: S301
    assert type(restored) is type(app)
    assert (
        dataclasses.replace(session_of(restored).config, api_key=session_of(app).config.api_key)
        == session_of(app).config
    )
    await maybe_await(restored.application.info())
    await close(restored)
    assert server.requests[0].headers["authorization"] == "Bearer app-of-the-other-process"


async def test_pickle_without_key_in_environment_is_refused(make: Callable[..., App]) -> None:
    pickled = pickle.dumps(make())
    with pytest.raises(ConfigurationError, match="DIFY_API_KEY"):
        pickle.loads(pickled)  # noqa: S301


async def test_pickle_of_own_headers_is_refused(make: Callable[..., App]) -> None:
    with pytest.raises(TypeError, match="x-token") as caught:
        pickle.dumps(make(headers={"X-Token": "another-secret"}))
    assert "another-secret" not in str(caught.value)


async def test_pickle_of_own_http_client_is_refused(make: Callable[..., App], mode: Mode) -> None:
    with pytest.raises(TypeError, match="own http_client"):
        pickle.dumps(make(http_client=http_client(mode, [])))


def traced(error: BaseException) -> str:
    """Return a traceback as error reporters print it: with the local variables of every frame."""
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


FAULTS = {
    "refused": Answer(401, {"code": "unauthorized", "message": "no", "status": 401}),
    "dropped": Answer(drop=True),
    "silent": Answer(hang=True),
    "unreadable": Answer(200, "<html>"),
    "encoded": Answer(200, "plain", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_key_is_hidden_in_traceback_locals(fault: str, make: Callable[..., App], server: Server) -> None:
    server.default = FAULTS[fault]
    app = make(timeout=0.3, max_retries=1, headers={"X-Token": "another-secret"})
    for call in (app.application.info, partial(app.chat.send, "hi")):
        with pytest.raises(DifyError) as caught:
            await maybe_await(call())
        text = traced(caught.value)
        assert "self._session" in text, "the package's own frames are there"
        assert KEY not in text
        assert "another-secret" not in text


def test_key_is_hidden_when_settings_are_refused(mode: Mode) -> None:
    kind = AsyncChatflow if mode.is_async else Chatflow
    with pytest.raises(ConfigurationError) as caught:
        kind("".join(["app-", "quite-", "secret"]), base_url="localhost")
    told = traced(caught.value)
    assert f"self = {kind.__name__}()" in told
    assert "app-quite-secret" not in told


@pytest.mark.parametrize("show", [repr, str, "{}".format])
def test_key_is_hidden_in_reprs(show: Any, mode: Mode) -> None:
    app = mode.client(headers={"X-Token": "another-secret"}, user="abc-123")
    for part in (app, session_of(app).config, app.chat, session_of(app), app.raw, app.conversation()):
        assert KEY not in show(part)
        assert "another-secret" not in show(part)
    assert "abc-123" in show(app)


def test_threads_share_a_client(server: Server) -> None:
    barrier = threading.Barrier(8)

    def ask(app: Chatflow, number: int) -> bool:
        barrier.wait(10)
        user = f"user-{number}"
        answers = [app.with_options(user=user).chat.stop(f"task-{number}").result for _ in range(5)]
        raw = app.raw.application.info()
        return answers == ["success"] * 5 and raw.parsed.name == "Bikes"

    server.default = Answer(200, {"result": "success", **INFO})
    with Chatflow(KEY, base_url=server.base_url) as app, ThreadPoolExecutor(8) as threads:
        assert all(threads.map(partial(ask, app), range(8)))
    sent = [request for request in server.requests if request.method == "POST"]
    assert len(sent) == 40
    assert all(request.path.split("-")[-1].removesuffix("/stop") in request.json["user"] for request in sent)


async def test_tasks_share_a_client(server: Server) -> None:
    def answer(received: Any) -> Answer:
        return Answer(200, {"id": received.path.rpartition("/")[2]}, headers={"X-Path": received.path})

    server.default = answer
    async with AsyncChatflow(KEY, base_url=server.base_url) as app:
        runs = await asyncio.gather(*(app.raw.runs.get(f"run-{number}") for number in range(30)))
    assert [raw.parsed.id for raw in runs] == [f"run-{number}" for number in range(30)]
    assert [raw.headers["x-path"] for raw in runs] == [f"/v1/workflows/run/run-{number}" for number in range(30)]
