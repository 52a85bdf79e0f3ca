"""Replies: the answer, status, nodes, files and forms that events add up to."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
from functools import cache
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dify_chatflow import BadRequestError, RateLimitError, StreamError
from dify_chatflow._streaming import form, partial
from dify_chatflow._streaming import node as node_module
from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.event import StreamEvent, UnknownEvent
from dify_chatflow._streaming.form import Form
from dify_chatflow._streaming.lifecycle import Lifecycle
from dify_chatflow._streaming.node import Node
from dify_chatflow._streaming.reader import EventReader, read_payload
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.text import Text, split_surrogate
from dify_chatflow_client import models
from dify_chatflow_client.models import ChatCompletionResponse, ConversationMessage, Usage
from dify_chatflow_client.models.stream_event import VARIANTS
from dify_chatflow_client.types import json_keys
from tests.exchanges import FOLDERS, Exchange, complete, copy_of, recorded_streams
from tests.unit.events import IDS, RUN, event, finished, message, node, started
from tests.unit.recordings import calm, cut


def read(*chunks: bytes) -> list[StreamEvent]:
    reader = EventReader()
    return [event for chunk in chunks for event in reader.feed(chunk)]


def accumulate(
    events: list[StreamEvent], accumulator: Accumulator | None = None, lifecycle: Lifecycle | None = None
) -> Accumulator:
    """Add the events as far as the one that ends the stream."""
    accumulator, lifecycle = accumulator or Accumulator(), lifecycle or Lifecycle()
    for found in events:
        accumulator.add(found)
        if lifecycle.observe(found):
            break
    if accumulator.reply.finished and accumulator.completion.needs_stored_message:
        accumulator.completion.complete(None)
    return accumulator


def add(events: list[StreamEvent], accumulator: Accumulator | None = None, lifecycle: Lifecycle | None = None) -> Reply:
    """Return the reply after the event that ends the stream."""
    return accumulate(events, accumulator, lifecycle).reply


def joined(*, continue_on_pause: bool = False) -> Lifecycle:
    """Return the lifecycle of a stream that joins a run."""
    return Lifecycle(is_joined=True, is_started=True, continue_on_pause=continue_on_pause)


def lifecycle_of(exchange: Exchange) -> Lifecycle:
    """Return the lifecycle of a recorded stream."""
    return joined(continue_on_pause="continue" in exchange.name) if "events" in exchange.name else Lifecycle()


def follow(name: str, accumulator: Accumulator | None = None) -> Reply:
    """Return the reply of a kept recording that joins a run and continues after a pause."""
    return add(read(copy_of(name).stream), accumulator or Accumulator("run"), joined(continue_on_pause=True))


def unsigned(text: str) -> str:
    """Without the parameters by which the server signs addresses anew each time."""
    return re.sub(r"\?timestamp=[^)\s]*", "", text)


# Recordings


def is_found(exchange: Exchange, path: str) -> bool:
    return path in exchange.request["path"] and exchange.status == 200 and isinstance(exchange.body, dict)


@cache
def stored_messages(version: str) -> dict[str, dict[str, Any]]:
    """Return the messages of one set of recordings by their id, as last looked up."""
    pages = [exchange.body for exchange in complete(version) if is_found(exchange, "/v1/messages?")]
    return {message["id"]: message for page in pages for message in page["data"]}


@cache
def run_details(version: str) -> dict[str, dict[str, Any]]:
    """Return the run details of one set of recordings by their id; some runs are looked up before and after the end."""
    details: dict[str, dict[str, Any]] = {}
    for exchange in complete(version):
        body = exchange.body
        if is_found(exchange, "/workflows/run/") and not details.get(body["id"], {}).get("finished_at"):
            details[body["id"]] = body
    return details


def replied(exchange: Exchange, *chunks: bytes) -> Accumulator:
    """Return the reply of a recording, completed from the stored message where one was recorded."""
    accumulator = Accumulator("run") if "events" in exchange.name else Accumulator()
    lifecycle = lifecycle_of(exchange)
    for found in read(*chunks or (exchange.stream,)):
        accumulator.add(found)
        if found.event != "message" and lifecycle.observe(found):
            break
    if accumulator.reply.finished and accumulator.completion.needs_stored_message:
        message = stored_messages(exchange.version).get(accumulator.reply.message_id or "")
        accumulator.completion.complete(ConversationMessage.from_dict(message) if message else None)
    return accumulator


@pytest.mark.parametrize("exchange", recorded_streams(*FOLDERS), ids=str)
def test_recorded_replies_do_not_depend_on_chunks(exchange: Exchange) -> None:
    size = 7 if len(exchange.stream) < 100_000 else 4096
    assert replied(exchange, *cut(exchange.stream, size)).reply == replied(exchange).reply


@pytest.mark.parametrize("exchange", recorded_streams(*FOLDERS), ids=str)
def test_recorded_replies_agree_with_history_and_detail(exchange: Exchange) -> None:
    reply = replied(exchange).reply
    message = stored_messages(exchange.version).get(reply.message_id or "")
    detail = run_details(exchange.version).get(reply.workflow_run_id or "")
    was_paused = b"workflow_paused" in exchange.stream or b"resumption" in exchange.stream
    # In June 2026 the stored message lacked the text after a form: the outputs have it.
    is_stored = message is not None and not (was_paused and exchange.version == "main-2026-06")
    if message and message["answer"] and reply.finished and is_stored:
        assert unsigned(reply.answer) == unsigned(message["answer"])
    elif "events" in exchange.name and reply.finished and "answer" in reply.outputs:
        assert unsigned(reply.answer) == unsigned(reply.outputs["answer"])
    elif not reply.moderated:
        chunks = [found["answer"] for found in exchange.events if found["event"] == "message"]
        assert reply.answer == "".join(chunks) or was_paused or not chunks
    if detail is not None and reply.finished and detail["finished_at"]:
        assert reply.status == detail["status"]
        # 1.16.1 has the reason of an aborted run in its detail only (772).
        assert reply.status == "stopped" or (reply.error or None) == (detail["error"] or None)
    if reply.finished:
        assert not [found for found in reply.nodes.values() if found.status in ("running", "retry", "paused")]
        assert reply.forms == []


def test_loop_and_its_nodes_count_rounds() -> None:
    reply = add(read(copy_of("055").stream))
    loop = reply.nodes["lp"]
    assert (loop.node_type, loop.status, loop.rounds, loop.outputs) == (
        "loop",
        "succeeded",
        2,
        {"num": 3, "loop_round": 2},
    )
    inside = [found for found in reply.nodes.values() if found.loop_id == "lp"]
    assert [(found.node_id, found.round, found.status) for found in inside] == [
        ("lpas", 0, "succeeded"),
        ("lpas", 1, "succeeded"),
    ]
    assert reply.answer == "num 3"
    assert isinstance(reply.usage, Usage)
    assert all(found.elapsed_time is not None and found.finished_at for found in reply.nodes.values())


def test_stopped_run_has_its_status() -> None:
    reply = add(read(copy_of("074").stream))
    assert (reply.status, reply.error, reply.finished) == ("stopped", "Aborted: User requested stop", True)
    assert reply.answer == "done "
    with pytest.raises(StreamError, match="Aborted"):
        reply.raise_for_status()


def test_early_error_raises_class_of_its_status() -> None:
    reply = add([event("error", status=400, code="invalid_param", message="no such file")])
    assert (reply.status, reply.error, reply.error_code, reply.error_status) == (
        "error",
        "no such file",
        "invalid_param",
        400,
    )
    with pytest.raises(BadRequestError) as caught:
        reply.raise_for_status()
    assert isinstance(caught.value, StreamError)
    assert caught.value.reply is reply
    with pytest.raises(RateLimitError):
        add([event("error", status=429, message="slow down")]).raise_for_status()


def test_raise_for_status_returns_a_good_reply() -> None:
    reply = add(read(copy_of("055").stream))
    assert reply.raise_for_status() is reply


def test_message_end_finishes_answer_without_run() -> None:
    reply = add(read(copy_of("431").stream))
    assert (reply.answer, reply.status, reply.workflow_run_id) == ("input blocked", "succeeded", None)
    assert reply.conversation_id
    assert reply.retriever_resources == []


def test_replacement_by_moderation_stays() -> None:
    reply = add(read(copy_of("433").stream))
    assert reply.answer == "output blocked"
    assert "badword" in reply.outputs["answer"]


def test_a_pause_shows_the_form() -> None:
    reply = add(read(copy_of("301").stream))
    assert (reply.paused, reply.finished, reply.status, reply.answer) == (True, False, "paused", "before form. ")
    (form,) = reply.forms
    assert form.token
    assert form.token not in repr(form)
    assert [field.output_variable_name for field in form.fields] == ["comment", "echo", "pick"]
    assert [action.id for action in form.actions] == ["approve", "reject"]
    assert (form.title, form.node_id, form.defaults, form.expiry) == (
        "Approve",
        "hum",
        {"echo": "human please"},
        1795473537,
    )
    assert [found.status for found in reply.nodes.values()][-1] == "paused"


def test_resumed_run_continues_the_same_reply() -> None:
    events = read(copy_of("435").stream)
    pause = next(place for place, found in enumerate(events) if found.event == "workflow_paused")
    before = accumulate(events[: pause + 1])
    assert before.reply.paused
    nodes = list(before.reply.nodes)
    resumed = follow("435", before)
    assert resumed == follow("435")
    assert list(resumed.nodes)[: len(nodes)] == nodes
    assert (resumed.status, resumed.forms) == ("succeeded", [])
    assert resumed.answer == "before form. approved looks good a"


def test_snapshot_only_fills_gaps() -> None:
    events = read(copy_of("301").stream)
    live = accumulate(events)
    live.add(event("message_replace", answer="", reason=""))
    assert live.reply.answer == "before form. "
    assert add(events[1:], accumulate(events)).nodes == add(events).nodes


def test_late_stream_takes_answer_from_outputs() -> None:
    assert follow("343").answer == "done slept"
    # The same without its snapshot, as in a stream that began in the middle.
    kept = ("message", "message_end", "workflow_finished")
    tail = [found for found in read(copy_of("343").stream) if found.event in kept]
    reply = add(tail, Accumulator("r"), Lifecycle(is_joined=True, is_started=True))
    assert (reply.answer, reply.status) == ("done slept", "succeeded")


# Single facts


def test_outputs_fill_in_missing_text_only() -> None:
    assert (
        add([started(), message("a"), message(""), message("b"), finished(outputs={"answer": "other"})]).answer == "ab"
    )
    assert add([started(), finished(outputs={"answer": "only here"})]).answer == "only here"
    assert add([started(), finished(outputs={"answer": 3})]).answer == ""
    assert add([started("resumption"), finished(outputs={"answer": "whole"})]).answer == "whole"


def test_outputs_replace_text_with_possible_gaps() -> None:
    end = finished(outputs={"answer": "a b c"})
    assert add([started("resumption"), message("c"), end]).answer == "a b c"
    paused = event("workflow_paused", data={"paused_nodes": ["n"]})
    events = [started(), node("node_started", "n"), message("a"), paused, started("resumption"), message("c"), end]
    assert add(events, lifecycle=Lifecycle(continue_on_pause=True)).answer == "a b c"


def test_snapshot_adds_text_without_retracting_any() -> None:
    replace = event("message_replace", answer="ab", reason="")
    assert add([started(), message("a"), replace]).answer == "ab"
    assert add([started(), message("abc"), replace]).answer == "abc"
    assert add([started(), message("x"), replace]).answer == "ab"


@calm
@given(st.lists(st.text()))
def test_answer_is_its_chunks_at_any_time(pieces: list[str]) -> None:
    once, often = Accumulator(), Accumulator()
    for count, piece in enumerate(pieces, 1):
        once.add(message(piece))
        often.add(message(piece))
        assert often.reply.answer == "".join(pieces[:count])
    assert once.reply == often.reply
    assert once.reply.answer == "".join(pieces)


def test_reasoning_and_speech_are_joined() -> None:
    def thought(text: str) -> StreamEvent:
        return event("reasoning_chunk", data={"reasoning": text, "is_final": False})

    def sound(data: str) -> StreamEvent:
        return event("tts_message", audio=data)

    pieces = [base64.b64encode(piece).decode() for piece in (b"ID3", b"\xff\xfb")]
    spoken = [sound(pieces[0]), sound("no base64!"), sound("é"), sound(pieces[1])]
    ends = [event("tts_message_end", audio=""), event("tts_message_end")]
    reply = add([thought("first, "), thought("then"), *spoken, *ends])
    assert (reply.reasoning, reply.speech) == ("first, then", b"ID3\xff\xfb")


def test_repeated_file_is_listed_once() -> None:
    told = {"related_id": "f", "id": None, "url": "http://x/f?sign=1"}
    again = {**told, "url": "http://x/f?sign=2"}
    reply = add(
        [
            started(),
            event("message_file", id="g", type="image", url="http://x/g", belongs_to="assistant"),
            event("message_end", metadata={}, files=[told]),
            finished(outputs={"files": [again]}, files=[again, {"id": "g"}, {"url": "http://x/h"}]),
        ]
    )
    assert [file.get("related_id") or file.get("id") or file["url"] for file in reply.files] == ["g", "f", "http://x/h"]
    assert reply.files[0] == {"id": "g", "type": "image", "url": "http://x/g", "belongs_to": "assistant"}


def test_retries_are_counted_in_place() -> None:
    retry = node("node_retry", "n", status="retry", error="503", retry_index=1)
    events = [started(), node("node_started", "n", title="Call"), retry, retry]
    (found,) = add(events).nodes.values()
    assert (found.status, found.retries, found.error, found.title) == ("retry", 2, "503", "Call")
    (found,) = add([*events, node("node_finished", "n", elapsed_time=2)]).nodes.values()
    assert (found.status, found.retries, found.error, found.elapsed_time) == ("succeeded", 2, None, 2.0)


def test_iterations_count_their_rounds() -> None:
    reply = add(
        [
            started(),
            node("iteration_started", "it", node_type="iteration", created_at=5),
            node("iteration_next", "it", index=0),
            node("node_started", "a", iteration_id="it"),
            node("iteration_next", "it", index=1),
            node("node_started", "b", iteration_id="it"),
            node("iteration_completed", "it", finished_at=7, outputs={"output": [1, 2]}),
        ]
    )
    assert (reply.nodes["it"].rounds, reply.nodes["it"].outputs) == (2, {"output": [1, 2]})
    assert [reply.nodes[key].round for key in "ab"] == [0, 1]


def test_snapshot_does_not_restart_a_container() -> None:
    events = [started(), node("loop_started", "lp", created_at=5), node("loop_next", "lp", index=3)]
    ended = accumulate([*events, node("loop_completed", "lp", finished_at=7)])
    ended.add(node("loop_started", "lp", created_at=6))
    assert (ended.reply.nodes["lp"].status, ended.reply.nodes["lp"].rounds) == ("succeeded", 4)
    ended.add(node("loop_started", "lp", created_at=8))
    assert (ended.reply.nodes["lp"].status, ended.reply.nodes["lp"].rounds) == ("running", 0)


def form_event(form: str, **fields: Any) -> StreamEvent:
    return event("human_input_required", data={"form_id": form, "node_id": "hum", "form_token": form, **fields})


def test_forms_wait_until_filled_or_expired() -> None:
    waiting = [started(), form_event("f1"), form_event("f2", node_id="other"), form_event("f1", expiration_time=9)]
    assert [(form.form_id, form.expiry) for form in add(waiting).forms] == [("f2", None), ("f1", 9)]
    filled = event("human_input_form_filled", data={"node_id": "hum"})
    expired = event("human_input_form_timeout", data={"node_id": "other"})
    assert [form.form_id for form in add([*waiting, filled]).forms] == ["f2"]
    assert add([*waiting, filled, expired]).forms == []
    assert add([*waiting, finished(status="failed")]).forms == []


@pytest.mark.parametrize(
    ("data", "status", "error"),
    [
        ({"status": "failed", "error": "Aborted: User requested stop"}, "stopped", "Aborted: User requested stop"),
        ({"status": "failed", "error": "Process Aborted"}, "failed", "Process Aborted"),
        ({"status": "failed", "error": None}, "failed", "the server gave no reason"),
        ({"status": "partial-succeeded", "error": None}, "partial-succeeded", None),
        ({"status": "quantum", "error": None}, "quantum", None),
    ],
)
def test_status_and_error_are_the_runs_own(data: dict[str, Any], status: str, error: str | None) -> None:
    reply = add([started(), finished(**data)])
    assert (reply.status, reply.error, reply.finished) == (status, error, True)


def test_run_id_is_never_the_task_id() -> None:
    assert add([event("workflow_finished", task_id="r", data={"status": "succeeded"})]).task_id is None


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("error", "error"),
        ("workflow_finished", "error"),
        ("workflow_paused", "error"),
        ("message_end", "succeeded"),
        ("message", "running"),
    ],
)
def test_unreadable_event_only_ends_the_stream(name: str, status: str) -> None:
    reply = add([UnknownEvent(name, {"event": name, "message": None}, "it lacks `data`")])
    assert (reply.status, reply.answer) == (status, "")
    assert bool(reply.error) == (status == "error")


def test_error_of_unknown_shape_keeps_its_message() -> None:
    reply = add([read_payload(b'{"event": "error", "message": "quota", "code": "quota_exceeded"}')])
    assert (reply.error, reply.error_code, reply.error_status) == ("quota", "quota_exceeded", None)


# Blocking answers

BLOCKING = {**IDS, "event": "message", "id": "m", "mode": "advanced-chat", "answer": "hi", "metadata": {"usage": None}}


def test_a_blocking_answer_is_a_finished_reply() -> None:
    reply = Accumulator.from_blocking(ChatCompletionResponse.from_dict(BLOCKING)).reply
    assert (reply.answer, reply.status, reply.message_id, reply.conversation_id) == ("hi", "succeeded", "m", "c")
    assert (reply.usage, reply.retriever_resources, reply.paused) == (None, [], False)


def test_paused_blocking_answer_has_the_form() -> None:
    paused = next(found for found in read(copy_of("301").stream) if found.event == "workflow_paused").to_dict()
    answer = {
        **BLOCKING,
        "event": "workflow_paused",
        "answer": "before form. ",
        "workflow_run_id": "r",
        "data": paused["data"],
    }
    accumulator = Accumulator.from_blocking(ChatCompletionResponse.from_dict(answer))
    reply = accumulator.reply
    (form,), (streamed,) = reply.forms, add(read(copy_of("301").stream)).forms
    assert (reply.paused, reply.status, reply.answer) == (True, "paused", "before form. ")
    assert reply.workflow_run_id == paused["workflow_run_id"]
    assert form == streamed
    assert follow("435", accumulator).answer == "before form. approved looks good a"


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"reasons": [{"TYPE": "scheduled_pause"}, {"TYPE": "human_input_required", "inputs": [1]}], "paused_nodes": 3},
    ],
)
def test_pause_without_details_is_a_pause(data: object) -> None:
    answer = {**BLOCKING, "event": "workflow_paused", "data": data}
    reply = Accumulator.from_blocking(ChatCompletionResponse.from_dict(answer)).reply
    assert reply.paused
    assert [(form.token, form.fields, form.actions) for form in reply.forms] in ([], [(None, [], [])])


def test_blocking_answer_with_gaps_is_a_reply() -> None:
    reply = Accumulator.from_blocking(ChatCompletionResponse.from_dict({"answer": None, "metadata": None})).reply
    assert (reply.answer, reply.metadata, reply.message_id) == ("", None, None)


# Odd values

values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 3)
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "n", "é", "workflow_paused"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "answer", "TYPE"]), inner, max_size=2)
    ),
    max_leaves=4,
)
MODELS = [getattr(models, name) for name in dir(models) if name.endswith(("Event", "Data")) and name != "StreamEvent"]
KEYS = sorted({key for model in MODELS for key in json_keys(model).values()} - {"event", "data"})


def odd_event(name: str, outer: dict[str, Any], inner: object) -> StreamEvent:
    return read_payload(json.dumps({"event": name, **RUN, "metadata": {}, **outer, "data": inner}).encode())


payloads = st.builds(
    odd_event,
    st.sampled_from(sorted(VARIANTS)),
    st.dictionaries(st.sampled_from(KEYS), values, max_size=3)
    | st.just({"answer": "x", "reason": "", "message": "", "status": 1}),
    st.dictionaries(st.sampled_from(KEYS), values, max_size=8) | st.just({"id": "n", "node_id": "n"}) | values,
)


@calm
@given(st.lists(payloads, max_size=8))
def test_nothing_a_server_sends_stops_the_accumulation(events: list[StreamEvent]) -> None:
    accumulator = Accumulator()
    for found in events:
        accumulator.add(found)
    reply = accumulator.reply
    assert isinstance(reply.answer + reply.reasoning + reply.status + (reply.error or ""), str)
    assert isinstance(reply.speech, bytes)
    assert all(isinstance(found, Node) for found in reply.nodes.values())
    assert all(isinstance(form, Form) for form in reply.forms)
    assert reply.paused == (reply.status == "paused")
    assert repr(reply)


def test_every_reply_attribute_has_a_type() -> None:
    known = {**vars(models), **{name: getattr(models, name) for name in models.__all__}}
    homes = {**vars(partial), **vars(form), **vars(node_module)}
    for kind in (Reply, Node, Form, Text):
        hints = get_type_hints(kind, {**homes, **known})
        assert set(hints) >= {field.name for field in dataclasses.fields(kind)}


def test_text_of_a_partly_unreadable_event_stays() -> None:
    reply = add(
        [started(), message("a"), read_payload(b'{"event": "message", "answer": "b"}'), message("c"), finished()]
    )
    assert reply.answer == "abc"


def test_split_character_is_joined() -> None:
    assert add([message("Hi \ud83d"), message("\ude00!")]).answer == "Hi 😀!"
    assert split_surrogate("Hi \ud83d") == ("Hi ", "\ud83d")
    assert split_surrogate("\ud83d\ude00!") == ("😀!", "")
