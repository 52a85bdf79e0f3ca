"""The decoder against the grammar, a line-based reference, and httpx-sse."""

from __future__ import annotations

import re

import pytest
from httpx_sse import ServerSentEvent as PeerEvent
from httpx_sse._decoders import SSEDecoder, SSELineDecoder
from hypothesis import example, given
from hypothesis import strategies as st

from dify_chatflow._streaming.sse import EventDecoder, EventTooLargeError, ServerSentEvent
from tests.exchanges import Exchange, recorded_streams
from tests.unit.recordings import calm, cut, cut_at


def decode(*chunks: bytes, max_size: int = 1 << 20) -> list[ServerSentEvent]:
    decoder = EventDecoder(max_size)
    return [event for chunk in chunks for event in decoder.feed(chunk)]


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


def as_text(events: list[ServerSentEvent]) -> list[tuple[str, str, str, int | None]]:
    return [(event.event, event.text, event.id, event.retry) for event in events]


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
        *(
            b"retry: 10",
            b"retry: x",
            b"retry:",
            b"unknown: y",
            b"datax: z",
            b" data: no",
            b"data: \xff\xc3",
            b"\xef\xbb\xbf",
        ),
    ]
)
ends = st.sampled_from([b"\n", b"\n", b"\n\n", b"\n\n", b"\r", b"\r\n", b"\r\n\r\n", b"\r\r"])
pieces = st.one_of(
    st.just(b'data: {"event":"message"}\n\n'), st.builds(bytes.__add__, fields, ends), st.binary(max_size=4)
)
streams = st.lists(pieces, max_size=12).map(b"".join)
places = st.lists(st.integers(0, 400), max_size=8)


@calm
@given(streams, places)
@example(b"\xef\xbb\xbfdata: 1\r\n\r\n", [1, 2, 9, 10, 11, 12])
@example(b"data: 1\n\ndata: 2\n\nid: 1\ndata: 3\n\n", [0])
@example(b"data: a\rdata: b\r\rdata: c\r\n\r\n", [8, 16])
def test_any_split_of_bytes_matches_the_grammar(data: bytes, cuts: list[int]) -> None:
    assert as_text(decode(*cut_at(data, cuts))) == as_text(reference(data))


@calm
@given(st.lists(pieces, max_size=12))
@example([b"x", b"data: 1\n\n"])
@example([b"data: 1\n", b"data: 2\n\n"])
@example([b"data: 1\n\n", b"\xef\xbb\xbfdata: 2\n\n"])
@example([b":\n", b"data: 1\rdata: 2\n\n"])
def test_chunks_ending_with_lines_match_the_grammar(chunks: list[bytes]) -> None:
    assert as_text(decode(*chunks)) == as_text(reference(b"".join(chunks)))


@calm
@given(streams)
def test_single_bytes_give_the_same_events(data: bytes) -> None:
    assert decode(*cut(data, 1)) == decode(data)


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


@calm
@given(st.lists(st.builds(bytes.__add__, fields, ends), max_size=12).map(b"".join))
def test_the_peer_agrees(data: bytes) -> None:
    # Empty unnamed events are left out: the peer gives them for a `retry` or `id` alone, too.
    ours = [(event.event, event.text, event.id) for event in decode(data)]
    theirs = [(event.event, event.data, event.id) for event in peer(data)]
    theirs = [event for event in theirs if event[:2] != ("message", "")]
    assert [event for event in ours if event[:2] != ("message", "")] == theirs


@pytest.mark.parametrize("exchange", recorded_streams(), ids=str)
def test_recordings_decode_alike_at_every_chunk_size(exchange: Exchange) -> None:
    data = exchange.stream
    whole = decode(data)
    assert as_text(whole) == as_text(reference(data))
    assert len(whole) == data.count(b"\n\n")
    # Every size there is; of the two long recordings, only those that take no seconds.
    sizes = range(1, len(data) + 1) if len(data) < 20_000 else [*range(61, 300), 4096, 65_536]
    for size in sizes:
        assert decode(*cut(data, size)) == whole


def test_named_event_without_data_is_dispatched() -> None:
    assert decode(b"event: ping\n\n") == [ServerSentEvent("ping", b"", "", None)]
    assert decode(b"event:\n\n: comment\n\nid: 3\n\n") == []


def test_event_without_blank_line_is_not_dispatched() -> None:
    assert decode(b"data: 1\n\ndata: 2\n") == [ServerSentEvent("message", b"1", "", None)]


def test_ids_persist_after_their_complete_event() -> None:
    decoder = EventDecoder()
    assert [event.id for event in decoder.feed(b"id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n")] == ["1", "1"]
    assert decoder.last_event_id == "1"
    assert [event.id for event in decoder.feed(b"\nid\n\n")] == ["2"]
    assert decoder.last_event_id == ""


def test_reconnection_time_needs_no_dispatched_event() -> None:
    decoder = EventDecoder()
    assert list(decoder.feed(b"retry: 250\n\n")) == []
    assert decoder.retry == 250


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"data: 1\n\ndata: " + b"x" * 60, "line"),
        (b"data: 1\n\n:" + b"x" * 60 + b"\n", "line"),
        (b"data: 1\n\n" + b"data: xxxxxxxxx\n" * 6, "event"),
        (b"data: 1\n\ndata: " + b"x" * 45 + b"\n\n", "line"),
    ],
)
def test_large_event_is_refused_after_earlier_ones(data: bytes, what: str, size: int) -> None:
    decoder = EventDecoder(max_size=50)
    events = (event for chunk in cut(data, size) for event in decoder.feed(chunk))
    assert next(events).data == b"1"
    with pytest.raises(EventTooLargeError, match=f"a stream {what} is larger than 50 bytes"):
        next(events)


def test_what_is_just_small_enough_is_read() -> None:
    assert decode(b"data: " + b"x" * 44 + b"\n\n", max_size=50)[0].data == b"x" * 44
    assert decode(b"data: 123456789\n" * 5 + b"\n", max_size=50)[0].data == b"\n".join([b"123456789"] * 5)


def test_size_error_is_a_value_error() -> None:
    assert issubclass(EventTooLargeError, ValueError)
