"""After a cut the run is joined again: nothing is given twice, nothing is missing, and nothing is asked twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dify_chatflow import ConfigurationError, Reply, StreamEvent, StreamInterruptedError, StreamStateError
from dify_chatflow.events import MessageEvent
from dify_chatflow.testing import LocalDify
from tests.client.modes import App, Mode, close, enter, iterate, maybe_await, resume, submit, to_list
from tests.client.stream_bytes import PING, finished, node, recorded, sent, started, stream, text
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

DONE = {"status": "succeeded", "elapsed_time": 0.5, "finished_at": 2}
WHOLE = [
    started(),
    node("node_started", 1),
    node("node_finished", 1, **DONE),
    node("node_started", 2),
    text("Hello "),
    text("dear "),
    text("you"),
    node("node_finished", 2, **DONE),
    sent("message_end", metadata={}),
    finished(answer="Hello dear you"),
]
NAMES = [json.loads(part[6:])["event"] for part in WHOLE]


def joined(length: int) -> list[bytes]:
    """Return the stream of /workflow/{id}/events for a run with `length` events: the snapshot, then the new events."""
    so_far = "".join(json.loads(part[6:])["answer"] for part in WHOLE[:length] if b'"message"' in part)
    snapshot = [PING, WHOLE[0], sent("message_replace", answer=so_far, reason="")]
    return [*snapshot, *(part for part in WHOLE[1:length] if b'"node_' in part), *WHOLE[length:]]


async def read(app: App, **options: Any) -> tuple[list[StreamEvent], Reply]:
    async with enter(app.chat.stream("hi", **options)) as opened:
        return await to_list(opened), opened.reply


def texts(found: list[StreamEvent]) -> str:
    return "".join(event.answer for event in found if isinstance(event, MessageEvent))


@pytest.mark.parametrize("behind", [0, 1, 2])
@pytest.mark.parametrize("length", range(1, len(WHOLE)))
async def test_a_cut_anywhere_is_bridged(length: int, behind: int, app: App, server: Server) -> None:
    """Also where the server's snapshot is older than what was read: it repeats the nodes, but never text."""
    snapshot = joined(max(length - behind, 1))
    repeated = [part for part in WHOLE[max(length - behind, 1) : length] if part in snapshot]
    snapshot = [part for part in snapshot if not (part in repeated and b'"message"' in part)]
    server.answers = [stream(*WHOLE[:length], cut=True), stream(*snapshot, linger=True)]
    found, reply = await read(app, resume=True)
    assert [event.event for event in found] == NAMES
    assert texts(found) == reply.answer == "Hello dear you"
    streams = [request for request in server.requests if request.path.endswith(("/chat-messages", "/events"))]
    assert [request.method for request in streams] == ["POST", "GET"]
    assert server.requests[1].path == "/v1/workflow/run-1/events"
    assert server.requests[1].query == {
        "user": "abc-123",
        "include_state_snapshot": "true",
        "continue_on_pause": "true",
    }


@pytest.mark.parametrize("length", range(1, len(WHOLE) - 1))
async def test_what_was_missed_meanwhile_is_given(length: int, app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE[:length], cut=True), stream(*joined(len(WHOLE) - 2), linger=True)]
    found, reply = await read(app, resume=True)
    assert texts(found) == reply.answer == "Hello dear you"
    assert sorted(reply.nodes) == ["execution-1", "execution-2"]
    names = [event.event for event in found]
    assert all(names.count(name) == NAMES.count(name) for name in set(NAMES) - {"message"})


@pytest.mark.parametrize("length", range(1, len(WHOLE)))
async def test_run_ended_while_disconnected_yields_outputs(length: int, app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE[:length], cut=True), stream(finished(answer="Hello dear you"))]
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert "".join(await to_list(opened.text_deltas())) == "Hello dear you"
        assert (opened.reply.answer, opened.reply.status) == ("Hello dear you", "succeeded")


async def test_resuming_by_hand(app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE[:5], cut=True), stream(*joined(5))]
    async with enter(app.chat.stream("hi")) as opened:
        with pytest.raises(StreamInterruptedError):
            await maybe_await(opened.until_done())
        await maybe_await((await resume(opened)).until_done())
        assert (opened.reply.answer, opened.reply.finished) == ("Hello dear you", True)
    assert [request.method for request in server.requests] == ["POST", "GET"]


async def test_several_cuts(app: App, server: Server) -> None:
    server.answers = [
        stream(*WHOLE[:3], cut=True),
        stream(*joined(3)[:-4], cut=True),
        Answer(drop=True),
        stream(*joined(6), linger=True),
    ]
    found, reply = await read(app, resume=True)
    assert [event.event for event in found] == NAMES
    assert texts(found) == reply.answer == "Hello dear you"


