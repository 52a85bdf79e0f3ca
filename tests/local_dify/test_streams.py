"""Streams on the wire, and the operations that stop, join and resume runs."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from dify_chatflow.testing import Flow, LocalDify, Node, Script
from tests.exchanges import parse_events
from tests.local_dify.conftest import Record, chat, client_of, streamed
from tests.local_dify.replay import read_events

ENDLESS = Script(
    flows=(Flow(nodes=(Node(type="llm", text="word " * 2000, pace=0.005), Node(type="answer", text="{{#llm.text#}}"))),)
)


def asked(text: str = "Fine?", **fields: Any) -> Script:
    """Return an app that pauses at once."""
    human = Node(
        type="human-input", id="ask", form=text, actions={"ok": (Node(type="answer", text="thanks"),)}, **fields
    )
    return Script(flows=(Flow(nodes=(Node(type="answer", id="first", text="One moment. "), human)),))


def follow(api: httpx.Client, run: str, **query: str) -> list[Record]:
    """Return the events of a run until its stream closes."""
    with api.stream("GET", f"/workflow/{run}/events", params={"user": "u", **query}) as response:
        return list(read_events(response))


def paused(api: httpx.Client) -> tuple[str, str]:
    """Return the run and the token of an open form."""
    with streamed(api, "human") as response:
        event = next(event for event in read_events(response) if event["event"] == "human_input_required")
    return event["workflow_run_id"], event["data"]["form_token"]


def names(events: list[Record]) -> list[str]:
    return [event["event"] for event in events]


def test_each_chunk_is_one_event(api: httpx.Client) -> None:
    with streamed(api, "hi") as response:
        chunks = list(response.iter_raw())
    assert chunks[0] == b"event: ping\n\n"
    assert all(chunk.endswith(b"}\n\n") and chunk.count(b"\n\n") == 1 for chunk in chunks[1:])
    assert b"\r" not in b"".join(chunks)
    assert b'"event":"workflow_started"' in chunks[1]
    assert b'"event":"workflow_finished"' in chunks[-1]


def test_line_separators_are_sent_as_utf8(server: LocalDify, api: httpx.Client) -> None:
    server.script = Script(flows=(Flow(nodes=(Node(type="answer", text="é\u2028😀\r\n"),)),))
    with streamed(api, "hi") as response:
        raw = response.read()
    assert "é\u2028😀\\r\\n".encode() in raw


def test_pings_come_while_a_node_is_slow(api: httpx.Client) -> None:
    with streamed(api, "slow 0.4") as response:
        pings = response.read().count(b"event: ping\n\n")
    assert pings >= 4


@pytest.mark.parametrize(
    ("query", "received"),
    [("broken", ["ping", "error"]), ("a forbidden word", ["ping", "message", "message_end"])],
)
def test_stream_stays_open_after_error(api: httpx.Client, query: str, received: list[str]) -> None:
    chunks: list[bytes] = []
    body: Record = {"inputs": {}, "query": query, "user": "u", "response_mode": "streaming"}
    # Ten pings would have come in this time.
    with (
        api.stream("POST", "/chat-messages", json=body, timeout=0.5) as response,
        pytest.raises(httpx.ReadTimeout),
    ):
        chunks.extend(response.iter_raw())
    assert names(list(parse_events(b"".join(chunks).decode()))) == received


def test_silence_ends_after_its_time() -> None:
    with LocalDify(silence=0.1) as server, httpx.Client(base_url=server.base_url) as api:
        api.headers["authorization"] = f"Bearer {server.api_key}"
        with streamed(api, "broken") as response:
            assert names(list(read_events(response))) == ["ping", "error"]


def test_stop_stops(server: LocalDify, api: httpx.Client) -> None:
    server.script = ENDLESS
    events: list[Record] = []
    with streamed(api, "go") as response:
        for event in read_events(response):
            events.append(event)
            if names(events).count("message") == 3:
                stopped = api.post(f"/chat-messages/{event['task_id']}/stop", json={"user": "u"})
                assert stopped.json() == {"result": "success"}
    last = events[-1]
    assert (last["event"], last["data"]["status"]) == ("workflow_finished", "failed")
    assert "message_end" not in names(events)
    run = api.get(f"/workflows/run/{last['workflow_run_id']}").json()
    assert (run["status"], run["error"]) == ("stopped", "Aborted: User requested stop")
    assert len(events) < 1000


def test_run_continues_when_reader_leaves(api: httpx.Client) -> None:
    with streamed(api, "slow 0.2") as response:
        run = next(event for event in read_events(response) if event["event"] == "workflow_started")["workflow_run_id"]
    assert follow(api, run)[-1]["event"] == "workflow_finished"
    assert api.get(f"/workflows/run/{run}").json()["status"] == "succeeded"


def test_two_readers_follow_the_same_run(api: httpx.Client) -> None:
    with streamed(api, "slow 0.3") as response, ThreadPoolExecutor(2) as pool:
        reader = read_events(response)
        run = next(event for event in reader if event.get("data", {}).get("node_id") == "sleep")["workflow_run_id"]
        received = pool.map(follow, [api, api], [run, run])
        joined = [[event for event in events if event["event"] != "ping"] for events in received]
        own = [event for event in reader if event["event"] != "ping"]
    assert joined[0] == joined[1] == own
    assert names(own)[-2:] == ["message_end", "workflow_finished"]


def test_finished_run_is_one_spaced_event(api: httpx.Client) -> None:
    run = say_run(api, "hi")
    with api.stream("GET", f"/workflow/{run}/events", params={"user": "u"}) as response:
        raw = response.read()
    assert raw.startswith(b'data: {"event": "workflow_finished", "task_id": ')
    (event,) = parse_events(raw.decode())
    assert event["task_id"] == event["workflow_run_id"] == run
    assert event.keys() == {"event", "task_id", "workflow_run_id", "data"}


def test_paused_run_only_pings_without_snapshot(server: LocalDify, api: httpx.Client) -> None:
    server.script = asked()
    run, _ = paused(api)
    with api.stream("GET", f"/workflow/{run}/events", params={"user": "u"}) as response:
        reader = read_events(response)
        assert [next(reader)["event"] for _ in range(3)] == ["ping"] * 3
    received = follow(api, run, include_state_snapshot="true")
    assert names(received)[:3] == ["ping", "workflow_started", "message_replace"]
    assert names(received)[-2:] == ["human_input_required", "workflow_paused"]
    # Only `true` is true.
    with api.stream("GET", f"/workflow/{run}/events", params={"user": "u", "include_state_snapshot": "1"}) as response:
        reader = read_events(response)
        assert [next(reader)["event"] for _ in range(2)] == ["ping"] * 2


@pytest.mark.parametrize(("version", "stored"), [("main-2026-06", "One moment. "), ("1.16.1", "One moment. thanks")])
def test_form_is_accepted_once(server: LocalDify, api: httpx.Client, stored: str) -> None:
    server.script = asked()
    run, token = paused(api)
    form = f"/form/human_input/{token}"
    assert api.get(form).json()["form_content"] == "Fine?"
    assert api.post(form, json={"inputs": {}, "action": "no", "user": "x"}).json()["code"] == "invalid_form_data"
    assert api.post(form, json={"inputs": {}, "action": "ok", "user": "x"}).json() == {}
    for again in (api.get(form), api.post(form, json={"inputs": {}, "action": "ok", "user": "u"})):
        assert (again.status_code, again.json()["code"]) == (412, "human_input_form_submitted")
    last = follow(api, run)[-1]
    assert last["data"]["outputs"]["answer"] == "One moment. thanks"
    conversation = api.get("/conversations", params={"user": "u"}).json()["data"][0]["id"]
    (message,) = api.get("/messages", params={"user": "u", "conversation_id": conversation}).json()["data"]
    assert message["answer"] == stored
    assert message["extra_contents"][0]["submitted"] is True


def test_form_with_missing_input_is_refused(server: LocalDify, api: httpx.Client) -> None:
    server.script = asked(fields=({"output_variable_name": "why", "type": "paragraph"},))
    _, token = paused(api)
    refused = api.post(f"/form/human_input/{token}", json={"inputs": {}, "action": "ok", "user": "u"})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_form_data")
    assert "why" in refused.json()["message"]


@pytest.mark.parametrize(("version", "is_announced"), [("main-2026-06", True), ("1.16.1", False)])
def test_run_resumes_after_form_expires(version: str, is_announced: bool) -> None:
    late = Node(type="answer", id="late", text="too late")
    with LocalDify(asked(expires_in=0.1, on_timeout=(late,)), version=version) as server, client_of(server) as api:
        run, token = paused(api)
        events = follow(api, run, include_state_snapshot="true", continue_on_pause="true")
        assert ("human_input_form_timeout" in names(events)) is is_announced
        assert events[-1]["data"]["outputs"]["answer"] == "One moment. too late"
        assert api.get(f"/form/human_input/{token}").json()["code"] == "human_input_form_expired"


def test_one_form_after_another(server: LocalDify, api: httpx.Client) -> None:
    second = Node(type="human-input", id="second", form="Sure?", actions={"yes": (Node(type="answer", text="done"),)})
    first = Node(type="human-input", id="first", form="Well?", actions={"go": (second,)})
    server.script = Script(flows=(Flow(nodes=(first, Node(type="answer", id="end", text="!"))),))
    run, token = paused(api)
    api.post(f"/form/human_input/{token}", json={"inputs": {}, "action": "go", "user": "u"}).raise_for_status()
    received = follow(api, run, include_state_snapshot="true")
    while received[-1]["event"] != "workflow_paused" or received[-1]["data"]["paused_nodes"] != ["second"]:
        received = follow(api, run, include_state_snapshot="true")
    next_token = received[-1]["data"]["reasons"][0]["form_token"]
    api.post(f"/form/human_input/{next_token}", json={"inputs": {}, "action": "yes", "user": "u"}).raise_for_status()
    assert follow(api, run)[-1]["data"]["outputs"]["answer"] == "done!"


def test_blocking_chat_reports_its_pause(server: LocalDify, api: httpx.Client) -> None:
    server.script = asked()
    answer = chat(api, "human")
    assert (answer["event"], answer["answer"], answer["metadata"]["usage"]) == ("workflow_paused", "One moment. ", None)
    assert answer["data"]["reasons"][0]["TYPE"] == "human_input_required"


def say_run(api: httpx.Client, query: str) -> str:
    """Return the id of a finished run."""
    with streamed(api, query) as response:
        run: str = list(read_events(response))[-1]["workflow_run_id"]
    return run


def test_no_stream_waits_for_another(server: LocalDify, api: httpx.Client) -> None:
    server.script = ENDLESS
    begun = time.perf_counter()
    with streamed(api, "one") as first, streamed(api, "two") as second:
        for response in (first, second):
            assert "message" in (event["event"] for event in read_events(response))
    assert time.perf_counter() - begun < 5  # ten seconds, if the second waited for the first
