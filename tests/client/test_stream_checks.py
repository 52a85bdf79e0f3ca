"""Streams that send nothing but pings: a joined run is looked up, and a run that never starts is an error."""

from __future__ import annotations

from typing import Any

import pytest

from dify_chatflow import StreamIdleError
from tests.client.modes import App, enter, maybe_await, submit, to_list
from tests.client.stream_bytes import PING, finished, sent, started, stream, text
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

DETAIL = {"id": "run-1", "status": "succeeded", "outputs": {"answer": "Hello you"}, "finished_at": 2}
FORM = {"form_id": "f1", "node_id": "n1", "form_token": "token-1", "inputs": [], "actions": [{"id": "yes"}]}
NOTHING = sent("message_replace", answer="", reason="")


@pytest.fixture(autouse=True)
def fast_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 4 seconds pass between two looks at the clock."""
    seconds = iter(range(0, 1_000_000, 4))
    monkeypatch.setattr("dify_chatflow._streaming.silence.monotonic", lambda: float(next(seconds)))


def shorten_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace a silent connection soon."""
    monkeypatch.setattr("dify_chatflow._streaming.silence.SILENCE_LIMIT", 0.05)


def paused(*forms: dict[str, Any]) -> bytes:
    reasons = [{"TYPE": "human_input_required", **form} for form in forms]
    data: dict[str, Any] = {
        "paused_nodes": [form["node_id"] for form in forms],
        "reasons": reasons,
        "status": "paused",
        "outputs": {},
    }
    return sent("workflow_paused", workflow_run_id="run-1", data=data)


def asked(server: Server) -> list[str]:
    return [request.path.rpartition("/")[2] for request in server.requests]


async def test_finished_run_ends_pinging_stream(app: App, server: Server) -> None:
    """The server deafens a reader that joined again (1.16.1, recording 763)."""
    server.answers = [
        stream(started(), text("Hello "), cut=True),
        stream(started(), NOTHING, *[PING] * 50, linger=True),
        Answer(200, DETAIL),
    ]
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert await to_list(opened.text_deltas()) == ["Hello ", "you"]
        assert (opened.reply.status, opened.reply.answer) == ("succeeded", "Hello you")
    assert asked(server)[:3] == ["chat-messages", "events", "run-1"]


@pytest.mark.parametrize("chunk", [b": keepalive\n\n", b"\n\n", b"retry: 1\n\n", text("x" * 100)[:50]])
async def test_bytes_without_event_lead_to_check(chunk: bytes, app: App, server: Server) -> None:
    server.answers = [stream(started(), NOTHING, *[chunk] * 20, linger=True), Answer(200, DETAIL)]
    assert (await maybe_await(app.runs.events("run-1").until_done())).answer == "Hello you"
    assert asked(server)[:2] == ["events", "run-1"]


async def test_silent_run_is_finished_when_over(app: App, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    shorten_silence(monkeypatch)
    server.answers = [stream(started(), NOTHING, text("Hello "), linger=True), Answer(200, DETAIL)]
    async with enter(app.runs.events("run-1")) as opened:
        assert "".join(await to_list(opened.text_deltas())) == "Hello you"
    assert (opened.reply.status, asked(server)[:2]) == ("succeeded", ["events", "run-1"])


@pytest.mark.parametrize("detail", [Answer(200, {"id": "run-1", "status": "running"}), Answer(404, {})])
async def test_silent_run_is_joined_again(
    detail: Answer, app: App, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten_silence(monkeypatch)
    silent = stream(started(), NOTHING, text("Hello "), text("you")[:30], linger=True)
    rest = [text("you"), sent("message_end", metadata={}), finished(answer="Hello you")]
    server.answers = [silent, detail, stream(started(), sent("message_replace", answer="Hello ", reason=""), *rest)]
    async with enter(app.runs.events("run-1")) as opened:
        assert (await maybe_await(opened.until_done())).answer == "Hello you"
    assert asked(server)[:3] == ["events", "run-1", "events"]


async def test_silent_run_stays_idle(app: App, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait for an event continues over the connections."""
    shorten_silence(monkeypatch)
    clock = iter(range(10_000))
    monkeypatch.setattr("dify_chatflow._streaming.options.monotonic", lambda: float(next(clock)))

    def answer(request: Received) -> Answer:
        if request.path.endswith("/events"):
            return stream(linger=True)
        return Answer(200, {"id": "run-1", "status": "running"})

    server.default = answer
    with pytest.raises(StreamIdleError, match="for 5 s"):
        await maybe_await(app.runs.events("run-1", idle_timeout=5).until_done())
    assert asked(server) == ["events", "run-1"] * 4 + ["events"]


async def test_running_run_is_joined_again(app: App, server: Server) -> None:
    running = Answer(200, {"id": "run-1", "status": "running", "outputs": {}})
    joins: list[str] = []

    def answer(request: Received) -> Answer:
        if request.path.endswith("/workflows/run/run-1"):
            return running
        joins.append(request.path)
        if len(joins) == 1:
            return stream(started(), NOTHING, *[PING] * 50, linger=True)
        return stream(started(), NOTHING, text("Hello"), sent("message_end", metadata={}), finished(answer="Hello"))

    server.default = answer
    async with enter(app.runs.events("run-1")) as opened:
        assert (await maybe_await(opened.until_done())).answer == "Hello"
    assert joins == ["/v1/workflow/run-1/events"] * 2


async def test_missed_pause_is_found(app: App, server: Server) -> None:
    form = {**FORM, "form_id": "f2", "node_id": "n2", "form_token": "token-2"}
    server.answers = [
        stream(started(), text("Hi "), paused(FORM)),
        Answer(200, {}),
        stream(started(), NOTHING, paused(FORM), started("resumption"), *[PING] * 50, linger=True),
        Answer(200, {"id": "run-1", "status": "paused", "outputs": {}}),
        stream(started(), NOTHING, paused(form), linger=True),
    ]
    async with enter(app.chat.stream("hi")) as opened:
        reply = await maybe_await(opened.until_done())
        async with enter(await submit(opened, reply.forms[0], "yes")) as resumed:
            await maybe_await(resumed.until_done())
    assert (reply.status, [form.token for form in reply.forms]) == ("paused", ["token-2"])


async def test_text_after_form_is_live(app: App, server: Server) -> None:
    """Nothing was missed where the run is seen to resume; the form that was submitted is gone."""
    server.answers = [
        stream(started(), text("Hi "), paused(FORM)),
        Answer(200, {}),
        stream(
            *(started(), NOTHING, paused(FORM), started("resumption"), text("you "), text("there")),
            *(sent("message_end", metadata={}), finished(answer="Hi you there")),
        ),
    ]
    async with enter(app.chat.stream("hi")) as opened:
        reply = await maybe_await(opened.until_done())
        async with enter(await submit(opened, reply.forms[0], "yes")) as resumed:
            assert reply.forms == []
            assert await to_list(resumed.text_deltas()) == ["you ", "there"]
    assert reply.answer == "Hi you there"


async def test_run_that_never_starts_is_an_error(app: App, server: Server) -> None:
    server.answers = [stream(*[PING] * 50, linger=True)]
    with pytest.raises(StreamIdleError, match=r"servers 1\.13\.0 to 1\.14\.2 .* conversation_id is unknown"):
        async with enter(app.chat.stream("hi", start_timeout=60)) as opened:
            await maybe_await(opened.until_done())
