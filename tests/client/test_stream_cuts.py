"""Every recorded run cut at every event and inside of events, and joined again: nothing twice, nothing missing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from dify_chatflow import Reply
from tests.client.modes import KEY, Mode, enter, to_list
from tests.exchanges import Exchange, recorded_streams
from tests.unit.test_reply import unsigned

pytestmark = pytest.mark.anyio

CUTS = 40


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks at its end, or is silent and open there for as long as anybody listens."""

    def __init__(self, data: bytes, *, cut: bool) -> None:
        self.data = data
        self.cut = cut

    def __iter__(self) -> Iterator[bytes]:
        yield self.data
        self.finish()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.data
        self.finish()

    def finish(self) -> None:
        if not self.cut:
            pytest.fail("the client read on after the event that closes the stream")
        raise httpx.ReadError("connection reset")


class Cutter:
    """A server, as far as a stream and its resumption go: the first stream breaks, the second one tells the rest."""

    def __init__(self, first: bytes, second: bytes) -> None:
        self.bodies = [Body(first, cut=True), Body(second, cut=False)]
        self.methods: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.methods.append(request.method)
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=self.bodies.pop(0))


def client(mode: Mode, server: Callable[[httpx.Request], httpx.Response]) -> Any:
    transport = httpx.MockTransport(server)
    http: Any = httpx.AsyncClient(transport=transport) if mode.is_async else httpx.Client(transport=transport)
    return mode.client(KEY, base_url="http://test/v1", user="abc-123", http_client=http)


def contents(exchange: Exchange) -> list[bytes]:
    """The events of a recording without pings."""
    return [block + b"\n\n" for block in exchange.stream.split(b"\n\n") if block.startswith(b"data: ")]


def is_whole_run(exchange: Exchange) -> bool:
    blocks = contents(exchange)
    names = {payload(block)["event"] for block in (blocks[0], blocks[-1])} if blocks else set[str]()
    return len(blocks) > 1 and names in (
        {"workflow_started", "workflow_finished"},
        {"workflow_started", "workflow_paused"},
    )


def payload(block: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(block[6:])
    return found


# The one long recording would take as long as all others.
RUNS = [
    exchange
    for exchange in recorded_streams()
    if len(exchange.stream) < 100_000 and "_events" not in exchange.name and is_whole_run(exchange)
]


def known_by(events: list[dict[str, Any]]) -> Counter[tuple[str, str | None]]:
    """How often each event occurs, whatever a snapshot leaves out of it."""
    return Counter((event["event"], event["data"].get("id") if "data" in event else None) for event in events)


def joined(blocks: list[bytes], published: int, *, told: bool) -> bytes:
    """What joining a run sends when so many of its events were published (308_events_paused_snapshot and others).

    A run that is over has one event. Else there are the start, the answer as far as it is stored (`told`; some servers
    keep nothing before the end), the nodes without inputs and outputs and with an index that counts, and then the rest.
    """
    if published == len(blocks) and payload(blocks[-1])["event"] == "workflow_finished":
        last = payload(blocks[-1])
        kept = ("event", "task_id", "workflow_run_id", "data")
        return sent({**{key: last[key] for key in kept}, "task_id": last["workflow_run_id"]})
    past = [payload(block) for block in blocks[:published]]
    ids = {key: past[0][key] for key in ("task_id", "conversation_id", "message_id", "created_at")}
    answer = "".join(event["answer"] for event in past if event["event"] == "message") if told else ""
    snapshot = [past[0], {"event": "message_replace", **ids, "answer": answer, "reason": ""}]
    index = 0
    for event in past:
        if event["event"] in ("node_started", "node_finished"):
            index += event["event"] == "node_started"
            nothing = {key: None for key in ("inputs", "process_data", "outputs") if key in event["data"]}
            snapshot.append({**event, "data": {**event["data"], **nothing, "index": index}})
        elif event["event"] in ("human_input_required", "workflow_paused"):
            snapshot.append(event)
    return b"event: ping\n\n" + b"".join(map(sent, snapshot)) + b"".join(blocks[published:])


def sent(event: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def comparable(reply: Reply) -> Reply:
    """The reply without what the server signs anew each time."""
    reply._text.set(unsigned(reply.answer))
    return reply


async def read(mode: Mode, server: Callable[[httpx.Request], httpx.Response]) -> tuple[list[Any], Reply]:
    async with enter(client(mode, server)) as app, enter(app.chat.stream("hi", resume=True)) as opened:
        return [event.to_dict() for event in await to_list(opened)], comparable(opened.reply)


async def read_text(mode: Mode, server: Callable[[httpx.Request], httpx.Response]) -> tuple[str, Reply]:
    async with enter(client(mode, server)) as app, enter(app.chat.stream("hi", resume=True)) as opened:
        return unsigned("".join(await to_list(opened.text_deltas()))), comparable(opened.reply)


async def uncut(mode: Mode, blocks: list[bytes]) -> tuple[list[Any], Reply]:
    def server(_: httpx.Request) -> httpx.Response:
        body = Body(b"".join(blocks), cut=False)
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=body)

    return await read(mode, server)


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("exchange", RUNS, ids=str)
async def test_a_cut_between_events_changes_nothing(exchange: Exchange, told: bool, mode: Mode) -> None:
    blocks = contents(exchange)
    events, whole = await uncut(mode, blocks)
    assert events == [payload(block) for block in blocks]
    for length in range(1, len(blocks)):
        server = Cutter(b"".join(blocks[:length]), joined(blocks, length, told=told))
        assert await read(mode, server) == (events, whole), length
        assert server.methods == ["POST", "GET"]
        text, reply = await read_text(mode, Cutter(b"".join(blocks[:length]), joined(blocks, length, told=told)))
        assert reply == whole
        assert text == reply.answer or reply.moderated


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("exchange", RUNS, ids=str)
async def test_a_cut_inside_an_event_loses_no_part_of_the_answer(exchange: Exchange, told: bool, mode: Mode) -> None:
    """The event was published, so it is not sent again: what is told of it, is told by the snapshot and the end."""
    blocks = contents(exchange)
    events, whole = await uncut(mode, blocks)
    data, ends = b"".join(blocks), [len(b"".join(blocks[: count + 1])) for count in range(len(blocks))]
    nodes = {key: node.status for key, node in whole.nodes.items() if node.node_type != "loop"}
    for place in range(ends[0] + 1, len(data), len(data) // CUTS):
        published = next(count for count, end in enumerate(ends, 1) if end >= place)
        server = Cutter(data[:place], joined(blocks, published, told=told))
        found, reply = await read(mode, server)
        assert (reply.status, reply.error, reply.outputs) == (whole.status, whole.error, whole.outputs), place
        # The end of a loop is told by no snapshot.
        assert {key: node.status for key, node in reply.nodes.items() if node.node_type != "loop"} == nodes, place
        assert reply.forms == whole.forms
        assert known_by(found) <= known_by(events)
        if whole.moderated or (not told and "answer" not in whole.outputs):
            continue  # nobody tells the text of a run that failed, where the server does not keep it
        assert reply.answer == whole.answer, place
        text, _ = await read_text(mode, Cutter(data[:place], joined(blocks, published, told=told)))
        assert text == whole.answer, place
