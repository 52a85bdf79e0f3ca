"""A stream that broke, was closed, or lies about itself never looks as if it had ended well."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from dify_chatflow import (
    APITimeoutError,
    InternalServerError,
    Reply,
    StreamError,
    StreamEvent,
    StreamIdleError,
    StreamInterruptedError,
    StreamTimeoutError,
)
from dify_chatflow.events import MessageEvent
from tests.client.modes import App, Stream, enter, iterate, maybe_await, to_list
from tests.client.stream_bytes import HEADERS, PING, finished, recorded, sent, started, stream, text
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

Way: TypeAlias = Callable[[Stream], Awaitable[object]]

CUT = stream(started(), text("half"), cut=True)


async def close(opened: Stream) -> None:
    """By the name both modes have."""
    await maybe_await(opened.close())


async def begin(opened: Stream) -> StreamEvent | None:
    async for event in iterate(opened):
        return event
    return None


async def read_text(opened: Stream) -> list[str]:
    return await to_list(opened.text_deltas())


async def read_to_the_end(opened: Stream) -> Reply:
    return await maybe_await(opened.until_done())


WAYS: list[Way] = [to_list, begin, read_text, read_to_the_end]


@pytest.mark.parametrize("again", WAYS)
async def test_reading_after_an_error_raises_again(again: Way, app: App, server: Server) -> None:
    server.answers = [CUT]
    async with enter(app.chat.stream("hi")) as opened:
        with pytest.raises(StreamInterruptedError) as caught:
            await maybe_await(opened.until_done())
        for _ in range(2):
            with pytest.raises(StreamInterruptedError) as repeated:
                await again(opened)
            assert repeated.value is caught.value
    with pytest.raises(StreamInterruptedError):
        await again(opened)
    assert len(server.requests) == 1


@pytest.mark.parametrize("again", WAYS)
async def test_reading_after_a_failure_raises_again(again: Way, app: App, server: Server) -> None:
    server.answers = [stream(started(), sent("error", status=500, code="x", message="boom"), linger=True)]
    async with enter(app.chat.stream("hi", stop_on_exit=True)) as opened:
        with pytest.raises(StreamError, match="boom"):
            await maybe_await(opened.until_done())
        with pytest.raises(InternalServerError, match="boom"):
            await again(opened)
    # A run that ended with an error is not stopped.
    assert len(server.requests) == 1


@pytest.mark.parametrize("again", WAYS)
@pytest.mark.parametrize("after", [0, 1])
async def test_closed_stream_is_incomplete(after: int, again: Way, app: App, server: Server) -> None:
    server.answers = [stream(started(), text("half"), linger=True)]
    async with enter(app.chat.stream("hi")) as opened:
        for _ in range(after):
            await begin(opened)
        await close(opened)
        with pytest.raises(StreamInterruptedError, match="closed before its end"):
            await again(opened)


async def test_closing_in_the_loop_ends_the_loop(app: App, server: Server) -> None:
    server.answers = [stream(started(), text("a") + text("b"), linger=True)]
    async with enter(app.chat.stream("hi")) as opened:
        seen: list[str] = []
        async for event in iterate(opened):
            seen.append(event.event)
            if event.event == "message":
                await close(opened)
        assert seen == ["workflow_started", "message"]


async def test_ended_stream_stays_complete_when_closed(app: App, server: Server) -> None:
    server.answers = [stream(started(), text("all"), finished(), linger=True)]
    async with enter(app.chat.stream("hi")) as opened:
        await maybe_await(opened.until_done())
    await close(opened)
    assert (await maybe_await(opened.until_done())).answer == "all"
    assert await to_list(opened) == []


async def test_stream_closed_before_entering_sends_nothing(app: App, server: Server) -> None:
    opened = app.chat.stream("hi")
    await close(opened)
    with pytest.raises(StreamInterruptedError):
        await to_list(opened)
    assert server.requests == []


async def test_failed_query_is_not_sent_again(app: App, server: Server) -> None:
    server.reply(500, {"code": "unknown", "message": "boom", "status": 500})
    opened = app.chat.stream("hi")
    for _ in range(3):
        with pytest.raises(InternalServerError):
            await maybe_await(opened.until_done())
    assert len(server.requests) == 1


async def test_stream_can_be_read_without_a_block(app: App, server: Server) -> None:
    answer = stream(started(), text("a"), text("b"), sent("message_end", metadata={}), finished())
    server.answers = [answer, answer, answer]
    assert [event.event for event in await to_list(app.chat.stream("hi"))][1:3] == ["message", "message"]
    assert await to_list(app.chat.stream("hi").text_deltas()) == ["a", "b"]
    assert (await maybe_await(app.chat.stream("hi").until_done())).answer == "ab"
    assert len(server.requests) == 3


async def test_an_interruption_carries_the_ids(app: App, server: Server) -> None:
    server.answers = [CUT]
    with pytest.raises(StreamInterruptedError) as caught:
        await maybe_await(app.chat.stream("hi").until_done())
    error = caught.value
    assert (error.workflow_run_id, error.task_id) == ("run-1", "task-1")
    assert (error.conversation_id, error.message_id) == ("conversation-1", "message-1")


# Silence


async def test_silence_keeps_the_partial_reply(make: Callable[..., App], server: Server) -> None:
    server.answers = [stream(PING, started(), text("half"), linger=True)]
    with pytest.raises(StreamTimeoutError) as caught:
        await maybe_await(make(timeout=0.2).chat.stream("hi").until_done())
    assert isinstance(caught.value, APITimeoutError)
    assert isinstance(caught.value, StreamInterruptedError)
    assert caught.value.reply is not None
    assert caught.value.reply.answer == "half"


async def test_silence_without_pings_is_idle_too(app: App, server: Server) -> None:
    server.answers = [stream(PING, started(), linger=True)]
    with pytest.raises(StreamIdleError, match=r"idle_timeout=0\.2"):
        await maybe_await(app.chat.stream("hi", idle_timeout=0.2).until_done())


async def test_idle_stream_is_not_resumed(app: App, server: Server) -> None:
    server.answers = [stream(PING, started(), linger=True)]
    with pytest.raises(StreamIdleError):
        await maybe_await(app.chat.stream("hi", idle_timeout=0.2, resume=True).until_done())
    assert len(server.requests) == 1


@pytest.mark.parametrize("include_pings", [False, True])
async def test_slow_reader_does_not_count_as_idle(
    include_pings: bool, app: App, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("dify_chatflow._streaming.options.monotonic", lambda: now[0])
    server.answers = [stream(started(), PING, PING, text("a"), PING, PING, PING, finished())]
    async with enter(app.chat.stream("hi", include_pings=include_pings, idle_timeout=60)) as opened:
        async for _ in iterate(opened):
            now[0] += 3600
        assert opened.reply.answer == "a"


async def test_pings_count_up_until_there_is_progress(
    app: App, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr("dify_chatflow._streaming.options.monotonic", lambda: float(next(clock)))
    chunks = [started(), *[PING] * 5, text("a"), *[PING] * 5, text("b"), *[PING] * 50]
    server.answers = [stream(*chunks, linger=True)]
    async with enter(app.chat.stream("hi", idle_timeout=8)) as opened:
        with pytest.raises(StreamIdleError, match="no event but pings for 8 s"):
            await maybe_await(opened.until_done())
        assert opened.reply.answer == "ab"


# Servers that lie


async def test_wrongly_compressed_body_is_an_interruption(app: App, server: Server) -> None:
    whole = gzip.compress(started() + text("half"))
    server.answers = [Answer(200, headers={**HEADERS, "Content-Encoding": "gzip"}, chunks=[whole, b"no gzip"])]
    with pytest.raises(StreamError):
        await maybe_await(app.chat.stream("hi").until_done())
    server.answers = [Answer(200, headers={**HEADERS, "Content-Encoding": "gzip"}, chunks=[b"no gzip at all"])]
    with pytest.raises(StreamInterruptedError, match="the connection broke"):
        await maybe_await(app.chat.stream("hi").until_done())


async def test_a_compressed_stream_is_read(app: App, server: Server) -> None:
    body = gzip.compress(started() + text("all") + finished())
    chunks = [body[at : at + 7] for at in range(0, len(body), 7)]
    server.answers = [Answer(200, headers={**HEADERS, "Content-Encoding": "gzip"}, chunks=chunks)]
    assert (await maybe_await(app.chat.stream("hi").until_done())).answer == "all"


async def test_body_is_read_up_to_content_length(app: App, server: Server) -> None:
    whole = started() + text("half") + finished()
    server.answers = [Answer(200, whole, headers={**HEADERS, "Content-Length": str(len(whole) - 100)})]
    with pytest.raises(StreamInterruptedError) as caught:
        await maybe_await(app.chat.stream("hi").until_done())
    assert caught.value.reply is not None
    assert caught.value.reply.answer == "half"


@pytest.mark.parametrize("kind", ["text/event-stream", "Text/Event-Stream;charset=utf-8"])
async def test_content_type_is_compared_without_case(kind: str, app: App, server: Server) -> None:
    server.answers = [Answer(200, headers={"Content-Type": kind}, chunks=[started(), finished()])]
    assert (await maybe_await(app.chat.stream("hi").until_done())).status == "succeeded"


async def test_a_stream_without_end_takes_constant_memory(app: App, server: Server) -> None:
    """Keep memory constant where the reply is not accumulated."""
    block = text("a") * 500
    server.answers = [stream(started(), *[block] * 40, linger=True)]
    async with enter(app.chat.stream("hi", accumulate=False)) as opened:
        seen = 0
        async for _ in iterate(opened):
            seen += 1
            if seen > 20_000:
                break
        assert opened.reply.answer == ""
        assert (opened.task_id, opened.workflow_run_id) == ("task-1", "run-1")


# Text, piece by piece, adds up to the answer


@pytest.mark.parametrize("name", ["343_events_live_snapshot", "435_events2_snapshot_continue", "327_events_finished"])
async def test_text_of_followed_run_is_not_repeated(name: str, app: App, server: Server) -> None:
    server.answers = [stream(recorded(name), linger=True)]
    async with enter(app.runs.events("run-1", continue_on_pause=True)) as opened:
        pieces = await to_list(opened.text_deltas())
        assert "".join(pieces) == opened.reply.answer != ""


async def test_the_snapshot_is_the_first_piece(app: App, server: Server) -> None:
    so_far = sent("message_replace", answer="Hello ", reason="")
    server.answers = [stream(started(), so_far, text("you"), finished(answer="Hello you"))]
    async with enter(app.runs.events("run-1")) as opened:
        assert await to_list(opened.text_deltas()) == ["Hello ", "you"]


@pytest.mark.parametrize("snapshot", [[], [sent("message_replace", answer="", reason="")]])
async def test_text_after_possible_gap_is_held_back(snapshot: list[bytes], app: App, server: Server) -> None:
    """Treat an empty answer as unknown: such servers keep no text of a run in progress."""
    server.answers = [stream(started(), *snapshot, text("y"), text("ou"), finished(answer="Hello you"))]
    async with enter(app.runs.events("run-1")) as opened:
        assert await to_list(opened.text_deltas()) == ["Hello you"]
        assert opened.reply.answer == "Hello you"


async def test_text_missed_while_disconnected_is_added(app: App, server: Server) -> None:
    nothing = sent("message_replace", answer="", reason="")
    rest = [text("you"), finished(answer="Hello dear you")]
    server.answers = [stream(started(), text("Hello "), cut=True), stream(started(), nothing, *rest)]
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert await to_list(opened.text_deltas()) == ["Hello ", "dear you"]
        assert opened.reply.answer == "Hello dear you"


async def test_text_equal_to_earlier_text_is_new(app: App, server: Server) -> None:
    nothing = sent("message_replace", answer="", reason="")
    rest = [text("ha"), text("!"), finished(answer="haha!")]
    answers = [stream(started(), text("ha"), cut=True), stream(started(), nothing, *rest)]
    server.answers = list(answers)
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert [event.answer for event in await to_list(opened) if isinstance(event, MessageEvent)] == ["ha", "ha", "!"]
    server.answers = list(answers)
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert await to_list(opened.text_deltas()) == ["ha", "ha!"]


async def test_answer_by_moderation_alone_is_yielded(app: App, server: Server) -> None:
    replaced = sent("message_replace", answer="blocked", reason="output_moderation")
    server.answers = [
        stream(started(), replaced, finished(answer="bad")),
        stream(started(), text("bad"), replaced, finished()),
    ]
    async with enter(app.chat.stream("hi")) as opened:
        assert await to_list(opened.text_deltas()) == ["blocked"]
    async with enter(app.chat.stream("hi")) as opened:
        assert await to_list(opened.text_deltas()) == ["bad"]
        assert opened.reply.answer == "blocked"


async def test_pause_ends_stream_despite_continue_on_pause(app: App, server: Server) -> None:
    """Accept the end of the stream there: the server has reported the status of the run."""
    server.answers = [stream(recorded("301_human_stream")), stream(recorded("301_human_stream"), cut=True)]
    async with enter(app.runs.events("run-1", continue_on_pause=True)) as opened:
        reply = await maybe_await(opened.until_done())
        assert (reply.paused, len(reply.forms)) == (True, 1)
    with pytest.raises(StreamInterruptedError):
        await maybe_await(app.runs.events("run-1", continue_on_pause=True).until_done())


async def test_answer_via_stream_has_forms_when_paused(app: App, server: Server) -> None:
    server.answers = [stream(recorded("301_human_stream"))]
    answer = await maybe_await(app.chat.send("hi", via="stream"))
    assert answer.paused
    assert answer.reply.forms[0].token
    assert answer.workflow_run_id == answer.reply.workflow_run_id
    assert answer.to_dict()["data"]["reasons"]


async def test_answer_via_stream_survives_disconnection(app: App, server: Server) -> None:
    server.answers = [CUT, stream(finished(answer="half and half"))]
    assert (await maybe_await(app.chat.send("hi", via="stream"))).answer == "half and half"
    asked = [(request.method, request.path.rpartition("/")[2]) for request in server.requests]
    assert asked == [("POST", "chat-messages"), ("GET", "events"), ("GET", "messages"), ("GET", "parameters")]