async def test_attempts_are_bounded_and_spaced(app: App, server: Server, waits: list[float]) -> None:
    server.answers = [stream(*WHOLE[:3], cut=True)]
    server.default = stream(PING, cut=True)
    with pytest.raises(StreamInterruptedError, match="could not be joined in 5 attempts") as caught:
        await read(app, resume=True)
    assert caught.value.workflow_run_id == "run-1"
    asked = [(request.method, request.path.rpartition("/")[2]) for request in server.requests]
    assert asked[:6] == [("POST", "chat-messages")] + [("GET", "events")] * 5
    # After that the run's detail is looked up, like anything else that is only read.
    assert asked[6:] == [("GET", "run-1")] * 3
    assert waits[:5] == sorted(waits[:5])


async def test_unknown_run_cannot_be_resumed(app: App, server: Server) -> None:
    server.answers = [stream(PING, text("a"), cut=True)] * 2
    with pytest.raises(StreamInterruptedError):
        await read(app, resume=True)
    async with enter(app.chat.stream("hi")) as opened:
        with pytest.raises(StreamInterruptedError):
            await maybe_await(opened.until_done())
        with pytest.raises(StreamStateError, match="the run had not started"):
            await resume(opened)
    assert len(server.requests) == 2


async def test_the_last_event_id_is_sent_back(app: App, server: Server) -> None:
    named = [b"id: cursor-%d\n" % number + part for number, part in enumerate(WHOLE)]
    server.answers = [stream(*named[:5], cut=True), stream(*joined(5))]
    await read(app, resume=True)
    assert server.requests[1].headers["last-event-id"] == "cursor-4"
    assert "last-event-id" not in server.requests[0].headers


async def test_unreachable_run_is_completed_from_its_detail(app: App, server: Server) -> None:
    gone = Answer(404, {"code": "not_found", "message": "Workflow run not found", "status": 404})
    detail = {"id": "run-1", "status": "succeeded", "outputs": {"answer": "Hello dear you"}, "total_tokens": 7}
    server.answers = [stream(*WHOLE[:5], cut=True), gone, Answer(200, detail)]
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        assert "".join(await to_list(opened.text_deltas())) == "Hello dear you"
        assert (opened.reply.status, opened.reply.total_tokens) == ("succeeded", 7)
    paths = ["/v1/workflow/run-1/events", "/v1/workflows/run/run-1", "/v1/messages", "/v1/parameters"]
    assert [request.path for request in server.requests][1:] == paths


async def test_unreachable_running_run_stays_interrupted(app: App, server: Server) -> None:
    gone = Answer(404, {"code": "not_found", "message": "Workflow run not found", "status": 404})
    server.answers = [stream(*WHOLE[:5], cut=True), gone, Answer(200, {"id": "run-1", "status": "running"})]
    with pytest.raises(StreamInterruptedError) as caught:
        await read(app, resume=True)
    assert caught.value.workflow_run_id == "run-1"


async def test_recorded_dropped_stream_is_resumed(app: App, server: Server) -> None:
    blocks = [block + b"\n\n" for block in recorded("402_llm_stream").split(b"\n\n") if block]
    server.answers = [stream(*blocks[:9], cut=True), stream(blocks[-1])]
    _, reply = await read(app, resume=True)
    server.answers = [stream(*blocks)]
    _, whole = await read(app)
    assert (reply.answer, reply.status) == (whole.answer, whole.status)


async def test_with_a_local_dify(mode: Mode) -> None:
    with LocalDify() as local:
        local.fault("POST /chat-messages", cut_after_events=4, times=1)
        app = mode.client(local.api_key, base_url=local.base_url, user="abc-123")
        async with enter(app.chat.stream("hello there", resume=True)) as opened:
            assert "".join(await to_list(opened.text_deltas())) == "You said: hello there"
        assert [request.method for request in local.requests].count("POST") == 1
        await close(app)


@pytest.mark.parametrize(
    "trouble",
    [
        Answer(500, {"code": "unknown", "message": "boom", "status": 500}),
        Answer(502, "<h1>Bad gateway</h1>", headers={"Content-Type": "text/html"}),
        Answer(429, {"code": "too_many_requests", "message": "slow down", "status": 429}),
        Answer(200, "<h1>Log in</h1>", headers={"Content-Type": "text/html"}),
        Answer(drop=True),
        stream(PING, cut=True),
        stream(PING),
    ],
)
async def test_trouble_that_passes_is_waited_out(trouble: Answer, app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE[:5], cut=True), *[trouble] * 4, stream(*joined(5), linger=True)]
    found, reply = await read(app, resume=True)
    assert [event.event for event in found] == NAMES
    assert (reply.answer, reply.status) == ("Hello dear you", "succeeded")
    assert [request.method for request in server.requests].count("POST") == 1


async def test_refused_resume_keeps_the_partial_reply(app: App, server: Server) -> None:
    refusal = Answer(401, {"code": "unauthorized", "message": "Access token is invalid", "status": 401})
    server.answers = [stream(*WHOLE[:5], cut=True), refusal, refusal]
    with pytest.raises(StreamInterruptedError, match="Access token is invalid") as caught:
        await read(app, resume=True)
    assert caught.value.reply is not None
    assert caught.value.reply.answer == "Hello "


