"""Recorded runs, cut at every event and inside of events, and resumed: no event twice, and the same reply."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
from anyio.lowlevel import checkpoint

from dify_chatflow import Reply, StreamInterruptedError
from tests.client.modes import KEY, App, Mode, enter, to_list
from tests.exchanges import JUNE, Exchange, recorded_streams
from tests.unit.test_reply import unsigned

pytestmark = pytest.mark.anyio

# `make soak` sets CHATFLOW_LONG: more places in each recording, and every place in all variants.
IS_LONG = "CHATFLOW_LONG" in os.environ
CUTS = 120 if IS_LONG else 24
# Each place is cut in one of the four variants: sync and async, with and without a stored text or a complete log.
VARIANTS = 4
# Server states whose runs can be joined, without cursors.
REJOINED = (JUNE, "1.16.1", "main-2026-08")


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks at its end; one that does not break is not read on after the end of its stream."""

    def __init__(self, data: bytes, *, cut: bool) -> None:
        self.data = data
        self.cut = cut

    def __iter__(self) -> Iterator[bytes]:
        yield self.data
        self.finish()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.data
        await checkpoint()  # as on a connection that stays open: a client that closes it does not wait
        self.finish()

    def finish(self) -> None:
        if self.cut:
            raise httpx.ReadError("connection reset")
        # A `message_end` after `workflow_finished`, or none, lets a client wait for more.
        end, over = self.data.rfind(b'"message_end"'), self.data.rfind(b'"workflow_finished"')
        if 0 < end < over or over < 0:
            pytest.fail("the client read on after the event that ends the stream")


class Cutter:
    """A server whose first stream breaks and whose second one has the rest; `stored` is the answer in its history."""

    def __init__(self, first: bytes, second: bytes | None, stored: str | None, detail: Any = None) -> None:
        self.bodies = [Body(first, cut=True), *([] if second is None else [Body(second, cut=False)])]
        self.message = payload(first[: first.index(b"\n\n") + 2])
        self.stored = stored
        self.detail = detail
        self.methods: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/messages") and self.stored is not None:
            message = {"id": self.message.get("message_id"), "answer": self.stored}
            return httpx.Response(200, json={"data": [message], "has_more": False, "limit": 100})
        if self.detail is not None and "/workflows/run/" in path:
            return httpx.Response(200, json=self.detail)
        if not path.endswith(("/chat-messages", "/events")) or not self.bodies:
            return httpx.Response(404, json={"code": "not_found", "message": "gone", "status": 404})
        self.methods.append(request.method)
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=self.bodies.pop(0))


def client(mode: Mode, server: Callable[[httpx.Request], httpx.Response]) -> App:
    transport = httpx.MockTransport(server)
    http: httpx.AsyncClient | httpx.Client = (
        httpx.AsyncClient(transport=transport) if mode.is_async else httpx.Client(transport=transport)
    )
    return mode.client(KEY, base_url="http://test/v1", user="abc-123", http_client=http)


def contents(exchange: Exchange) -> list[bytes]:
    """Return the events of a recording without pings."""
    return [block + b"\n\n" for block in exchange.stream.split(b"\n\n") if block.startswith(b"data: ")]


def is_whole_run(exchange: Exchange) -> bool:
    blocks = contents(exchange)
    names = {payload(block)["event"] for block in (blocks[0], blocks[-1])} if blocks else set[str]()
    return (
        len(blocks) > 1
        and "message_id" in payload(blocks[0])
        and names
        in (
            {"workflow_started", "workflow_finished"},
            {"workflow_started", "workflow_paused"},
        )
    )


