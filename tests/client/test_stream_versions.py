"""Streams with early ids, handed-over runs, late speech, bytes without events, or no stream at all."""

from __future__ import annotations

import base64
import gzip
import json
import time
from typing import Any

import pytest

from dify_chatflow import (
    ResponseDecodeError,
    StreamError,
    StreamIdleError,
    StreamInterruptedError,
    StreamStatusError,
    UnknownEvent,
)
from dify_chatflow.testing import Flow, LocalDify, Node, Script
from tests.client.modes import App, Mode, close, enter, maybe_await, resume, to_list
from tests.client.stream_bytes import HEADERS, PING, finished, sent, started, stream, text
from tests.server import Answer, Received, Server, nothing_here

pytestmark = pytest.mark.anyio

RUN = {"X-Workflow-Run-ID": "run-1"}
ALL = [started(), text("Hello "), text("you"), sent("message_end", metadata={}), finished(answer="Hello you")]
HANDED_OVER = Answer(202, {"event": "workflow_maintenance_paused", "workflow_run_id": "run-1"})


def asked(server: Server) -> list[tuple[str, str]]:
    return [(request.method, request.path.rpartition("/")[2]) for request in server.requests]


# The id of a run in a header


@pytest.mark.parametrize("chunks", [[], [PING], [started()[:40]]])
async def test_run_is_resumed_from_header(chunks: list[bytes], app: App, server: Server) -> None:
    server.answers = [Answer(200, headers={**HEADERS, **RUN}, chunks=chunks, cut=True), stream(*ALL)]
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert opened.workflow_run_id == "run-1"
        events = [event.event for event in await to_list(opened)]
    assert events == ["workflow_started", "message", "message", "message_end", "workflow_finished"]
    assert (opened.reply.answer, opened.reply.status) == ("Hello you", "succeeded")
    assert asked(server) == [("POST", "chat-messages"), ("GET", "events")]


async def test_run_is_resumed_by_hand_from_header(app: App, server: Server) -> None:
    server.answers = [Answer(200, headers={**HEADERS, **RUN}, chunks=[PING], cut=True), stream(*ALL)]
    async with enter(app.chat.stream("hi")) as opened:
        with pytest.raises(StreamInterruptedError) as caught:
            await maybe_await(opened.until_done())
        assert caught.value.workflow_run_id == "run-1"
        assert (await maybe_await((await resume(opened)).until_done())).answer == "Hello you"


@pytest.mark.parametrize("cut", [True, False])
async def test_run_without_id_cannot_be_resumed(cut: bool, app: App, server: Server) -> None:
    server.answers = [stream(PING, cut=cut)]
    with pytest.raises(StreamInterruptedError, match="cannot be resumed: the server has not sent its id") as caught:
        await maybe_await(app.chat.stream("hi", resume=True).until_done())
    assert caught.value.workflow_run_id is None
    assert (caught.value.__cause__ is not None) == cut
    assert asked(server) == [("POST", "chat-messages")]


# Runs that a server hands over


async def test_handed_over_stream_is_followed(app: App, server: Server) -> None:
    server.answers = [HANDED_OVER, stream(*ALL)]
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert "".join(await to_list(opened.text_deltas())) == "Hello you"
    assert opened.reply.status == "succeeded"
    server.answers = [HANDED_OVER, stream(*ALL)]
    assert (await maybe_await(app.chat.send("hi", via="stream"))).answer == "Hello you"
    assert asked(server) == [("POST", "chat-messages"), ("GET", "events")] * 2


async def test_handed_over_stream_names_its_run(app: App, server: Server) -> None:
    server.answers = [HANDED_OVER]
    opened = app.chat.stream("hi")
    with pytest.raises(StreamInterruptedError, match="can be joined") as caught:
        await maybe_await(opened.until_done())
    assert caught.value.workflow_run_id == "run-1"
    server.answers = [stream(*ALL)]
    assert (await maybe_await((await resume(opened)).until_done())).answer == "Hello you"


