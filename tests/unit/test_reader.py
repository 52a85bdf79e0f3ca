"""Typed events: the dispatch, what cannot be read, and that no faster way gives another result."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, assert_type, cast, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dify_chatflow._streaming import payload as payload_module
from dify_chatflow._streaming import template
from dify_chatflow._streaming.event import StreamEvent, UnknownEvent, event_name
from dify_chatflow._streaming.lifecycle import Lifecycle
from dify_chatflow._streaming.payload import parse, parse_stdlib
from dify_chatflow._streaming.reader import EventReader, read_event, read_payload
from dify_chatflow._streaming.sse import EventDecoder, EventTooLargeError, ServerSentEvent
from dify_chatflow_client import models
from dify_chatflow_client.models import (
    ErrorEvent,
    MessageEndEvent,
    MessageEvent,
    PingEvent,
    WorkflowFinishedEvent,
)
from dify_chatflow_client.models.event_name import EventName
from dify_chatflow_client.models.stream_event import VARIANTS, load_variant
from dify_chatflow_client.types import json_keys
from tests.conftest import ROOT
from tests.exchanges import Exchange, copy_of, recorded_streams
from tests.unit.recordings import calm, cut, cut_at

IDS = {"task_id": "t", "message_id": "m", "conversation_id": "c", "created_at": 1}
FULL = {"event": "message", **IDS, "answer": "hi", "id": "m", "from_variable_selector": ["llm", "text"]}


def read(*chunks: bytes) -> list[StreamEvent]:
    reader = EventReader()
    return [event for chunk in chunks for event in reader.feed(chunk)]


def read_one_by_one(data: bytes) -> list[StreamEvent]:
    """Without anything that is remembered from event to event."""
    return [read_event(event) for event in EventDecoder().feed(data)]


def stream(*payloads: object) -> bytes:
    return b"".join(b"data: %s\n\n" % json.dumps(payload).encode() for payload in payloads)


def unknown(data: bytes) -> UnknownEvent:
    event = read_payload(data)
    assert isinstance(event, UnknownEvent)
    return event


@pytest.fixture(params=["with orjson", "without orjson"])
def loads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test that uses this runs with and without the faster parser."""
    if request.param == "without orjson":
        for module in (payload_module, template):
            monkeypatch.setattr(module, "orjson_loads", None)
    else:
        pytest.importorskip("orjson")
    return str(request.param)


# Typed events


def test_event_table_matches_the_document() -> None:
    schemas = json.loads((ROOT / "openapi_chatflow.json").read_text(encoding="utf-8"))["components"]["schemas"]
    mapping = schemas["ChunkChatEvent"]["discriminator"]["mapping"]
    assert mapping.keys() == VARIANTS.keys()
    # No event is left out of the mapping, and each has a class that knows its own name.
    targets = {schema.rpartition("/")[2] for schema in mapping.values()}
    assert targets == {name for name in schemas if name.startswith("StreamEvent") and name != "StreamEventBase"}
    assert len(set(VARIANTS.values())) == len(targets)
    for name, kind in VARIANTS.items():
        assert load_variant(name) is getattr(models, kind)
        assert name in get_args(EventName)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_documented_event_gets_its_class(name: str) -> None:
    """Also `workflow_paused`, which names its run only within its data there."""
    schemas = json.loads((ROOT / "openapi_chatflow.json").read_text(encoding="utf-8"))["components"]["schemas"]
    payload = least(schemas, {"$ref": schemas["ChunkChatEvent"]["discriminator"]["mapping"][name]}) | {"event": name}
    event = read_payload(json.dumps(payload).encode())
    assert type(event).__name__ == VARIANTS[name], event
    assert event.event == name
    assert event.to_dict().items() >= payload.items()


