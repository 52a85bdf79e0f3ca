"""Differences between versions that no recording shows, or that take more than one request."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Generator
from contextlib import contextmanager

import httpx
import pytest

from dify_chatflow.testing import VERSIONS, Flow, LocalDify, Node, Script, Version
from tests.exchanges import parse_events
from tests.local_dify.conftest import Record, body, chat, client_of, streamed
from tests.local_dify.replay import read_events

UNKNOWN = "11111111-2222-4333-8444-555555555555"
WORDS = Node(type="llm", text="one two three four five six", pace=0.05)
SLOW = Script(flows=(Flow(nodes=(WORDS, Node(type="answer", text="{{#llm.text#}}"))),))


@contextmanager
def serve(
    version: Version | str, script: Script | None = None, silence: float = 0.5
) -> Generator[tuple[LocalDify, httpx.Client]]:
    """Yield a server of a version and a client of it."""
    with LocalDify(script, version=version, ping_interval=0.05, silence=silence) as server, client_of(server) as api:
        yield server, api


def leave_early(api: httpx.Client) -> Record:
    """Read a stream up to its first text, leave, and return that event."""
    with streamed(api, "hi") as response:
        return next(event for event in read_events(response) if event["event"] == "message")


def stored(api: httpx.Client, message: Record) -> str:
    """Return the stored answer of a message."""
    query = {"user": "u", "conversation_id": message["conversation_id"]}
    (found,) = api.get("/messages", params=query).json()["data"]
    return str(found["answer"])


def test_every_version_reports_its_number() -> None:
    for version in VERSIONS.values():
        with serve(version.name) as (_, api):
            assert api.get("/info").headers["x-version"] == version.reported


def test_unknown_version_is_refused() -> None:
    with pytest.raises(ValueError, match=r"unknown version: '0\.1'; use one of 1\.7\.2, "):
        LocalDify(version="0.1")


def test_own_version_is_played() -> None:
    version = dataclasses.replace(VERSIONS["1.16.1"], name="mine", reported="9.9.9", first_ping=False)
    with LocalDify(version=version) as server, client_of(server) as api, streamed(api, "hi") as response:
        assert next(read_events(response))["event"] == "workflow_started"


def test_every_field_is_explained() -> None:
    explained = set(re.findall(r"^        (\w+): ", Version.__doc__ or "", re.MULTILINE))
    assert explained == {field.name for field in dataclasses.fields(Version)}


@pytest.mark.parametrize(
    ("version", "status", "answer"),
    [
        ("1.8.0", "running", ""),
        ("1.9.2", "succeeded", ""),
        ("1.13.3", "succeeded", WORDS.text),
        ("1.16.1", "succeeded", WORDS.text),
    ],
)
def test_leaving_reader_loses_the_message(version: str, status: str, answer: str) -> None:
    with serve(version, SLOW) as (_, api):
        with streamed(api, "hi") as response:
            events = read_events(response)
            run = next(events if version < "1.13" else (e for e in events if e["event"] != "ping"))["workflow_run_id"]
            message = next(event for event in events if event["event"] == "message")
        time.sleep(1)
        assert api.get(f"/workflows/run/{run}").json()["status"] == status
        assert stored(api, message) == answer


@pytest.mark.parametrize(("version", "status"), [("1.9.2", 404), ("1.13.0", 200), ("1.14.2", 200), ("1.15.0", 404)])
def test_unknown_conversation_in_a_stream(version: str, status: int) -> None:
    with serve(version) as (_, api):
        request = body("hi", conversation_id=UNKNOWN, response_mode="streaming")
        response = api.post("/chat-messages", json=request)
        assert response.status_code == status
        assert status == 404 or {event["event"] for event in parse_events(response.text)} == {"ping"}


def test_blocking_is_broken_on_1_13_0() -> None:
    with serve("1.13.0", silence=0.3) as (_, api):
        response = api.post("/chat-messages", json=body("hi", response_mode="blocking"))
        assert response.headers["content-type"].startswith("text/event-stream")
        assert {event["event"] for event in parse_events(response.text)} == {"ping"}
        (conversation,) = api.get("/conversations", params={"user": "u"}).json()["data"]
        assert stored(api, {"conversation_id": conversation["id"]}) == "You said: hi"


@pytest.mark.parametrize(("version", "outcome"), [("1.9.2", 200), ("1.13.0", 500), ("1.13.3", 404)])
def test_unknown_run(version: str, outcome: int) -> None:
    with serve(version) as (_, api):
        assert api.get(f"/workflows/run/{UNKNOWN}").status_code == outcome


@pytest.mark.parametrize(
    ("version", "keys"),
    [
        ("1.7.2", {"code", "message", "params"}),
        ("1.9.2", {"errors", "message"}),
        ("1.12.1", {"code", "message", "status"}),
    ],
)
def test_validation_errors_have_three_forms(version: str, keys: set[str]) -> None:
    with serve(version) as (_, api):
        response = api.post("/chat-messages", json={"user": "u", "inputs": {}})
        assert (response.status_code, response.json().keys()) == (400, keys)


def test_value_is_json_text_in_old_versions() -> None:
    with serve("1.7.2") as (_, api):
        path = f"/conversations/{chat(api, 'hi')['conversation_id']}/variables"
        known = {row["name"]: row["id"] for row in api.get(path, params={"user": "u"}).json()["data"]}
        request = {"user": "u", "value": "hi"}
        assert api.put(f"{path}/{known['last']}", json=request).status_code == 400
        assert api.put(f"{path}/{known['last']}", json={**request, "value": '"hi"'}).json()["value"] == "hi"


@pytest.mark.parametrize(("version", "count"), [("1.9.2", 4), ("1.12.1", 1)])
def test_variables_are_filtered_by_name(version: str, count: int) -> None:
    with serve(version) as (_, api):
        path = f"/conversations/{chat(api, 'hi')['conversation_id']}/variables"
        rows = api.get(path, params={"user": "u", "variable_name": "last"}).json()["data"]
        assert len(rows) == count


def test_events_are_spaced_in_old_versions() -> None:
    with serve("1.8.0") as (_, api), streamed(api, "é") as response:
        raw = response.read()
    assert b'data: {"event": "workflow_started", ' in raw
    assert rb"\u00e9" in raw


def test_cursor_continues_after_an_event() -> None:
    with serve("next", SLOW) as (_, api):
        with streamed(api, "hi") as response:
            run = response.headers["x-workflow-run-id"]
            events = read_events(response)
            first = next(event for event in events if event["event"] == "message")
            joined = api.get(f"/workflow/{run}/events", params={"user": "u", "cursor": first["cursor"]})
            rest = list(events)
        assert [event for event in parse_events(joined.text) if event["event"] != "ping"] == [
            event for event in rest if event["event"] != "ping"
        ]
        refused = api.get(f"/workflow/{run}/events", params={"user": "u", "cursor": "x"})
        assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("response_mode", ["blocking", "streaming"])
def test_server_that_hands_over_answers_202(response_mode: str) -> None:
    with serve("next") as (server, api):
        server.hand_over()
        response = api.post("/chat-messages", json=body("hi", response_mode=response_mode))
        run = response.json()["workflow_run_id"]
        assert (response.status_code, response.json()["event"]) == (202, "workflow_maintenance_paused")
        assert (response.headers["retry-after"], response.headers["x-workflow-run-id"]) == ("1", run)
        time.sleep(0.5)
        assert api.get(f"/workflows/run/{run}").json()["status"] == "succeeded"


@pytest.mark.parametrize("version", ["1.9.2", "1.13.0", "1.13.3", "1.16.1"])
def test_long_unsafe_answer_stops_its_run(version: str) -> None:
    text = Node(type="llm", text="a secret " * 40, chunks=90)
    script = Script(flows=(Flow(nodes=(text, Node(type="answer", text="{{#llm.text#}}"))),), unsafe_words=("secret",))
    with serve(version, script) as (_, api), streamed(api, "hi") as response:
        events = [event for event in read_events(response) if event["event"] != "ping"]
        names = [event["event"] for event in events if not event["event"].startswith("node")]
        ends = ["message_replace", "workflow_finished", *(["message_end"] if version == "1.9.2" else [])]
        assert names[-len(ends) :] == ends
        data = next(event["data"] for event in events if event["event"] == "workflow_finished")
        assert (data["status"], data["error"]) == ("stopped", "Stopped by output moderation.")
        query = {"user": "u", "conversation_id": events[0]["conversation_id"]}
        (message,) = api.get("/messages", params=query).json()["data"]
        assert message["answer"] == script.blocked_output


def test_a_leaving_reader_disturbs_others() -> None:
    with serve("1.16.1", SLOW, silence=0.6) as (server, api):
        server.disturb_readers()
        with streamed(api, "hi") as chat_stream:
            events = read_events(chat_stream)
            run = next(event for event in events if event["event"] == "workflow_started")["workflow_run_id"]
            path, query = f"/workflow/{run}/events", {"user": "u", "include_state_snapshot": "true"}
            with api.stream("GET", path, params=query) as deaf:
                heard = read_events(deaf)
                next(heard)
                with api.stream("GET", path, params=query) as leaver:
                    next(read_events(leaver))
                kinds = [event["event"] for event in heard]
            with pytest.raises(httpx.RemoteProtocolError):
                list(events)
        assert kinds[-3:] == ["ping"] * 3
        assert "workflow_finished" not in kinds
        assert api.get(f"/workflows/run/{run}").json()["status"] == "succeeded"


def test_form_still_pauses_for_a_moment() -> None:
    version = VERSIONS["1.16.1"]
    assert version.resume_delay == 0.1
    with serve(dataclasses.replace(version, resume_delay=0.5)) as (_, api):
        with streamed(api, "human") as response:
            pause = list(read_events(response))[-1]
        path = f"/form/human_input/{pause['data']['reasons'][0]['form_token']}"
        answer = {"inputs": {"comment": "x", "pick": "a"}, "action": "approve", "user": "u"}
        api.post(path, json=answer).raise_for_status()
        run = f"/workflows/run/{pause['workflow_run_id']}"
        assert api.get(run).json()["status"] == "paused"
        time.sleep(1)
        assert api.get(run).json()["status"] == "succeeded"


def test_stop_needs_the_owner_in_old_versions() -> None:
    with serve("1.9.2", SLOW) as (_, api), streamed(api, "hi") as response:
        events = read_events(response)
        task = next(events)["task_id"]
        api.post(f"/chat-messages/{task}/stop", json={"user": "other"}).raise_for_status()
        assert [event["data"]["status"] for event in events if event["event"] == "workflow_finished"] == ["succeeded"]


@pytest.mark.parametrize("version", [version.name for version in VERSIONS.values() if version.missing])
def test_missing_operations_are_unknown_routes(version: str) -> None:
    with serve(version) as (_, api):
        response = api.get(f"/workflow/{UNKNOWN}/events", params={"user": "u"})
        assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
