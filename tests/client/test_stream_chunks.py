"""Recorded streams over real sockets, cut into pieces of every size: both modes read the same, and all of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TypeAlias

import httpx
import pytest

from dify_chatflow import Reply, StreamError, StreamEvent
from tests.client.modes import Mode, enter, iterate, to_list
from tests.client.replay import Replay, replaying
from tests.exchanges import Exchange, copy_of, recorded_streams
from tests.unit.recordings import cut

pytestmark = pytest.mark.anyio

# The events, the failure, the reply, and the ids of the task and the run.
Seen: TypeAlias = tuple[list[StreamEvent], tuple[type[StreamError], str] | None, Reply, str | None, str | None]

# The sizes between are tried without sockets in tests/unit; here what matters is the way through HTTP.
SIZES = (1, 2, 3, 4, 5, 7, 11, 16, 23, 61, 251, 1021, 4093, 65_521)
# `make soak` sets CHATFLOW_LONG: smaller sizes of long recordings.
MOST_PIECES = 15_000 if "CHATFLOW_LONG" in os.environ else 5_000


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    with replaying() as server:
        yield server


def contents(exchange: Exchange) -> bytes:
    return exchange.stream


def joins(exchange: Exchange) -> bool:
    """Return whether the recording is of /workflow/{id}/events."""
    return "_events" in exchange.name


async def read(mode: Mode, replay: Replay, exchange: Exchange) -> Seen:
    """Everything a user can see of the stream."""
    app = mode.client(base_url=replay.base_url, user="abc-123", timeout=20)
    async with enter(app):
        goes_on = "continue" in exchange.name
        stream = app.runs.events("run-1", continue_on_pause=goes_on) if joins(exchange) else app.chat.stream("hi")
        failure, events = None, list[StreamEvent]()
        async with enter(stream):
            try:
                async for event in iterate(stream):
                    events.append(event)
            except StreamError as error:
                failure = (type(error), str(error))
        return events, failure, stream.reply, stream.task_id, stream.workflow_run_id


async def read_text(mode: Mode, replay: Replay) -> tuple[list[str], Reply | None]:
    """Return the chunks of text, and the answer that they have to add up to."""
    app = mode.client(base_url=replay.base_url, user="abc-123", timeout=20)
    async with enter(app), enter(app.chat.stream("hi")) as stream:
        try:
            return await to_list(stream.text_deltas()), stream.reply
        except StreamError:
            return [], None


@pytest.mark.parametrize("exchange", recorded_streams(), ids=str)
async def test_recorded_streams_do_not_depend_on_chunks(exchange: Exchange, replay: Replay) -> None:
    data = contents(exchange)
    replay.send(data)
    whole = await read(Mode("sync"), replay, exchange)
    events, failure, reply, *_ = whole
    payloads = data.count(b"data: {")
    assert len(events) == payloads - (failure is not None and b'"event":"error"' in data.replace(b" ", b""))
    assert bool(failure) == (reply.status in ("running", "error"))
    # Sync and async in turn, differently for each recording, so that both read every size.
    modes = (Mode("sync"), Mode("async"))
    for number, size in enumerate((size for size in SIZES if len(data) / size <= MOST_PIECES), len(data)):
        for mode in modes if "CHATFLOW_LONG" in os.environ else (modes[number % 2],):
            replay.send(data, size)
            assert await read(mode, replay, exchange) == whole, size


@pytest.mark.parametrize("exchange", [exchange for exchange in recorded_streams() if not joins(exchange)], ids=str)
async def test_the_text_of_recorded_streams_adds_up(exchange: Exchange, mode: Mode, replay: Replay) -> None:
    replay.send(contents(exchange), 251)
    pieces, reply = await read_text(mode, replay)
    if reply is not None and not reply.moderated:
        assert "".join(pieces) == reply.answer


async def test_a_short_stream_at_literally_every_size(mode: Mode, replay: Replay) -> None:
    exchange = copy_of("431")
    data = contents(exchange)
    replay.send(data)
    whole = await read(mode, replay, exchange)
    assert [event.event for event in whole[0]] == ["message", "message_end"]
    for size in range(1, len(data)):
        replay.send(data, size)
        assert await read(mode, replay, exchange) == whole, size


def test_chunks_reach_the_client_as_split(replay: Replay) -> None:
    data = copy_of("431").stream
    for size in (1, 7, 251):
        replay.send(data, size)
        with httpx.stream("GET", f"{replay.base_url}/workflow/1/events", trust_env=False) as response:
            assert list(response.iter_bytes()) == cut(data, size)


async def test_client_disconnects_while_the_server_stays(mode: Mode, replay: Replay) -> None:
    """Without the end of the body, and by a server that waits until its client has gone."""
    exchange = copy_of("074")
    before = replay.requests
    for _ in range(3):
        replay.send(contents(exchange), end=False)
        *_, reply, _, _ = await read(mode, replay, exchange)
        assert reply.status == "stopped"
    assert replay.requests == before + 3
