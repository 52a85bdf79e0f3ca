"""The decoder against the grammar, for every kind of line and cut."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dify_chatflow._streaming.sse import EventDecoder, EventTooLargeError, ServerSentEvent
from tests.exchanges import Exchange, recorded_streams
from tests.fuzz.streams import as_text, decode, pieces, reference, streams
from tests.unit.recordings import calm, cut, cut_at

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


@pytest.mark.parametrize("exchange", recorded_streams(), ids=str)
def test_recordings_decode_alike_at_all_chunk_sizes(exchange: Exchange) -> None:
    data = exchange.stream
    whole = decode(data)
    assert as_text(whole) == as_text(reference(data))
    assert len(whole) == data.count(b"\n\n")
    # Every cut near the ends of lines, and some beyond them; random cuts are in `tests/fuzz`.
    sizes = [*range(1, 32), 61, 127, 251, 1021, 4096] if len(data) < 20_000 else [61, 251, 1021, 4096, 65_536]
    for size in sizes:
        assert decode(*cut(data, size)) == whole


def test_named_event_without_data_is_dispatched() -> None:
    assert decode(b"event: ping\n\n") == [ServerSentEvent("ping", b"", "", None)]
    assert decode(b"event:\n\n: comment\n\nid: 3\n\n") == []


def test_names_and_ids_need_not_be_utf8() -> None:
    assert decode(b"event: a\xff\nid: \xc3\n\n") == [ServerSentEvent("a\ufffd", b"", "\ufffd", None)]


def test_reconnection_time_belongs_to_its_event() -> None:
    retries = b"retry: 5\ndata: 1\n\ndata: 2\n\nretry: %s\ndata: 3\n\nretry: %s\ndata: 4\n\n" % (b"9" * 19, b"9" * 20)
    assert [event.retry for event in decode(retries)] == [5, None, 10**19 - 1, None]
    assert EventDecoder().retry is None


@pytest.mark.parametrize(
    "chunks",
    [
        [b"data: 1", b"\ndata: 2\n\n"],
        [b"data: 1\n", b"data: 2\n\n"],
        [b"data: 1\r", b"\ndata: 2\n\n"],
        [b"data: 1\r", b"data: 2\n\n"],
        [b"data: 1\r", b"data: 2", b"\n\n"],
        [b"data: 1\rdata: 2\n\n"],
        [b"data: 1\n", b"data: 2\n\ndata: 3", b"\n\n"],
        [b"data: 1\n\n", b"data: 2\ndata: 3\n\n"],
        [b"data: 1\n\n", b"\xef\xbb\xbfdata: 2\n\n", b"\n\ndata: 3\n\n"],
        [b"\xef", b"\xbb", b"\xbfdata: 1\n\n"],
        [b"\xef\xbb\xbf", b"data: 1\n\n"],
        [b"\xef", b"\n\ndata: 1\n\n"],
        [b":a", b"\n\n", b"d", b"ata: 1\n\n", b"id: 1\n", b"\ndata: 2\n\n"],
    ],
)
def test_cut_within_an_event_changes_nothing(chunks: list[bytes]) -> None:
    # What comes first decides whether a decoder may take complete events at once.
    for before in ([], [b"data: 0\n\n"], [b"data: 0\n\n", b"data: 0\n\n"]):
        assert as_text(decode(*before, *chunks)) == as_text(reference(b"".join([*before, *chunks])))


def test_event_without_blank_line_is_not_dispatched() -> None:
    assert decode(b"data: 1\n\ndata: 2\n") == [ServerSentEvent("message", b"1", "", None)]


def test_ids_persist_after_their_complete_event() -> None:
    decoder = EventDecoder()
    assert [event.id for event in decoder.feed(b"id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n")] == ["1", "1"]
    assert decoder.last_event_id == "1"
    assert [event.id for event in decoder.feed(b"\nid\n\n")] == ["2"]
    assert decoder.last_event_id == ""


def test_renewed_decoder_keeps_id_and_time() -> None:
    decoder = EventDecoder(max_size=30)
    list(decoder.feed(b"id: 7\nretry: 5\ndata: 1\n\ndata: cut"))
    again = decoder.renewed()
    assert (again.last_event_id, again.retry, again.max_size) == ("7", 5, 30)
    assert list(again.feed(b"data: 2\n\n")) == [ServerSentEvent("message", b"2", "7", None)]


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
    largest = b"data: %s\ndata: %s\n\n" % (b"x" * 25, b"y" * 24)
    assert [len(event.data) for event in decode(largest * 2, max_size=50)] == [50, 50]
    with pytest.raises(EventTooLargeError):
        decode(largest.replace(b"y\n", b"yy\n"), max_size=50)


def test_size_error_is_a_value_error() -> None:
    assert issubclass(EventTooLargeError, ValueError)
