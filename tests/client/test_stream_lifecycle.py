"""A stream ends with the event that closes it, at once, and anything else is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dify_chatflow import (
    APITimeoutError,
    BadRequestError,
    InternalServerError,
    RateLimitError,
    Reply,
    ResponseDecodeError,
    StreamError,
    StreamEvent,
    StreamIdleError,
    StreamInterruptedError,
    UnknownEvent,
)
from tests.client.modes import App, enter, maybe_await, next_event, to_list
from tests.client.stream_bytes import PING, finished, node, recorded, sent, started, stream, text
from tests.exchanges import recorded_streams
from tests.server import Server

pytestmark = pytest.mark.anyio

WHOLE = [PING, started(), text("Hello "), text("you"), sent("message_end", metadata={}), finished()]


async def events(app: App, **options: Any) -> tuple[list[StreamEvent], Reply]:
    async with enter(app.chat.stream("hi", **options)) as opened:
        return await to_list(opened), opened.reply


async def test_every_recording_ends_in_a_known_way(app: App, server: Server) -> None:
    for exchange in recorded_streams():
        server.answers = [stream(exchange.stream, linger=False)]
        try:
            found, reply = await events(app)
        except StreamInterruptedError:
            assert not {b"workflow_finished", b"workflow_paused"} & set(exchange.stream.split(b'"'))
        except StreamError as error:
            statuses = [error.reply and error.reply.status]
            assert statuses == ["error"]
        else:
            assert found[-1].event in ("workflow_finished", "workflow_paused", "message_end")
            assert reply.finished or reply.paused or found[-1].event == "message_end"
            assert not [event for event in found if isinstance(event, UnknownEvent)]


@pytest.mark.parametrize(
    "parts",
    [
        [started(), text("a"), finished()],
        [started(), text("a"), finished("failed", "boom")],
        [text("blocked"), sent("message_end", metadata={})],
        [recorded("301_human_stream")],
        [recorded("431_mod_input_stream")],
    ],
)
async def test_final_event_ends_stream_on_open_connection(
    parts: list[bytes], make: Callable[..., App], server: Server
) -> None:
    server.answers = [stream(*parts, linger=True)]
    found, _ = await events(make(timeout=20))
    assert found[-1].event in ("workflow_finished", "message_end", "workflow_paused")


async def test_no_text_after_final_event_is_yielded(app: App, server: Server) -> None:
    server.answers = [stream(started() + finished() + text("more") + started())]
    found, reply = await events(app)
    assert [event.event for event in found] == ["workflow_started", "workflow_finished"]
    assert reply.answer == ""


async def test_message_end_does_not_end_a_run(app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE)]
    found, reply = await events(app)
    assert [event.event for event in found][-2:] == ["message_end", "workflow_finished"]
    assert (reply.answer, reply.status, reply.workflow_run_id) == ("Hello you", "succeeded", "run-1")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"status": 400, "code": "invalid_param", "message": "bad"}, BadRequestError),
        ({"status": 400, "code": "invalid_param", "message": "Too many requests."}, RateLimitError),
        ({"status": 429, "code": "rate_limit_error", "message": "slow"}, RateLimitError),
        ({"status": 500, "code": "internal_server_error", "message": ""}, InternalServerError),
        ({"status": 418, "message": "odd"}, StreamError),
    ],
)
async def test_reported_failure_raises_class_of_its_status(
    fields: dict[str, Any], kind: type[Exception], make: Callable[..., App], server: Server
) -> None:
    server.answers = [stream(PING, started(), text("half"), sent("error", **fields), linger=True)]
    with pytest.raises(StreamError) as caught:
        await events(make(timeout=20))
    assert isinstance(caught.value, kind)
    assert caught.value.reply is not None
    assert (caught.value.reply.answer, caught.value.reply.status) == ("half", "error")


async def test_the_short_form_of_a_failure(app: App, server: Server) -> None:
    server.answers = [stream(recorded("106_chat_files_unknown_id_stream"), linger=True)]
    with pytest.raises(StreamError, match="Invalid upload file"):
        await events(app)


@pytest.mark.parametrize(("error", "status"), [("boom", "failed"), ("Aborted: User requested stop", "stopped")])
async def test_failed_run_ends_normally_with_status(error: str, status: str, app: App, server: Server) -> None:
    server.answers = [stream(started(), text("half"), finished("failed", error))]
    _, reply = await events(app)
    assert (reply.status, reply.error, reply.answer) == (status, error, "half")
    with pytest.raises(StreamError, match=error):
        reply.raise_for_status()


@pytest.mark.parametrize("cut", [True, False])
@pytest.mark.parametrize("length", range(len(WHOLE)))
async def test_end_without_final_event_raises(length: int, cut: bool, app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE[:length], cut=cut)]
    with pytest.raises(StreamInterruptedError) as caught:
        await events(app)
    assert (caught.value.__cause__ is not None) == cut
    assert caught.value.reply is not None
    assert caught.value.reply.answer == ["", "", "", "Hello ", "Hello you", "Hello you"][length]
    assert caught.value.workflow_run_id == ("run-1" if length > 1 else None)


async def test_truncated_event_is_not_yielded(app: App, server: Server) -> None:
    server.answers = [stream(started(), text("all")[:-1])]
    with pytest.raises(StreamInterruptedError) as caught:
        await events(app)
    assert caught.value.reply is not None
    assert caught.value.reply.answer == ""


async def test_silence_is_a_timeout(make: Callable[..., App], server: Server) -> None:
    server.answers = [stream(PING, started(), linger=True)]
    with pytest.raises(APITimeoutError):
        await events(make(timeout=0.2))


async def test_idle_timeout_raises_after_pings_alone(app: App, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 10))
    monkeypatch.setattr("dify_chatflow._streaming.options.monotonic", lambda: float(next(clock)))
    server.answers = [stream(started(), *[PING] * 20, linger=True)]
    with pytest.raises(StreamIdleError, match="no event but pings"):
        await events(app, idle_timeout=60)


async def test_pings_alone_are_no_error_otherwise(app: App, server: Server) -> None:
    server.answers = [stream(started(), *[PING] * 50, finished())]
    found, _ = await events(app)
    assert [event.event for event in found] == ["workflow_started", "workflow_finished"]


async def test_pings_are_given_on_request(app: App, server: Server) -> None:
    server.answers = [stream(PING, started(), PING, finished())]
    found, _ = await events(app, include_pings=True)
    assert [event.event for event in found] == ["ping", "workflow_started", "ping", "workflow_finished"]


async def test_unknown_and_invalid_events_are_yielded(app: App, server: Server) -> None:
    parts = [started(), sent("brand_new", x=1), sent("message", answer=5), b"data: {oops\n\n", finished(answer="5")]
    server.answers = [stream(*parts)]
    found, _ = await events(app)
    unknown = [event for event in found if isinstance(event, UnknownEvent)]
    assert [event.name for event in unknown] == ["brand_new", "message", "message"]
    assert unknown[0].data["x"] == 1
    assert all(event.reason for event in unknown)


async def test_response_without_stream_raises_with_payload(app: App, server: Server) -> None:
    server.reply(200, {"answer": "hi"})
    with pytest.raises(ResponseDecodeError, match="not an event stream but application/json") as caught:
        await events(app)
    assert caught.value.payload == b'{"answer": "hi"}'


async def test_event_beyond_the_size_limit_raises(app: App, server: Server) -> None:
    server.answers = [stream(started(), text("x" * 5000), linger=True)]
    with pytest.raises(ResponseDecodeError, match="larger than 2000 bytes"):
        await events(app, max_event_size=2000)


async def test_nothing_is_sent_before_entering_the_stream(app: App, server: Server) -> None:
    opened = app.chat.stream("hi")
    assert server.requests == []
    assert (opened.response, opened.task_id) == (None, None)
    server.answers = [stream(started(), finished())]
    async with enter(opened):
        assert opened.response is not None
        assert opened.response.status_code == 200
        assert len(server.requests) == 1


async def test_a_stream_can_be_read_in_parts(app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE)]
    async with enter(app.chat.stream("hi")) as opened:
        first = await next_event(opened)
        assert first.event == "workflow_started"
        assert "".join(await to_list(opened.text_deltas())) == "Hello you"
        assert (await maybe_await(opened.until_done())).finished
    assert (opened.task_id, opened.message_id, opened.conversation_id) == ("task-1", "message-1", "conversation-1")


async def test_nodes_add_up(app: App, server: Server) -> None:
    done = {"status": "succeeded", "elapsed_time": 0.5, "finished_at": 2}
    server.answers = [stream(started(), node("node_started", 1), node("node_finished", 1, **done), finished())]
    _, reply = await events(app)
    (only,) = reply.nodes.values()
    assert (only.node_id, only.title, only.status, only.elapsed_time) == ("node-1", "Node 1", "succeeded", 0.5)


async def test_without_accumulation_the_reply_stays_empty(app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE)]
    found, reply = await events(app, accumulate=False)
    assert len(found) == 5
    assert reply.answer == ""


async def test_an_answer_gathered_from_a_stream(app: App, server: Server) -> None:
    server.answers = [stream(recorded("402_llm_stream"))]
    answer = await maybe_await(app.chat.send("hi", via="stream"))
    assert server.requests[0].json["response_mode"] == "streaming"
    assert answer.answer.startswith("Hello from the fake")
    assert answer.metadata.usage is not None
    assert answer.metadata.usage.total_tokens > 0
    server.answers = [stream(recorded("301_human_stream")), stream(started(), finished("failed", "boom"))]
    paused = await maybe_await(app.chat.send("hi", via="stream"))
    assert paused.paused
    with pytest.raises(StreamError, match="boom"):
        await maybe_await(app.chat.send("hi", via="stream"))