async def test_handed_over_run_is_finished_from_detail(app: App, server: Server) -> None:
    def answer(request: Received) -> Answer:
        if request.method == "POST":
            return HANDED_OVER
        if request.path.endswith("/workflows/run/run-1"):
            return Answer(
                200, {"id": "run-1", "status": "succeeded", "outputs": {"answer": "Hello you"}, "finished_at": 2}
            )
        return nothing_here(request)

    server.default = answer
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert "".join(await to_list(opened.text_deltas())) == "Hello you"
    assert (opened.reply.answer, opened.reply.status) == ("Hello you", "succeeded")
    assert opened.response is not None
    assert opened.response.status_code == 202


async def test_handed_over_run_that_is_lost_raises(app: App, server: Server) -> None:
    server.answers = [HANDED_OVER]
    with pytest.raises(StreamInterruptedError, match="cannot be joined") as caught:
        await maybe_await(app.chat.stream("hi", resume=True).until_done())
    assert caught.value.workflow_run_id == "run-1"
    assert [method for method, _ in asked(server)].count("POST") == 1


async def test_maintenance_without_run_is_no_answer(app: App, server: Server) -> None:
    server.default = Answer(202, {"event": "workflow_maintenance_paused"})
    with pytest.raises(ResponseDecodeError):
        await maybe_await(app.chat.stream("hi", resume=True).until_done())
    with pytest.raises(ResponseDecodeError):
        await maybe_await(app.chat.send("hi"))
    assert len(server.requests) == 2


# Speech


def spoken(name: str, sound: bytes = b"") -> bytes:
    return sent(name, audio=base64.b64encode(sound).decode())


@pytest.mark.parametrize("linger", [False, True])
@pytest.mark.parametrize("before", [0, 1])
async def test_speech_after_message_end_is_complete(before: int, linger: bool, app: App, server: Server) -> None:
    """Servers up to 1.12 send the rest of the speech last."""
    sounds = [spoken("tts_message", b"one "), spoken("tts_message", b"two "), spoken("tts_message", b"three")]
    ends = [finished(answer="Hi"), sent("message_end", metadata={})]
    last = [*sounds[before:], spoken("tts_message_end")]
    server.answers = [stream(started(), text("Hi"), *sounds[:before], *ends, *last, linger=linger)]
    async with enter(app.chat.stream("hi")) as opened:
        events = [event.event for event in await to_list(opened)]
    assert opened.reply.speech == b"one two three"
    assert (events.count("tts_message"), events[-1]) == (3, "tts_message_end")
    assert (opened.reply.answer, opened.reply.status) == ("Hi", "succeeded")


@pytest.mark.parametrize("autoplay", [True, False])
async def test_late_speech_of_speaking_app_is_awaited(autoplay: bool, mode: Mode) -> None:
    """Speech of a short answer starts after both ends of the run, on servers up to 1.12."""
    script = Script(flows=(Flow(nodes=(Node(type="answer", text="Hi."),)),), speech=True, autoplay=autoplay)
    with LocalDify(script, version="1.12.1") as local:
        app = mode.client(local.api_key, base_url=local.base_url, user="abc-123")
        names = [event.event for event in await to_list(app.chat.stream("hi"))]
        # The silence is longer than the wait for the end of the connection.
        local.fault("POST /chat-messages", silence_after_events=names.index("message_end") + 1, silence=0.3)
        stream = app.chat.stream("hi")
        assert [event.event for event in await to_list(stream)] == names
        assert ("tts_message" in names, bool(stream.reply.speech)) == (autoplay, autoplay)
        await close(app)


# Events of old versions, and events that no version sends for a chatflow


