"""Answers relayed to browsers: which events a page gets, what it never gets, and runs whose reader leaves."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, nullcontext
from importlib import import_module
from typing import Any

import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from dify_chatflow import (
    RELAY_HEADERS,
    AsyncChatflow,
    Chatflow,
    ChatStream,
    ConfigurationError,
    StreamStateError,
)
from dify_chatflow.testing import Flow, LocalDify, Node, Script
from tests.browser import serving, wait_for
from tests.client.modes import App, Mode, Stream, close, iterate

pytestmark = pytest.mark.anyio

Event = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def dify() -> Iterator[LocalDify]:
    with LocalDify(show_keys=True) as server:
        yield server


@pytest.fixture
async def client(mode: Mode, dify: LocalDify) -> AsyncIterator[App]:
    app = mode.client(dify.api_key, base_url=dify.base_url, user="abc-123")
    yield app
    await close(app)
    dify.faults.clear()
    dify.script = None


def decode(body: bytes) -> list[Event]:
    """Return the events of a body, as a browser parses them."""
    events: list[Event] = []
    for block in body.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


async def body_of(stream: Stream, **options: Any) -> bytes:
    return b"".join([part async for part in iterate(stream.relay(**options))])


def shown(events: list[Event]) -> str:
    """Return the text that a page shows in the end."""
    text = ""
    for name, data in events:
        match name:
            case "start":
                text = ""
            case "text":
                text += data["text"]
            case "replace":
                text = data["text"]
            case _:
                pass
    return text


@pytest.mark.parametrize(
    ("query", "names", "text"),
    [
        ("hello", ["start", "text", "text", "text", "end"], "You said: hello"),
        ("unsafe", ["start", *["text"] * 6, "replace", "end"], "This answer is blocked."),
        ("forbidden", ["start", "text", "end"], "This question is blocked."),
        ("human", ["start", "text", "pause"], "Let me ask. "),
        ("fail", ["start", "text", "failure"], "never "),
        ("broken", ["failure"], ""),
    ],
)
async def test_page_shows_the_answer(client: App, query: str, names: list[str], text: str) -> None:
    stream = client.chat.stream(query)
    events = decode(await body_of(stream))
    assert [name for name, _ in events] == names
    assert shown(events) == text
    if names[-1] == "end":
        assert text == stream.reply.answer


async def test_body_names_the_run_once(client: App) -> None:
    stream = client.chat.stream("hello")
    body = await body_of(stream)
    assert [line for line in body.decode().splitlines() if line.startswith("id")] == [f"id: {stream.workflow_run_id}"]
    name, data = decode(body)[-1]
    ids = {"conversation_id": stream.conversation_id, "message_id": stream.message_id}
    ids["workflow_run_id"] = stream.workflow_run_id
    assert (name, data) == ("end", {"status": "succeeded", **ids, "files": []})


async def test_default_body_holds_no_secrets(client: App, dify: LocalDify) -> None:
    dify.script = Script(
        flows=(
            Flow(
                nodes=(
                    Node(type="code", id="look", title="Internal title", text="inner-output"),
                    Node(type="human-input", id="ask", form="internal-question", actions={"yes": ()}),
                    Node(type="answer", text="fine"),
                )
            ),
        ),
        inputs=({"type": "text-input", "variable": "name", "label": "Name", "required": False},),
    )
    stream = client.chat.stream("secret-query", inputs={"name": "inner-input"})
    body = (await body_of(stream)).decode()
    token = stream.reply.forms[0].token or "?"
    inner = ["Internal title", "inner-output", "internal-question", "secret-query", "inner-input", "sys."]
    assert [text for text in [dify.api_key, token, *inner] if text in body] == []


async def test_parts_are_sent_when_included(client: App) -> None:
    stream = client.chat.stream("human")
    events = decode(await body_of(stream, include={"nodes", "forms", "form_tokens"}))
    form = events[-1][1]["forms"][0]
    assert form["token"] == stream.reply.forms[0].token
    assert form["content"].startswith("Please review: human")
    assert [action["id"] for action in form["actions"]] == ["approve", "reject"]
    assert ("Start", "succeeded") in [(data["title"], data["status"]) for name, data in events if name == "node"]
    events = decode(await body_of(client.chat.stream("hello"), include=["usage"]))
    assert events[-1][1]["usage"]["total_tokens"] > 0


async def test_urls_of_files_are_sent_when_included(client: App, dify: LocalDify) -> None:
    url = "http://files/files/tools/7.png?timestamp=1&nonce=2&sign=3"
    file = {"related_id": "7", "id": None, "type": "image", "filename": "dot.png", "size": 70, "url": url}
    ids = {"task_id": "t", "conversation_id": "c", "message_id": "m"}
    sent: dict[str, Any] = {"event": "message_end", **ids, "id": "m", "metadata": {}, "files": [file]}
    dify.answer(
        "POST /chat-messages", chunks=[f"data: {json.dumps(sent)}\n\n".encode()], content_type="text/event-stream"
    )
    default = {"id": "7", "type": "image", "filename": "dot.png", "mime_type": None, "size": 70}
    assert decode(await body_of(client.chat.stream("x")))[-1][1]["files"] == [default]
    assert decode(await body_of(client.chat.stream("x"), include=["file_urls"]))[-1][1]["files"] == [
        default | {"url": url}
    ]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"status": 429}, "busy"),
        ({"status": 400}, "refused"),
        ({"status": 404}, "refused"),
        ({"status": 401}, "unavailable"),
        ({"status": 503}, "unavailable"),
        ({"cut_before_headers": True}, "unavailable"),
        ({"content_type": "text/html"}, "unavailable"),
        ({"cut_after_events": 2}, "interrupted"),
    ],
)
async def test_failures_name_nothing_of_the_server(
    client: App, dify: LocalDify, fault: dict[str, Any], code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "dify_chatflow")
    dify.fault("POST /chat-messages", **fault)
    body = await body_of(client.chat.stream("hello"))
    name, data = decode(body)[-1]
    assert (name, data["code"]) == ("failure", code)
    assert b"127.0.0.1" not in body
    assert b"fault" not in body
    assert caplog.records[-1].getMessage().startswith(f"a relayed answer failed ({code}): ")
    dify.fault("POST /chat-messages", **fault)
    _, data = decode(await body_of(client.chat.stream("hello"), include=["error_details"]))[-1]
    assert data["detail"] in caplog.records[-1].getMessage()


async def test_resumed_run_begins_with_its_text(client: App) -> None:
    stream = client.chat.stream("human")
    await body_of(stream)
    form = stream.reply.forms[0]
    submitted = stream.submit(form, "approve", {"comment": "ok", "pick": "a"})
    resumed = submitted if isinstance(submitted, ChatStream) else await submitted
    events = decode(await body_of(resumed))
    assert events[1] == ("text", {"text": "Let me ask. "})
    assert shown(events) == resumed.reply.answer == "Let me ask. approved: ok a"


async def read_until(parts: Any, wanted: bytes) -> bytes:
    """Read a body up to a text, then leave."""
    body = b""
    async with aclosing(parts) if hasattr(parts, "aclose") else nullcontext():
        async for part in iterate(parts):
            body += part
            if wanted in part:
                break
    if not hasattr(parts, "aclose"):
        parts.close()
    return body


def stops(dify: LocalDify) -> int:
    """Return how many runs were asked to stop."""
    return sum(request.path.endswith("/stop") for request in dify.requests)


async def test_returning_browser_gets_the_complete_answer(client: App, dify: LocalDify) -> None:
    answer = Node(type="answer", text="{{#llm.text#}}")
    dify.script = Script(flows=(Flow(nodes=(Node(type="llm", text="a b c d", pace=0.02), answer)),))
    before = stops(dify)
    body = await read_until(client.chat.stream("x").relay(stop_on_exit=False), b"event: text")
    assert stops(dify) == before
    run_id = body.decode().partition("id: ")[2].partition("\n")[0]
    events = decode(await body_of(client.runs.events(run_id)))
    assert (events[0][0], events[-1][1]["status"]) == ("start", "succeeded")
    assert shown(events) == "a b c d"


async def test_run_stops_when_the_reader_leaves(client: App, dify: LocalDify) -> None:
    stream, before = client.chat.stream("slow 30"), stops(dify)
    await read_until(stream.relay(), b"event: start")
    assert stops(dify) == before + 1


async def test_run_stops_when_its_task_is_cancelled(dify: LocalDify) -> None:
    before = stops(dify)
    async with AsyncChatflow(dify.api_key, base_url=dify.base_url, user="abc-123") as app:
        with anyio.CancelScope() as scope:
            async for part in app.chat.stream("slow 30").relay():
                if b"event: start" in part:
                    scope.cancel()
    assert scope.cancelled_caught
    assert stops(dify) == before + 1


async def test_pings_become_comments(mode: Mode) -> None:
    nodes = (Node(type="code", id="wait", text="done", delay=0.3), Node(type="answer", text="{{#wait.result#}}"))
    with LocalDify(Script(flows=(Flow(nodes=nodes),)), ping_interval=0.02) as server:
        app = mode.client(server.api_key, base_url=server.base_url, user="u")
        body = await body_of(app.chat.stream("x"))
        await close(app)
    silence = body.partition(b"event: start")[2].partition(b"event: text")[0]
    assert silence.count(b":\n\n") > 1


async def test_wrong_use_raises_before_the_response(client: App) -> None:
    unknown: Any = "nodes"
    with pytest.raises(ConfigurationError, match="include must be a collection of error_details, "):
        client.chat.stream("hi").relay(include=unknown)
    unknown = ["outputs"]
    with pytest.raises(ConfigurationError, match=r"got \['outputs'\]$"):
        client.chat.stream("hi").relay(include=unknown)
    with pytest.raises(StreamStateError, match="accumulate=False keeps nothing"):
        client.chat.stream("hi", accumulate=False).relay()


def test_browser_that_leaves_starlette_stops_the_run(dify: LocalDify) -> None:
    async def chat(request: Request) -> StreamingResponse:
        stream = request.app.state.dify.chat.stream(request.query_params["query"])
        return StreamingResponse(stream.relay(), headers=RELAY_HEADERS)

    @asynccontextmanager
    async def connected(server: Starlette) -> AsyncGenerator[None]:
        async with AsyncChatflow(dify.api_key, base_url=dify.base_url, user="abc-123") as server.state.dify:
            yield

    before, app = stops(dify), Starlette(lifespan=connected, routes=[Route("/chat", chat)])
    with serving(app) as url, httpx.Client(base_url=url) as browser:
        with browser.stream("GET", "/chat", params={"query": "slow 30"}) as response:
            assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
            next(part for part in response.iter_bytes() if b"start" in part)
        wait_for(lambda: stops(dify) == before + 1)


def test_django_streams_and_stops_the_run(dify: LocalDify) -> None:
    conf, http = import_module("django.conf"), import_module("django.http")
    if not conf.settings.configured:
        conf.settings.configure(DEBUG=False)
    with Chatflow(dify.api_key, base_url=dify.base_url, user="abc-123") as app:
        response = http.StreamingHttpResponse(app.chat.stream("hello").relay(), headers=RELAY_HEADERS)
        assert response["Content-Type"] == "text/event-stream; charset=utf-8"
        assert shown(decode(b"".join(response))) == "You said: hello"
        before = stops(dify)
        response = http.StreamingHttpResponse(app.chat.stream("slow 30").relay(), headers=RELAY_HEADERS)
        next(part for part in response if b"start" in part)
        response.close()  # as Django's handlers do when the browser has left
        assert stops(dify) == before + 1