def least(schemas: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Return a small value of a schema: all properties of its objects, once."""
    if "$ref" in schema:
        return least(schemas, schemas[schema["$ref"].rpartition("/")[2]])
    if "allOf" in schema:
        return {key: value for part in schema["allOf"] for key, value in least(schemas, part).items()}
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return least(schemas, schema[several][0])
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        return {key: least(schemas, value) for key, value in schema.get("properties", {}).items()}
    values: dict[str, Any] = {"string": "x", "integer": 1, "number": 1.5, "boolean": True, "array": []}
    return values[kind]


@pytest.mark.usefixtures("loads")
@pytest.mark.parametrize("exchange", recorded_streams(), ids=str)
def test_recorded_events_are_typed_and_keep_everything(exchange: Exchange) -> None:
    data = exchange.stream
    events = read(data)
    payloads = [json.loads(block[6:]) for block in data.split(b"\n\n") if block.startswith(b"data: ")]
    assert [event.to_dict() for event in events if event.event != "ping"] == payloads
    assert [type(event).__name__ for event in events] == [VARIANTS[event.event] for event in events]


@pytest.mark.parametrize("exchange", recorded_streams(), ids=str)
def test_recorded_events_do_not_depend_on_chunks(exchange: Exchange) -> None:
    data = exchange.stream
    whole = read(data)
    assert whole == read_one_by_one(data)
    for size in [*range(1, 40), 61, 251, 1021, 4096] if len(data) < 20_000 else [61, 251, 4096]:
        assert read(*cut(data, size)) == whole


def test_matching_narrows_the_type() -> None:
    texts: list[str] = []
    for event in read(stream(FULL, {"event": "new"})):
        match event:
            case MessageEvent(answer=text):
                assert_type(text, str)
                texts.append(text)
            case UnknownEvent(name=name, reason=reason):
                texts.append(f"{name}: {reason}")
            case _:
                texts.append("other")
    assert texts == ["hi", "new: no event of this name is known"]


def test_events_without_data_are_not_dropped() -> None:
    ping, other = read(b"event: ping\n\nevent: hello\n\n")
    assert ping == PingEvent()
    assert other == UnknownEvent("hello", None, "it has no data")
    assert other.to_dict() == {"event": "hello", "data": None}


@pytest.mark.usefixtures("loads")
@pytest.mark.parametrize(
    ("data", "event", "reason"),
    [
        (b"[DONE]", "message", "its data is not JSON"),
        (b"", "message", "it has no data"),
        (b"\xff", "message", "its data is not JSON"),
        (b"\xef\xbb\xbf{}", "message", "its data is not JSON"),
        (b"[" * 100_000, "message", "its data is not JSON: it is nested too deeply"),
        (b"[1]", "message", "its data is not a JSON object"),
        (b'{"event": 3}', "message", "its data has no `event` that names it"),
        (b'{"event": ["message"]}', "message", "its data has no `event` that names it"),
        (b'{"event": "queue_position"}', "queue_position", "no event of this name is known"),
        (json.dumps({**FULL, "answer": None}).encode(), "message", "`answer` is not text"),
        (json.dumps({**FULL, "answer": 3}).encode(), "message", "`answer` is not text"),
        (
            json.dumps({**FULL, "event": "message_replace", "reason": "", "answer": []}).encode(),
            "message_replace",
            "`ans",
        ),
        (json.dumps({**IDS, "event": "tts_message", "audio": None}).encode(), "tts_message", "`audio` is not text"),
        (b'{"event": "error", "status": 400, "message": null}', "error", "`message` is not text"),
        (json.dumps({**IDS, "event": "text_chunk", "data": {}}).encode(), "text_chunk", "`data.text` is not text"),
        (json.dumps({**IDS, "event": "text_chunk", "data": None}).encode(), "text_chunk", "`data.text` is not text"),
        (json.dumps({**IDS, "event": "reasoning_chunk"}).encode(), "reasoning_chunk", "`data.reasoning` is not text"),
    ],
)
def test_unreadable_event_has_a_reason(data: bytes, event: str, reason: str) -> None:
    found = unknown(data)
    assert found.name == event
    assert found.reason.startswith(reason)
    if found.data is not None and isinstance(found.data, dict):
        assert found.to_dict() == json.loads(data)
    else:
        assert found.to_dict() == {"event": event, "data": found.data}


def test_empty_data_reads_alike_in_every_chunk() -> None:
    data = stream(FULL) + b"data: \n\n" + stream(FULL)
    assert read(data) == read(*cut(data, 1))
    assert read(data)[1] == UnknownEvent("message", None, "it has no data")


def test_unnamed_payload_takes_the_stream_event_name() -> None:
    assert event_name(read_event(ServerSentEvent("note", b"{}", "", None))) == "note"


names = st.sampled_from([*VARIANTS, "queue_position", ""])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = sorted({key for name in VARIANTS.values() for key in json_keys(getattr(models, name)).values()} - {"event"})


@calm
@given(names, st.dictionaries(st.sampled_from(KEYS), values, max_size=4), st.booleans())
def test_no_payload_raises_or_loses_data(name: str, fields: dict[str, Any], complete: bool) -> None:
    payload = {"event": name, **(IDS if complete else {}), **fields}
    event = read_payload(json.dumps(payload).encode())
    assert event_name(event) == name
    # NaN differs from itself, but its text does not.
    assert json.dumps(event.to_dict(), sort_keys=True) == json.dumps(payload, sort_keys=True)


# JSON, the same by both ways

documents = st.one_of(
    values.map(lambda value: json.dumps(value).encode()),
    values.map(lambda value: json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass")),
    st.integers(-(2**70), 2**70).map(lambda value: b'{"a": [%d]}' % value),
    st.floats().map(lambda value: repr(value).encode()),
    st.text('0123456789.eE+-[]{}",: nulltrueNaN\\ud8', max_size=12).map(str.encode),
    st.binary(max_size=8),
)


def outcome(read_json: Callable[[bytes], Any], data: bytes) -> str:
    try:
        value = read_json(data)
    except ValueError:
        return "no JSON"
    return repr(value)


@calm
@given(documents)
@example(b'["\\ud800", "\xe2\x80\xa8", NaN, -Infinity, 1e400, -0, -0.0]')
@example(b"[123456789012345678901234567890, 18446744073709551616, -9223372036854775809, 1e30]")
@example(b'{"a": 1, "b": 2, "a": 123456789012345678901}')
@example(b"18446744073709551616")
@example(b"9" * 5000)
@example(b"9" * 400)
@example(b'"\xed\xa0\x80\xff"')
def test_both_parsers_agree(data: bytes) -> None:
    assert outcome(parse, data) == outcome(parse_stdlib, data)
    # What is long is checked in another way.
    assert outcome(parse, data.ljust(10_000)) == outcome(parse_stdlib, data)


def test_integers_are_exact() -> None:
    assert parse(b'{"a": [{"b": 123456789012345678901234567890}]}') == {"a": [{"b": 123456789012345678901234567890}]}
    assert math.isnan(parse(b"[NaN]")[0])


# Reading a stream, the same whatever is remembered

answers = st.text(max_size=6) | st.sampled_from(['"', "\\", '\\"', '"answer":', "\u2028", "\n", "\ud800", "é😀"])
changes: list[dict[str, Any]] = [
    *({}, {}, {}, {}, {"task_id": "t2"}, {"id": None}, {"created_at": 10**20}, {"created_at": 1.5}),
    *({"from_variable_selector": None}, {"from_variable_selector": [{"answer": "x"}]}, {"from_variable_selector": [1]}),
    *({'"answer"': "x"}, {'x"answer': "y"}, {"answer": None}, {"extra": {"answer": ""}}, {"id": {"answer": "z"}}),
]


def message_text(answer: str, change: dict[str, Any], first: str, spaced: bool, escaped: bool) -> bytes:
    """Return a message as a server may write it, with one key in front."""
    payload = {**FULL, "answer": answer, **change}
    payload = {first: payload[first], **payload}
    separators = None if spaced else (",", ":")
    return json.dumps(payload, separators=separators, ensure_ascii=escaped).encode(errors="replace")


first = st.sampled_from(["event", "event", "answer", "id", "from_variable_selector"])
texts = st.builds(message_text, answers, st.sampled_from(changes), first, st.booleans(), st.booleans())
blocks = st.one_of(
    *[texts.map(lambda text: b"data: %s\n\n" % text)] * 4,
    texts.map(lambda text: b"id: 4-0\ndata: %s\n\n" % text),
    texts.map(lambda text: b"data: %s\n\n" % text.replace(b'"answer":', b'"answer":"first","answer":')),
    texts.map(lambda text: b"data: %s\n\n" % text[:-1]),
    texts.map(lambda text: b"data: %s}\n\n" % text),
    st.just(b"event: ping\n\n"),
    st.just(b'data:\ndata: "x"\ndata:\n\n'),
)


@pytest.mark.usefixtures("loads")
def test_message_template_equals_complete_parsing() -> None:
    @calm
    @given(st.lists(blocks, max_size=12).map(b"".join), st.lists(st.integers(0, 4000), max_size=5))
    def check(data: bytes, places: list[int]) -> None:
        assert repr(read(*cut_at(data, places))) == repr(read_one_by_one(data))

    check()


@pytest.mark.usefixtures("loads")
def test_messages_share_nothing_that_can_change() -> None:
    # From the third on they are read by what the first two had in common.
    first, *_, second, third = read(stream(*[FULL] * 5))
    assert isinstance(second, MessageEvent)
    assert isinstance(second.from_variable_selector, list)
    second.from_variable_selector.append("mine")
    second.additional_properties["mine"] = 1
    assert first.to_dict() == third.to_dict() == FULL
    nested = {**FULL, "from_variable_selector": [["llm"]]}
    *_, one, two = read(stream(*[nested] * 5))
    assert isinstance(one, MessageEvent)
    cast("list[list[str]]", one.from_variable_selector)[0].append("mine")
    assert two.to_dict() == nested


@pytest.mark.usefixtures("loads")
@pytest.mark.parametrize(
    "change", [{"extra": 1}, {"id": None}, {"created_at": 1.5}, {"created_at": 10**20}, {'x"answer': "y"}]
)
def test_repeated_fields_are_kept_in_every_message(change: dict[str, Any]) -> None:
    payloads = [{**FULL, **change, "answer": f"{count}"} for count in range(6)]
    assert [event.to_dict() for event in read(stream(*payloads))] == payloads


@pytest.mark.usefixtures("loads")
def test_duplicate_key_counts_as_in_json() -> None:
    text = message_text("last", {}, "event", False, True)
    twice = [b'"answer":"%d","answer":' % count for count in range(6)]
    blocks = [b"data: %s\n\n" % text.replace(b'"answer":', keys) for keys in twice]
    assert [event.to_dict()["answer"] for event in read(b"".join(blocks))] == ["last"] * 6


@pytest.mark.usefixtures("loads")
def test_message_without_text_is_always_unknown() -> None:
    events = read(stream(FULL, FULL, {**FULL, "answer": None}, {**FULL, "answer": 3}, FULL))
    assert [type(event).__name__ for event in events] == [
        *("MessageEvent", "MessageEvent"),
        *("UnknownEvent", "UnknownEvent", "MessageEvent"),
    ]


def test_large_event_is_refused_after_earlier_ones() -> None:
    reader = EventReader(max_size=300)
    seen: list[str] = []
    with pytest.raises(EventTooLargeError):
        seen.extend(event.event for event in reader.feed(stream(FULL, {**FULL, "answer": "x" * 300})))
    assert seen == ["message"]


def test_the_last_event_id_is_at_hand() -> None:
    reader = EventReader()
    assert len(list(reader.feed(b"id: 17-0\n" + stream(FULL)))) == 1
    assert reader.last_event_id == "17-0"


# What closes a stream


def closing(name: str, lifecycle: Lifecycle) -> list[str]:
    return [event.event for event in read(copy_of(name).stream) if lifecycle.observe(event) or lifecycle.is_run_over]


@pytest.mark.parametrize(
    ("name", "closes"),
    [
        ("055", ["workflow_finished"]),
        ("074", ["workflow_finished"]),
        ("106", ["error"]),
        ("301", ["workflow_paused"]),
        ("343", ["workflow_finished"]),
        ("431", ["message_end"]),
        ("433", ["workflow_finished"]),
    ],
)
def test_recorded_streams_end_with_their_last_event(name: str, closes: list[str]) -> None:
    assert closing(name, Lifecycle()) == closes
    assert read(copy_of(name).stream)[-1].event == closes[-1]


def test_pause_ends_stream_unless_continued() -> None:
    assert closing("435", Lifecycle())[0] == "workflow_paused"
    assert closing("435", Lifecycle(continue_on_pause=True)) == ["workflow_finished"]


def test_message_end_is_final_without_a_run() -> None:
    (end,) = [event for event in read(copy_of("431").stream) if isinstance(event, MessageEndEvent)]
    assert Lifecycle().observe(end)
    assert not Lifecycle(is_started=True).observe(end)


def test_final_events_need_no_valid_payload() -> None:
    for name in ("error", "workflow_finished", "message_end", "workflow_paused"):
        lifecycle = Lifecycle()
        lifecycle.observe(read_payload(b'{"event": "%s"}' % name.encode()))
        assert lifecycle.is_ended or lifecycle.is_run_over
    assert not Lifecycle().observe(UnknownEvent("queue_position", {}, ""))


def test_errors_are_typed_in_both_shapes() -> None:
    early = read(copy_of("106").stream)[-1]
    assert isinstance(early, ErrorEvent)
    assert (early.status, early.message, bool(early.code)) == (500, "Invalid upload file", False)
    late = read_payload(
        json.dumps({"event": "error", **IDS, "code": "invalid_param", "status": 400, "message": ""}).encode()
    )
    assert isinstance(late, ErrorEvent)
    assert late.code == "invalid_param"


def test_finished_run_is_typed_without_ids() -> None:
    (finished,) = [event for event in read(copy_of("343").stream) if isinstance(event, WorkflowFinishedEvent)]
    bare = {
        key: value
        for key, value in finished.to_dict().items()
        if key not in ("message_id", "conversation_id", "created_at")
    }
    again = read_payload(json.dumps(bare).encode())
    assert isinstance(again, WorkflowFinishedEvent)
    assert again.data == finished.data