async def test_events_of_old_versions_arrive_unknown(app: App, server: Server) -> None:
    """Servers up to 1.8.1 send events of parallel branches, which later versions do not have."""
    branch = {"parallel_id": "p", "parallel_branch_id": "b", "created_at": 1}
    names = ["parallel_branch_started", "parallel_branch_finished"]
    parts = [sent(name, workflow_run_id="run-1", data=branch) for name in names]
    ends = [finished(answer="Hello you"), sent("message_end", metadata={})]
    server.answers = [stream(started(), text("Hello "), *parts, sent("agent_message", answer="you"), *ends)]
    opened = app.chat.stream("hi")
    events = await to_list(opened)
    unknown = [event for event in events if isinstance(event, UnknownEvent)]
    assert [event.to_dict()["event"] for event in unknown] == [*names, "agent_message"]
    assert (opened.reply.answer, opened.reply.status, opened.reply.nodes) == ("Hello you", "succeeded", {})


# Responses that are no event streams


@pytest.mark.parametrize("kind", ["application/json", "text/html", "text/plain"])
@pytest.mark.parametrize("how", [{"linger": True}, {"cut": True}, {"drip": 0.01, "linger": True}, {}])
async def test_response_of_other_type_is_refused_soon(
    kind: str, how: dict[str, Any], app: App, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("_async", "_sync"):
        monkeypatch.setattr(f"dify_chatflow.{package}.recovery.BODY_TIMEOUT", 0.1)
    server.answers = [Answer(200, headers={"Content-Type": kind}, chunks=[b"<p>Log in</p>" * 20], **how)]
    began = time.monotonic()
    with pytest.raises(ResponseDecodeError, match=f"not an event stream but {kind}") as caught:
        await maybe_await(app.chat.stream("hi", resume=True).until_done())
    assert time.monotonic() - began < 2
    assert caught.value.payload.startswith(b"<p>")
    assert len(server.requests) == 1


async def test_body_of_other_type_is_bounded(app: App, server: Server) -> None:
    server.answers = [Answer(200, headers={"Content-Type": "text/html"}, chunks=[b"x" * 60_000] * 50, linger=True)]
    with pytest.raises(ResponseDecodeError) as caught:
        await maybe_await(app.chat.stream("hi").until_done())
    assert caught.value.payload == b"x" * 65_536


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b'{"a": 1}' * 99)[:-9]], ids=["no gzip", "cut"])
async def test_broken_body_of_other_type_is_refused(body: bytes, app: App, server: Server) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    server.answers = [Answer(200, headers=headers, chunks=[body])]
    with pytest.raises(ResponseDecodeError, match="not an event stream"):
        await maybe_await(app.chat.stream("hi").until_done())


# Failures


@pytest.mark.parametrize("version", ["1.12.1", None])
async def test_reported_failure_has_server_version(version: str | None, app: App, server: Server) -> None:
    headers = {**HEADERS, **({"X-Version": version} if version else {})}
    failure = sent("error", status=400, code="invalid_param", message="bad")
    unnamed = b"data: %s\n\n" % json.dumps({"code": "x", "message": "bad", "status": 400}).encode()
    for chunk in (failure, unnamed):
        server.answers = [Answer(200, headers=headers, chunks=[started(), chunk])]
        with pytest.raises(StreamStatusError, match="bad") as caught:
            await maybe_await(app.chat.stream("hi").until_done())
        assert caught.value.server_version == version
        assert caught.value.response is not None
        assert caught.value.request is not None
        assert str(caught.value.request.url).endswith("/chat-messages")


# Bytes that are no progress


@pytest.mark.parametrize("chunk", [b": keepalive\n\n", b"retry: 1000\n\n", b"\n\n", b"id: 7\n\n", text("x" * 100)[:90]])
@pytest.mark.parametrize("resume", [True, False])
async def test_bytes_without_event_are_idle(chunk: bytes, resume: bool, app: App, server: Server) -> None:
    server.answers = [Answer(200, headers={**HEADERS, **RUN}, chunks=[chunk * 100], drip=0.01, linger=True)]
    began = time.monotonic()
    with pytest.raises(StreamIdleError, match=r"for 0\.\d+ s \(idle_timeout=0\.3\)") as caught:
        await maybe_await(app.chat.stream("hi", idle_timeout=0.3, resume=resume).until_done())
    assert time.monotonic() - began < 5
    assert isinstance(caught.value, StreamError)
    assert caught.value.workflow_run_id == "run-1"
    assert len(server.requests) == 1
