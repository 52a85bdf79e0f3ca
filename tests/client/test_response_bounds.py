"""Bounds and gates of responses that the soak runs found: slow bodies, other statuses, contradicting sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from dify_chatflow import BadRequestError, ResponseDecodeError
from tests.client.modes import App, enter, maybe_await
from tests.client.stream_bytes import finished, sent, started, stream, text
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

ANSWER = {"event": "message", "answer": "yes", "message_id": "message-1", "conversation_id": "conversation-1"}
END = sent("message_end", metadata={})


def history(answer: str) -> Answer:
    """Return the page with the stored message."""
    row = {"id": "message-1", "conversation_id": "conversation-1", "query": "hi", "answer": answer, "created_at": 1}
    return Answer(200, {"limit": 100, "has_more": False, "data": [row]})


async def test_blocking_answer_has_a_size_limit(app: App, server: Server) -> None:
    server.answers = [Answer(200, {**ANSWER, "answer": "x" * 5000})]
    with pytest.raises(ResponseDecodeError, match="larger than 1000 bytes"):
        await maybe_await(app.with_options(max_response_size=1000).chat.send("hi"))


async def test_slow_body_ends(app: App, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dify_chatflow._body.SLOWEST_RATE", 1_000_000_000)
    server.answers = [Answer(200, {"name": "x"}, drip=0.05)]
    with pytest.raises(ResponseDecodeError, match=r"has not ended after .* pass a longer timeout"):
        await maybe_await(app.with_options(timeout=0.2).application.info())


@pytest.mark.parametrize("status", [201, 202, 203, 206])
async def test_only_status_200_has_a_file(status: int, app: App, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "old.png"
    path.write_bytes(b"old")
    server.answers = [Answer(status, b""), Answer(status, b"new")]
    with pytest.raises(ResponseDecodeError, match=f"answered {status}"):
        await maybe_await(app.files.download("file-1"))
    with pytest.raises(ResponseDecodeError, match=f"answered {status}"):
        await maybe_await(app.files.download("file-1", to=path))
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("actions", [None, 7, [1], [{}], [{"title": "Yes"}]])
async def test_form_needs_its_buttons(actions: object, app: App, server: Server) -> None:
    server.answers = [Answer(200, {"form_content": "Approve?", "user_actions": actions})]
    with pytest.raises(ResponseDecodeError, match="user_actions"):
        await maybe_await(app.human_input.get("token-1"))


async def test_error_code_is_on_one_line(app: App, server: Server) -> None:
    server.answers = [Answer(400, {"code": "a\nb", "message": "no"})]
    with pytest.raises(BadRequestError, match=r"^400 a b: no") as caught:
        await maybe_await(app.application.info())
    assert caught.value.code == "a\nb"


@pytest.mark.parametrize(
    "received", [["one "], ["one ", "one ", "two"], ["two", "one "]], ids=["lost", "repeated", "out of order"]
)
async def test_two_sources_outvote_the_events(received: list[str], app: App, server: Server) -> None:
    events = [started(), *map(text, received), END, finished(answer="one two")]
    server.answers = [stream(*events), history("one two")]
    async with enter(app.chat.stream("hi")) as opened:
        reply = await maybe_await(opened.until_done())
    assert reply.answer == "one two"


async def test_events_outvote_outputs_alone(app: App, server: Server) -> None:
    # Answers inside loops are streamed and stored, and are not among the outputs.
    server.answers = [stream(started(), text("1 2 "), text("done"), END, finished(answer="done")), history("1 2 done")]
    async with enter(app.chat.stream("hi")) as opened:
        reply = await maybe_await(opened.until_done())
    assert reply.answer == "1 2 done"


async def test_end_without_status_is_an_error(app: App, server: Server) -> None:
    server.answers = [stream(started(), text("one"), END, sent("workflow_finished", data={}))]
    async with enter(app.chat.stream("hi")) as opened:
        reply = await maybe_await(opened.until_done())
    assert (reply.status, reply.error) == ("error", "the server gave no status for the end of the run")


async def test_joining_waits_as_the_server_advises(app: App, server: Server, waits: list[float]) -> None:
    refusal = Answer(429, {"code": "rate_limit", "message": "slow down"}, headers={"Retry-After": "40"})
    server.answers = [stream(started(), text("one"), cut=True), refusal, refusal]
    server.answers.append(stream(started(), text("one"), END, finished(answer="one")))
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert (await maybe_await(opened.until_done())).answer == "one"
    assert waits[1:3] == [40.0, 20.0]  # a minute in all