async def test_ended_run_is_completed_from_its_detail(app: App, server: Server) -> None:
    detail = {"id": "run-1", "status": "succeeded", "outputs": {"answer": "Hello dear you"}, "total_tokens": 7}
    server.answers = [stream(*WHOLE[:5], cut=True), *[stream(PING, cut=True)] * 5, Answer(200, detail)]
    _, reply = await read(app, resume=True)
    assert (reply.answer, reply.status, reply.total_tokens) == ("Hello dear you", "succeeded", 7)


async def test_the_servers_own_reconnection_time_is_kept(app: App, server: Server, waits: list[float]) -> None:
    server.answers = [stream(b"retry: 12000\n" + WHOLE[0], cut=True), stream(PING, cut=True), stream(*joined(1))]
    await read(app, resume=True)
    assert waits == [12.0, 12.0]


async def test_last_event_id_survives_connection_without_ids(app: App, server: Server) -> None:
    named = [b"id: cursor-%d\n" % number + part for number, part in enumerate(WHOLE)]
    server.answers = [stream(b"".join(named[:5]), cut=True), stream(PING, cut=True), stream(*named[5:])]
    found, reply = await read(app, resume=True)
    assert [request.headers["last-event-id"] for request in server.requests[1:]] == ["cursor-4"] * 2
    assert [event.event for event in found] == NAMES
    assert texts(found) == reply.answer == "Hello dear you"


async def test_resuming_after_the_block_was_left(app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE[:5], cut=True), stream(*joined(5), linger=True)]
    opened = app.chat.stream("hi")
    with pytest.raises(StreamInterruptedError):
        async with enter(opened):
            await maybe_await(opened.until_done())
    async with enter(await resume(opened)) as again:
        assert (await maybe_await(again.until_done())).answer == "Hello dear you"


async def test_resuming_in_the_middle_of_a_chunk(app: App, server: Server) -> None:
    """Events that had arrived but were not read yet are given by the new connection."""
    named = [b"id: cursor-%d\n" % number + part for number, part in enumerate(WHOLE)]
    server.answers = [stream(b"".join(named[:8])), lambda received: stream(*named[cursor(received) + 1 :])]
    found: list[StreamEvent] = []
    async with enter(app.chat.stream("hi")) as opened:
        async for event in iterate(opened):
            found.append(event)
            if len(found) == 5:
                break
        found += await to_list(await resume(opened))
    assert [event.event for event in found] == NAMES
    assert texts(found) == "Hello dear you"


def cursor(received: Received) -> int:
    return int(received.headers["last-event-id"].removeprefix("cursor-"))


async def test_ended_stream_has_nothing_to_resume(app: App, server: Server) -> None:
    server.answers = [stream(*WHOLE)]
    async with enter(app.chat.stream("hi")) as opened:
        await maybe_await(opened.until_done())
        assert await maybe_await((await resume(opened)).until_done()) is opened.reply
    assert len(server.requests) == 1


async def test_resume_needs_an_accumulated_reply(app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError, match="leave accumulate=True"):
        app.chat.stream("hi", resume=True, accumulate=False)
    server.answers = [stream(*WHOLE[:5], cut=True)]
    async with enter(app.chat.stream("hi", accumulate=False)) as opened:
        with pytest.raises(StreamInterruptedError):
            await maybe_await(opened.until_done())
        with pytest.raises(StreamStateError, match="cannot resume"):
            await resume(opened)


async def test_second_disconnection_repeats_nothing(app: App, server: Server) -> None:
    """The run pauses, its form is answered, and the stream of the resumed run is cut."""
    blocks = [block + b"\n\n" for block in recorded("435_events2_snapshot_continue").split(b"\n\n") if block]
    resumption = next(place for place, block in enumerate(blocks) if b'"resumption"' in block)
    for length in range(resumption + 1, len(blocks)):
        server.answers = [stream(recorded("434_human2_stream")), Answer(200, {}), stream(*blocks[:length], cut=True)]
        # The snapshot of a resumed run omits the pause (322_events_resume_snapshot_continue).
        over = [block for block in blocks[:resumption] if b"_paused" not in block and b"human_input" not in block]
        server.answers += [stream(*over, *blocks[resumption + 1 : length], *blocks[length:], linger=True)]
        async with enter(app.chat.stream("hi", resume=True)) as opened:
            before = await maybe_await(opened.until_done())
            async with enter(await submit(opened, before.forms[0], "approve", {})) as resumed:
                after = [event.event for event in await to_list(resumed)]
        expected = [json.loads(block[6:])["event"] for block in blocks[resumption:]]
        assert after == ["node_finished", *expected], length
        assert (resumed.reply.answer, resumed.reply.status) == ("before form. approved looks good a", "succeeded")