def payload(block: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(block[block.index(b"data: ") + 6 :])
    return found


# The one long recording would take as long as all others.
RUNS = [
    exchange
    for exchange in recorded_streams(*REJOINED)
    if len(exchange.stream) < (100_000 if exchange.version == JUNE else 20_000)
    and "_events" not in exchange.name
    and is_whole_run(exchange)
]


def known_by(events: list[dict[str, Any]]) -> Counter[tuple[str, str | None]]:
    """How often each event occurs, whatever a snapshot leaves out of it."""
    keys = [(event["event"], event["data"].get("id") if "data" in event else None) for event in events]
    return Counter(key for key in keys if not f"{key[1]}".startswith("snapshot of"))


def answer_of(blocks: list[bytes]) -> str:
    """Return the answer as the server stores it."""
    events = [payload(block) for block in blocks]
    replaced: list[str] = [event["answer"] for event in events if event["event"] == "message_replace"]
    return (replaced or ["".join(event["answer"] for event in events if event["event"] == "message")])[-1]


# In a snapshot, iterations and loops are nodes with another id (613_slowit_events_live_snapshot).
CONTAINER_EVENTS = {
    "iteration_started": "node_started",
    "loop_started": "node_started",
    "iteration_completed": "node_finished",
    "loop_completed": "node_finished",
}


def joined(blocks: list[bytes], published: int, *, has_text: bool) -> bytes:
    """Return the stream that joins a run after so many published events (308_events_paused_snapshot and others).

    A run that is over has one event. Else there are the start, the answer as far as it is stored (`has_text`; some
    servers keep nothing before the end), the nodes without inputs and outputs and with an index that counts, and then
    the rest.
    """
    if published == len(blocks) and payload(blocks[-1])["event"] == "workflow_finished":
        last = payload(blocks[-1])
        kept = ("event", "task_id", "workflow_run_id", "data")
        return sent({**{key: last[key] for key in kept}, "task_id": last["workflow_run_id"]})
    past = [payload(block) for block in blocks[:published]]
    ids = {key: past[0].get(key) for key in ("task_id", "conversation_id", "message_id", "created_at")}
    answer = "".join(event["answer"] for event in past if event["event"] == "message") if has_text else ""
    snapshot = [past[0], {"event": "message_replace", **ids, "answer": answer, "reason": ""}]
    index = 0
    for event in past:
        if event["event"] in CONTAINER_EVENTS:
            name, ends = CONTAINER_EVENTS[event["event"]], {"status": "succeeded", "index": index + 1}
            data = {**event["data"], "id": f"snapshot of {event['data']['id']}", **ends}
            snapshot.append({**event, "event": name, "data": data})
        elif event["event"] in ("node_started", "node_finished"):
            index += event["event"] == "node_started"
            nothing = {key: None for key in ("inputs", "process_data", "outputs") if key in event["data"]}
            snapshot.append({**event, "data": {**event["data"], **nothing, "index": index}})
        elif event["event"] in ("human_input_required", "workflow_paused"):
            snapshot.append(event)
    return b"event: ping\n\n" + b"".join(map(sent, snapshot)) + b"".join(blocks[published:])


def sent(event: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def comparable(reply: Reply) -> Reply:
    """Return the reply without the parts that the server signs anew each time."""
    reply._text.set(unsigned(reply.answer))  # pyright: ignore[reportPrivateUsage]
    return reply


async def read(mode: Mode, server: Callable[[httpx.Request], httpx.Response]) -> tuple[list[Any], Reply]:
    async with enter(client(mode, server)) as app, enter(app.chat.stream("hi", resume=True)) as opened:
        return [event.to_dict() for event in await to_list(opened)], comparable(opened.reply)


async def read_text(mode: Mode, server: Callable[[httpx.Request], httpx.Response]) -> tuple[str, Reply]:
    async with enter(client(mode, server)) as app, enter(app.chat.stream("hi", resume=True)) as opened:
        return unsigned("".join(await to_list(opened.text_deltas()))), comparable(opened.reply)


async def read_pieces(mode: Mode, server: Callable[[httpx.Request], httpx.Response]) -> tuple[list[str], Reply]:
    async with enter(client(mode, server)) as app, enter(app.chat.stream("hi", resume=True)) as opened:
        return await to_list(opened.text_deltas()), comparable(opened.reply)


async def uncut(mode: Mode, blocks: list[bytes]) -> tuple[list[Any], Reply]:
    def server(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":  # the stored message, where the outputs differ (606_loop_answer_inside_stream)
            return httpx.Response(404, json={"code": "not_found", "message": "gone", "status": 404})
        body = Body(b"".join(blocks), cut=False)
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=body)

    return await read(mode, server)


def in_turn(places: range, mode: Mode, *, is_second: bool) -> range:
    """Return the places that one variant cuts: at least one, and together all. In long runs each cuts all."""
    if IS_LONG:
        return places
    turn = (2 * mode.is_async + is_second) % len(places)
    return places[turn::VARIANTS]


@pytest.mark.parametrize("has_text", [True, False])
@pytest.mark.parametrize("exchange", RUNS, ids=str)
async def test_cut_between_events_changes_nothing(exchange: Exchange, has_text: bool, mode: Mode) -> None:
    blocks = contents(exchange)
    events, whole = await uncut(mode, blocks)
    assert events == [payload(block) for block in blocks]
    for length in in_turn(range(1, len(blocks)), mode, is_second=has_text):
        first, second = b"".join(blocks[:length]), joined(blocks, length, has_text=has_text)
        server = Cutter(first, second, answer_of(blocks))
        assert await read(mode, server) == (events, whole), length
        assert server.methods == ["POST", "GET"]
        text, reply = await read_text(mode, Cutter(first, second, answer_of(blocks)))
        assert reply == whole
        assert text == reply.answer or reply.moderated


@pytest.mark.parametrize("has_text", [True, False])
@pytest.mark.parametrize("exchange", RUNS, ids=str)
async def test_cut_inside_event_keeps_the_answer(exchange: Exchange, has_text: bool, mode: Mode) -> None:
    """The event was published, so it is not sent again: the snapshot and the end have its content."""
    blocks = contents(exchange)
    events, whole = await uncut(mode, blocks)
    data, ends = b"".join(blocks), [len(b"".join(blocks[: count + 1])) for count in range(len(blocks))]
    places = range(ends[0] + 1, len(data), len(data) // CUTS)
    for place in in_turn(places, mode, is_second=has_text):
        published = next(count for count, end in enumerate(ends, 1) if end >= place)
        second = joined(blocks, published, has_text=has_text)
        found, reply = await read(mode, Cutter(data[:place], second, answer_of(blocks)))
        assert (reply.status, reply.error, reply.outputs) == (whole.status, whole.error, whole.outputs), place
        assert reply.forms == whole.forms
        assert known_by(found) <= known_by(events)
        check_nodes(reply, whole)
        if reply.paused and not has_text and "answer" not in whole.outputs:
            continue  # before its end, the server has the text nowhere
        assert reply.answer == whole.answer, place
        text, reply = await read_text(mode, Cutter(data[:place], second, answer_of(blocks)))
        assert text == whole.answer or reply.moderated, place


def check_nodes(reply: Reply, whole: Reply) -> None:
    """Check that all nodes have ended, as in the uncut reply where their ends were not missed."""
    assert list(reply.nodes) == list(whole.nodes)
    if reply.finished:
        assert not {node.status for node in reply.nodes.values()} & {"running", "paused", "retry"}
    assert all(node.node_id == whole.nodes[key].node_id for key, node in reply.nodes.items())


OLD_RUNS = [
    exchange
    for exchange in recorded_streams("1.9.2")
    if len(exchange.stream) < 30_000 and b'"workflow_finished"' in exchange.stream
]


@pytest.mark.parametrize("exchange", OLD_RUNS, ids=str)
async def test_cut_on_1_9_2_never_shortens(exchange: Exchange, mode: Mode) -> None:
    """Without `/events` and a stored answer, the detail of the run has the answer, or there is an error."""
    blocks = contents(exchange)
    _, whole = await uncut(mode, blocks)
    end = next(payload(block)["data"] for block in blocks if payload(block)["event"] == "workflow_finished")
    detail = {**end, "outputs": json.dumps(end["outputs"]), "status": end["status"], "finished_at": 1}
    over = next(count for count, block in enumerate(blocks, 1) if payload(block)["event"] == "workflow_finished")
    for length in range(1, len(blocks)):
        server = Cutter(b"".join(blocks[:length]), None, "", detail)
        try:
            _, reply = await read(mode, server)
        except StreamInterruptedError:
            continue
        assert server.methods == ["POST"], length
        assert (reply.status, reply.outputs) == (whole.status, whole.outputs), length
        moderated = whole.moderated and length <= over
        assert reply.answer in (whole.answer, whole.outputs.get("answer")) or whole.status != "succeeded", moderated


CURSOR_RUNS = [exchange for exchange in recorded_streams("next") if exchange.request["method"] == "POST"]


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("exchange", CURSOR_RUNS, ids=str)
async def test_cursor_continues_text_live(exchange: Exchange, is_log: bool, mode: Mode) -> None:
    """After a cursor the events continue; a server that replays the complete log repeats none."""
    blocks = [block + b"\n\n" for block in exchange.stream.split(b"\n\n") if b"data: " in block]
    events, whole = await uncut(mode, blocks)
    pieces, _ = await read_pieces(mode, Cutter(b"".join(blocks), b"", None))
    for length in in_turn(range(1, len(blocks)), mode, is_second=is_log):
        first, second = b"".join(blocks[:length]), b"".join(blocks if is_log else blocks[length:])
        server = Cutter(first, second, None)
        assert await read(mode, server) == (events, whole), length
        assert await read_pieces(mode, Cutter(first, second, None)) == (pieces, whole), length
