"""Targets for streams: the decoder against two other decoders, and typed events that add up to a reply."""

from __future__ import annotations

import json
import re
from typing import Any

from httpx_sse import ServerSentEvent as PeerEvent
from httpx_sse._decoders import SSEDecoder, SSELineDecoder
from hypothesis import strategies as st

from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.lifecycle import Lifecycle
from dify_chatflow._streaming.reader import EventReader, read_event
from dify_chatflow._streaming.sse import EventDecoder, ServerSentEvent
from dify_chatflow_client import models
from dify_chatflow_client.models.stream_event import VARIANTS
from dify_chatflow_client.types import json_keys
from tests.exchanges import copies
from tests.fuzz.target import Target
from tests.fuzz.values import dump, json_values, words
from tests.unit.recordings import cut, cut_at

# Cuts of the bytes that a coverage-guided run finds.
CUTS = ([1], [2], [7], [1, 2, 3], [5, 9, 50], [13, 27])


def decode(*chunks: bytes, max_size: int = 1 << 20) -> list[ServerSentEvent]:
    """Return all events of the chunks."""
    decoder = EventDecoder(max_size)
    return [event for chunk in chunks for event in decoder.feed(chunk)]


def as_text(events: list[ServerSentEvent]) -> list[tuple[str, str, str, int | None]]:
    """Return events with their data as text."""
    return [(event.event, event.text, event.id, event.retry) for event in events]


def reference(data: bytes) -> list[ServerSentEvent]:
    """Parse the complete text by the grammar, with the deviation for named events without data."""
    text = data.decode(errors="replace").removeprefix("\ufeff")
    events: list[ServerSentEvent] = []
    name, lines, identifier, retry = "", list[str](), "", None
    for line in re.split("\r\n|\r|\n", text)[:-1]:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if lines or name:
                payload = "\n".join(lines).encode(errors="surrogatepass")
                events.append(ServerSentEvent(name or "message", payload, identifier, retry))
            name, lines, retry = "", [], None
        elif field == "event":
            name = value
        elif field == "data":
            lines.append(value)
        elif field == "id" and "\0" not in value:
            identifier = value
        elif field == "retry" and re.fullmatch("[0-9]{1,19}", value):
            retry = int(value)
    return events


def peer(data: bytes) -> list[PeerEvent]:
    """Return the events that httpx-sse finds, except for its faults with byte order marks and lines after an id."""
    lines = SSELineDecoder()
    decoder = SSEDecoder()
    text = data.decode(errors="replace").removeprefix("\ufeff")
    found: list[PeerEvent] = []
    pending = False
    for line in lines.decode(text + "\n" if text.endswith("\r") else text):
        pending = pending or line.startswith(("data", "event"))
        event = decoder.decode(line)
        if event is not None:
            found.extend([event] if pending else [])
            pending = False
    return found


fields = st.sampled_from(
    [
        *(
            b"data",
            b"data:",
            b"data: {}",
            b'data: {"a": "\xc3\xa9\xf0\x9f\x98\x80\xe2\x80\xa8"}',
            b"data:  x",
            b"data: ",
        ),
        *(b"event: ping", b"event:", b"event", b"event: message", b"id: 7-0", b"id", b"id: a\0b", b": ping", b":"),
        *(b"retry: 10", b"retry: x", b"retry:", b"unknown: y", b"datax: z", b" data: no", b"data: \xff\xc3"),
        b"\xef\xbb\xbf",
    ]
)
ends = st.sampled_from([b"\n", b"\n", b"\n\n", b"\n\n", b"\r", b"\r\n", b"\r\n\r\n", b"\r\r"])
lines = st.builds(bytes.__add__, fields, ends)
pieces = st.one_of(st.just(b'data: {"event":"message"}\n\n'), lines, st.binary(max_size=4))
streams = st.lists(pieces, max_size=12).map(b"".join)


def check_decoder(data: bytes) -> None:
    """Check that the events are those of the grammar, however the bytes are cut."""
    events = decode(data)
    assert as_text(events) == as_text(reference(data))
    assert decode(*cut(data, 1)) == events
    assert decode(*data.splitlines(keepends=True)) == events
    for places in CUTS:
        assert decode(*cut_at(data, places)) == events


def check_peer(data: bytes) -> None:
    """Compare with httpx-sse, without unnamed events without data, which it gives for an id alone."""
    ours = [(event.event, event.text, event.id) for event in decode(data)]
    theirs = [(event.event, event.data, event.id) for event in peer(data)]
    theirs = [event for event in theirs if event[:2] != ("message", "")]
    assert [event for event in ours if event[:2] != ("message", "")] == theirs


def check_events(data: bytes) -> None:
    """Check that events are the same however they arrive, and that reading and adding them never raises."""
    alone = [read_event(event) for event in EventDecoder().feed(data)]
    for chunks in ([data], cut(data, 7), data.splitlines(keepends=True)):
        reader = EventReader()
        assert repr([event for chunk in chunks for event in reader.feed(chunk)]) == repr(alone)
    accumulator, lifecycle = Accumulator(), Lifecycle()
    for event in alone:
        assert isinstance(event.event, str)
        dump(event.to_dict())
        accumulator.add(event)
        lifecycle.observe(event)
        assert lifecycle.wait is None or lifecycle.wait >= 0
    reply = accumulator.reply
    assert isinstance(reply.answer + reply.reasoning + reply.status + (reply.error or ""), str)
    assert isinstance(reply.speech, bytes)
    assert [form.token for form in reply.forms if form.token is not None and not isinstance(form.token, str)] == []
    assert repr(reply)


def check_payload(payload: dict[str, Any]) -> None:
    """Check that an event keeps every key of its payload; only a pause is given the id of its run."""
    data = b"data: %s\n\n" % json.dumps(payload).encode()
    check_events(data)
    (event,) = EventReader().feed(data)
    added = {"workflow_run_id"} - payload.keys() if event.event == "workflow_paused" else set[str]()
    kept = {name: value for name, value in event.to_dict().items() if name not in added}
    assert dump(kept) == dump(json.loads(json.dumps(payload)))


KEYS = sorted({key for name in VARIANTS.values() for key in json_keys(getattr(models, name)).values()} - {"event"})
data_keys = st.sampled_from(
    ["form_token", "form_id", "inputs", "actions", "reasons", "outputs", "files", "status", "error", "workflow_run_id"]
)
inner = json_values | st.dictionaries(data_keys | words, json_values, max_size=4)
payloads: st.SearchStrategy[dict[str, Any]] = st.tuples(
    st.sampled_from([*VARIANTS, "queue_position", ""]),
    st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
).map(lambda parts: {"event": parts[0], **parts[1]})
RECORDED = tuple(exchange.stream for exchange in copies() if 0 < len(exchange.stream) < 6000)

TARGETS = (
    Target(
        "decoder", "dify_chatflow._streaming", check_decoder, streams, (b"\xef\xbb\xbfdata: 1\r\n\r\n", *RECORDED[:8])
    ),
    Target("peer", "dify_chatflow._streaming", check_peer, st.lists(lines, max_size=12).map(b"".join)),
    Target("events", "dify_chatflow", check_events, streams, RECORDED[:16]),
    Target("payloads", "dify_chatflow", check_payload, payloads),
)
