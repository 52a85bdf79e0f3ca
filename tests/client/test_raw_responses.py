"""Raw responses of every method, and of requests that no method covers."""

from __future__ import annotations

import inspect
import json
import logging
from typing import Any

import pytest

from dify_chatflow import ConfigurationError, InternalServerError, NotFoundError, RawPage, ResponseDecodeError
from tests.client.modes import KEY, App, maybe_await
from tests.client.test_config import INFO
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

ITEM: dict[str, Any] = {
    "created_at": 1,
    "updated_at": 1,
    "name": "a",
    "inputs": {},
    "status": "normal",
    "introduction": "",
}


async def test_raw_response_describes_the_exchange(app: App, server: Server) -> None:
    server.answers = [Answer(503), Answer(200, INFO, headers={"X-Version": "1.9.2"})]
    raw = await maybe_await(app.raw.application.info())
    assert (raw.status_code, raw.attempts, raw.server_version) == (200, 2, "1.9.2")
    assert raw.url == f"{server.base_url}/info"
    assert json.loads(raw.content) == INFO
    assert raw.parsed.name == "Bikes"
    assert 0 < raw.elapsed < 60
    assert raw.request.method == "GET"
    assert repr(app.raw).endswith(f"Raw(base_url='{server.base_url}')")
    assert repr(app.raw.chat).endswith(f"RawChat(base_url='{server.base_url}')")


async def test_raw_request_has_body_without_key(app: App, server: Server) -> None:
    server.reply(200, {"result": "success"})
    raw = await maybe_await(app.raw.chat.stop("task-1"))
    assert json.loads(raw.request.content) == {"user": "abc-123"}
    assert "authorization" not in raw.request.headers
    assert KEY not in repr(raw) + repr(vars(raw)) + repr(raw.request.headers)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    server.reply(201, {"id": "f", "name": "a.png"})
    assert (await maybe_await(app.raw.files.upload(b"x", filename="a.png"))).request.content == b""


@pytest.mark.parametrize(
    ("name", "argument", "page", "cursor"),
    [
        ("conversations.list", "last_id", {"data": [ITEM | {"id": "1"}, ITEM | {"id": "2"}], "has_more": True}, "2"),
        ("conversations.list", "last_id", {"data": [ITEM | {"id": "1"}], "has_more": False}, None),
        ("feedback.list", "page", {"data": [{"id": "1", "rating": "like"}]}, 4),
        ("feedback.list", "page", {"data": []}, None),
    ],
)
async def test_raw_page_has_next_cursor(
    name: str, argument: str, page: dict[str, Any], cursor: int | str | None, app: App, server: Server
) -> None:
    server.reply(200, page)
    group, _, method = name.partition(".")
    arguments = {"page": 3} if argument == "page" else {}
    raw = await maybe_await(getattr(getattr(app.raw, group), method)(**arguments))
    assert isinstance(raw, RawPage)
    assert raw.next_cursor == cursor
    assert argument in inspect.signature(getattr(getattr(app, group), method)).parameters


async def test_request_sends_what_is_given(app: App, server: Server) -> None:
    server.default = Answer(200, {"answer": [1]})
    raw = await maybe_await(app.request("get", "/new/things", params={"a": 1, "b": None}, extra_headers={"X-A": "b"}))
    assert (raw.parsed, raw.status_code, raw.url) == ({"answer": [1]}, 200, f"{server.base_url}/new/things?a=1")
    await maybe_await(app.request("POST", "/new/things", json={"a": 1}, extra_body={"b": 2}))
    await maybe_await(app.request("PATCH", "/new/things", data={"a": "x y", "b": None}, extra_body={"c": True}))
    await maybe_await(app.request("PUT", "/new/things", data={"a": 1}, files={"f": ("a.txt", b"content")}))
    first, second, third, fourth = server.requests
    assert (first.method, first.headers["x-a"], first.headers["authorization"]) == ("GET", "b", f"Bearer {KEY}")
    assert second.json == {"a": 1, "b": 2}
    assert (third.body, third.headers["content-type"]) == (b"a=x+y&c=true", "application/x-www-form-urlencoded")
    assert b'name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ncontent' in fourth.body
    assert b'name="a"' in fourth.body


async def test_request_returns_other_bodies_as_bytes(app: App, server: Server) -> None:
    server.reply(200, b"\x00\x01", headers={"Content-Type": "audio/mpeg"})
    raw = await maybe_await(app.request("GET", "/sound"))
    assert (raw.parsed, raw.content) == (None, b"\x00\x01")
    server.reply(204, b"")
    assert (await maybe_await(app.request("DELETE", "/sound"))).parsed is None
    server.reply(200, "{", headers={"Content-Type": "application/json"})
    with pytest.raises(ResponseDecodeError, match="GET /sound"):
        await maybe_await(app.request("GET", "/sound"))


@pytest.mark.parametrize(("verb", "attempts"), [("GET", 3), ("PUT", 3), ("POST", 1), ("PATCH", 1)])
async def test_request_retries_idempotent_methods(verb: str, attempts: int, app: App, server: Server) -> None:
    server.default = Answer(503, {"code": "busy", "message": "later"})
    with pytest.raises(InternalServerError, match=rf"503 busy: later \({verb} /new\)"):
        await maybe_await(app.request(verb, "/new"))
    assert len(server.requests) == attempts


async def test_request_hides_form_tokens(app: App, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "dify_chatflow")
    server.default = Answer(404, {"code": "not_found", "message": "gone"})
    with pytest.raises(NotFoundError) as caught:
        await maybe_await(app.request("GET", "/form/human_input/token-4711"))
    assert "4711" not in str(caught.value) + caplog.text
    assert "/form/human_input/{form_token}" in str(caught.value)


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        (("BREW", "/info"), {}, "unknown method: 'BREW'; use one of GET"),
        ((None, "/info"), {}, "unknown method: None"),
        (("GET", "info"), {}, "must begin with one slash"),
        (("GET", "//other.example/info"), {}, "must begin with one slash"),
        (("GET", "https://other.example/info"), {}, "without the base URL"),
        (("GET", "/a/../b"), {}, "no dots"),
        (("GET", "/info?a=1"), {}, "pass params"),
        (("GET", "/info"), {"params": {"a": {}}}, r"params\['a'\]"),
        (("POST", "/info"), {"json": {"a": b""}}, "json"),
        (("POST", "/info"), {"json": {"a": 1}, "data": {"a": 1}}, "one body"),
        (("POST", "/info"), {"json": [1], "extra_body": {"a": 1}}, "no body with fields"),
    ],
)
async def test_invalid_requests_are_refused(
    args: tuple[Any, ...], kwargs: dict[str, Any], text: str, app: App, server: Server
) -> None:
    with pytest.raises(ConfigurationError, match=text):
        await maybe_await(app.request(*args, **kwargs))
    assert server.requests == []
