"""Command `doctor`: verdicts of healthy servers of every version, and of planted faults."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import VERSIONS, Fault, LocalDify, RecordedRequest
from tests.cli.conftest import Call, Result
from tests.cli.terminal import Terminal
from tests.exchanges import read_folder

GOOD = {"ok", "known", "absent", "not checked"}
ABSENT = {
    "GET /end-users/{end_user_id}": (1, 13),
    "GET /workflow/{workflow_run_id}/events": (1, 14),
}


def checks(result: Result) -> dict[str, dict[str, Any]]:
    return {row["check"]: row for row in result.rows[1:]}


def failing(result: Result) -> dict[str, list[str]]:
    return {name: row["details"] for name, row in checks(result).items() if row["verdict"] not in GOOD}


def served(version: str, monkeypatch: pytest.MonkeyPatch) -> LocalDify:
    server = LocalDify(version=version)
    monkeypatch.setenv("DIFY_API_KEY", server.api_key)
    return server


def conversations(server: LocalDify) -> list[Any]:
    """Return all conversations of all end users that the server keeps."""
    users = {request.query.get("user") or "" for request in server.requests}
    with Chatflow(server.api_key, base_url=server.base_url) as app:
        return [one for user in users if user for one in app.conversations.list(user=user)]


@pytest.mark.parametrize("version", VERSIONS)
def test_healthy_server_is_green(call: Call, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(version, monkeypatch) as server:
        result = call("doctor", "--write", "--json", "--base-url", server.base_url)
        assert failing(result) == {}
        assert result.code == 0
        assert conversations(server) == []
    found = checks(result)
    reported = tuple(map(int, VERSIONS[version].reported.split(".")))
    absent = {name for name, row in found.items() if row["verdict"] == "absent"}
    assert absent == {name for name, first in ABSENT.items() if reported < first}
    assert {"POST /chat-messages", "PUT /apps/annotations/{annotation_id}"} <= {
        name for name, row in found.items() if row["verdict"] in ("ok", "known")
    }
    assert found["order of a stream"]["verdict"] == "ok"


def test_read_only_calls_change_nothing(call: Call, dify: LocalDify, app: Chatflow) -> None:
    answer = app.chat.send("hello")
    before = len(dify.requests)
    result = call("doctor", "--json")
    assert (result.code, failing(result)) == (0, {})
    assert {request.method for request in dify.requests[before:]} == {"GET"}
    found = checks(result)
    for name in ("GET /messages", "GET /workflows/run/{workflow_run_id}", "GET /workflow/{workflow_run_id}/events"):
        assert found[name]["verdict"] == "ok", found[name]
    assert found["POST /chat-messages"]["details"] == ["needs --write"]
    assert app.conversations.history(answer.conversation_id)


PLANTED: dict[str, tuple[str, Callable[[dict[str, Any]], object], str, str]] = {
    "a missing field": (
        "/info", lambda body: body.pop("description"), "missing", "`AppInfoResponse.description` is missing",
    ),
    "a wrong type": (
        "/info", lambda body: body.update(tags="none"), "type", "`AppInfoResponse.tags` is string, but should be array",
    ),
    "a null": (
        "/info", lambda body: body.update(name=None), "type", "`AppInfoResponse.name` is null, but should be string",
    ),
    "another field": (
        "/info", lambda body: body.update(theme="blue"), "field", "`AppInfoResponse.theme` is not in the document",
    ),
    "another value": (
        "/info", lambda body: body.update(mode="dream"), "value",
        "`AppInfoResponse.mode` with the value `dream` is not in the document",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_planted_fault_has_its_verdict(call: Call, dify: LocalDify, name: str) -> None:
    path, change, kind, text = PLANTED[name]
    with Chatflow(dify.api_key, base_url=dify.base_url, max_retries=0) as client:
        body = client.request("GET", path).parsed
    change(body)
    dify.answer(f"GET {path}", body, headers={"x-version": "1.16.1"}, times=1)
    result = call("doctor", "--json")
    dify.faults.clear()
    assert (result.code, failing(result)) == (3, {f"GET {path}": [text]})
    (found,) = checks(result)[f"GET {path}"]["differences"]
    assert (found["kind"], found["text"] in text) == (kind, True)


@pytest.mark.parametrize(
    ("route", "fault", "name", "verdict", "words"),
    [
        ("GET /meta", {"status": 299, "body": {}}, "GET /meta", "differs", "response 299 is not in the document"),
        ("GET /meta", {"status": 418, "body": {}}, "GET /meta", "differs", "response 418 is not in the document"),
        ("GET /meta", {"status": 404, "body": {"code": "not_found", "message": "", "status": 404}}, "GET /meta",
            "differs", "response 404 not_found, although servers of this version have the operation"),
        ("GET /meta", {"status": 404, "html": True}, "GET /meta", "differs", "response 404, although servers"),
        ("GET /meta", {"status": 500}, "GET /meta", "failed", "the server failed: 500"),
        ("GET /meta", {"status": 503, "html": True}, "GET /meta", "failed", "response 503 is not in the document"),
        ("GET /meta", {"cut_before_headers": True}, "GET /meta", "failed", "GET /meta: RemoteProtocolError"),
        ("GET /meta", {"invalid_json": True}, "GET /meta", "differs", "is string, but should be object"),
        ("GET /meta", {"content_type": "text/html"}, "GET /meta", "differs", "is text/html, not application/json"),
        ("GET /messages", {"status": 404, "body": {"code": "lost", "message": ""}}, "error: unknown id", "differs",
            "`ErrorResponse.code` with the value `lost`"),
        ("GET /messages", {"status": 200, "body": {"data": []}}, "error: unknown id", "differs", "but got 200"),
    ],
)  # fmt: skip
def test_broken_answer_has_its_verdict(
    call: Call, dify: LocalDify, route: str, fault: dict[str, Any], name: str, verdict: str, words: str
) -> None:
    dify.fault(route, times=None, **fault)
    result = call("doctor", "--json", "--user", "nobody")
    dify.faults.clear()
    assert result.code == 3
    assert failing(result).keys() == {name}
    assert checks(result)[name]["verdict"] == verdict
    assert any(words in detail for detail in checks(result)[name]["details"])


def test_refused_call_is_not_green(call: Call, dify: LocalDify) -> None:
    dify.fault("GET /site", status=403, body={"code": "forbidden", "message": "No site.", "status": 403})
    result = call("doctor", "--json")
    assert result.code == 0
    row = checks(result)["GET /site"]
    assert (row["verdict"], row["details"]) == ("not checked", ["the server refused it: 403 forbidden"])


def replayed(change: Callable[[list[str]], list[str]]) -> Callable[[RecordedRequest], Fault]:
    """Return a reply to chats: a good stream of 1.16.1, changed."""
    ids = {"task_id": "t-1", "message_id": "m-1", "conversation_id": "c-1", "created_at": 1}
    run = {**ids, "workflow_run_id": "r-1"}
    data = {"id": "r-1", "workflow_id": "w-1", "created_at": 1}
    finished = {"status": "succeeded", "outputs": {"answer": "Hi"}, "error": None, "elapsed_time": 0.1}
    counts: dict[str, Any] = {
        "total_tokens": 0,
        "total_steps": 1,
        "finished_at": 2,
        "exceptions_count": 0,
        "files": [],
        "created_by": {},
    }
    usage = dict.fromkeys(("prompt_tokens", "completion_tokens", "total_tokens"), 0) | {
        "currency": "USD",
        "latency": 0.0,
    }
    amounts = ("prompt_unit_price", "prompt_price_unit", "prompt_price", "total_price")
    prices = (*amounts, *(name.replace("prompt", "completion") for name in amounts[:3]))
    metadata: dict[str, Any] = {"usage": usage | dict.fromkeys(prices, "0"), "retriever_resources": []}
    sent: list[dict[str, Any]] = [
        {"event": "workflow_started", **run, "data": {**data, "inputs": {}, "reason": "initial"}},
        {"event": "message", **ids, "id": "m-1", "answer": "Hi", "from_variable_selector": []},
        {"event": "message_end", **ids, "id": "m-1", "metadata": metadata, "files": []},
        {"event": "workflow_finished", **run, "data": {**data, **finished, **counts}},
    ]
    chunks = change([f"data: {json.dumps(event)}\n\n" for event in sent])

    def reply(request: RecordedRequest) -> Fault:
        if request.json()["response_mode"] == "blocking":
            metadata_of_end = sent[2]["metadata"]
            body = {**ids, "event": "message", "id": "m-1", "mode": "advanced-chat", "answer": "Hi"}
            return Fault(status=200, body={**body, "metadata": metadata_of_end})
        return Fault(
            status=200, headers={"x-version": "1.16.1"}, content_type="text/event-stream",
            chunks=[chunk.encode() for chunk in chunks],
        )  # fmt: skip

    return reply


def unknown_event(chunks: list[str]) -> list[str]:
    return [chunks[0], 'data: {"event": "dream"}\n\n', *chunks[1:]]


def swapped(chunks: list[str]) -> list[str]:
    return [*chunks[:2], chunks[3], chunks[2]]


def shortened(chunks: list[str]) -> list[str]:
    return chunks[:2]


def unlisted(chunks: list[str]) -> list[str]:
    return [*chunks[:3], chunks[3].replace("succeeded", "dreamt")]


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        (unknown_event, "POST /chat-messages", "the event `dream` is not in the document"),
        (swapped, "order of a stream", "`workflow_finished message_end`, not as a server of kind E does"),
        (unlisted, "POST /chat-messages", "`StreamEventWorkflowFinished.data.status` with the value `dreamt`"),
        (shortened, "order of a stream", "ends with `message`, without a closing event"),
    ],
)
def test_changed_stream_has_its_verdict(
    call: Call, dify: LocalDify, change: Callable[[list[str]], list[str]], name: str, words: str
) -> None:
    dify.answer("POST /chat-messages", replayed(change))
    result = call("doctor", "--write", "--json")
    dify.faults.clear()
    assert result.code == 3
    assert any(words in detail for detail in failing(result)[name]), failing(result)


def test_good_stream_has_no_differences(call: Call, dify: LocalDify) -> None:
    dify.answer("POST /chat-messages", replayed(list))
    found = checks(call("doctor", "--write", "--json"))
    dify.faults.clear()
    assert found["POST /chat-messages"]["verdict"] == "ok", found["POST /chat-messages"]
    assert found["order of a stream"]["verdict"] == "ok"


@pytest.mark.parametrize("fault", [{"cut_after_events": 3}, {"cut_before_headers": True}, {"cut_at_end": True}])
def test_scratch_is_deleted_after_failures(call: Call, dify: LocalDify, app: Chatflow, fault: dict[str, Any]) -> None:
    mine = app.chat.send("hello").conversation_id
    dify.fault("POST /chat-messages", times=None, **fault)
    dify.fault("DELETE /conversations/*", status=500)
    result = call("doctor", "--write", "--json")
    dify.faults.clear()
    assert result.code == 3
    assert [one.id for one in conversations(dify)].count(mine) == 1
    scratch = {request.query.get("user", "") for request in dify.requests} | {"cli"}
    assert any(user.startswith("doctor-") for user in scratch)
    assert {one.id for one in conversations(dify)} <= {one.id for one in app.conversations.list()}


def test_scratch_that_stays_is_reported(call: Call, dify: LocalDify) -> None:
    dify.fault("DELETE /conversations/*", status=500, times=None)
    result = call("doctor", "--write")
    dify.faults.clear()
    assert result.code == 3
    assert "the conversation" in result.err
    assert "could not be deleted" in result.err


def test_interrupted_doctor_deletes_its_scratch(dify: LocalDify) -> None:
    environment = {"DIFY_API_KEY": dify.api_key, "DIFY_BASE_URL": dify.base_url}
    with Terminal(["doctor", "--write", "--query", "slow 60"], environment) as terminal:
        terminal.wait_for("under way")
        terminal.interrupt()
        assert terminal.finish() == 130
    assert not [one for one in conversations(dify) if "slow" in (one.name or "")]


def test_reports_agree(call: Call, dify: LocalDify, tmp_path: Path) -> None:
    junit, markdown = tmp_path / "doctor.xml", tmp_path / "doctor.md"
    dify.fault("GET /meta", status=500)
    arguments = ("doctor", "--junit", f"{junit}", "--markdown", f"{markdown}")
    result = call(*arguments)
    rows = result.cells
    assert result.code == 3
    suite = ET.parse(junit).getroot()  # noqa: S314 - our own file
    assert [case.get("name") for case in suite] == [row[1] for row in rows]
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
    assert "| **failed** | `GET /meta` |" in markdown.read_text()


@pytest.mark.parametrize("columns", [60, 200])
def test_table_fits_the_terminal(call: Call, columns: int) -> None:
    result = call("doctor", columns=columns)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", result.out).splitlines()
    assert max(map(len, lines)) <= columns
    assert any(line.startswith("ok") and "GET /info" in line for line in lines)
    assert "not checked" in lines[-1]


@pytest.mark.parametrize(
    ("headers", "words"), [({"date": "Wed, 01 Jan 2020 00:00:00 GMT"}, "s behind"), ({}, "no Date")]
)
def test_clock_is_compared(call: Call, dify: LocalDify, headers: dict[str, str], words: str) -> None:
    dify.fault("GET /meta", latency=0.001, headers=headers)
    result = call("doctor", "--json")
    row = checks(result)["clock"]
    assert (row["verdict"], result.code) == ("warning" if headers else "not checked", 0)
    assert words in row["details"][0]


@pytest.mark.parametrize(("version", "words"), [("2.0.0", "up to 1.16.1"), ("fork", "reports no version")])
def test_unknown_version_is_a_warning(call: Call, dify: LocalDify, version: str, words: str) -> None:
    dify.fault("GET /info", latency=0.001, headers={"x-version": version})
    result = call("doctor", "--json")
    row = checks(result)["version"]
    assert (row["verdict"], result.code) == ("warning", 0)
    assert words in row["details"][0]


def test_refused_key_is_an_error(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIFY_API_KEY", "app-wrong")
    result = call("doctor")
    assert (result.code, result.out) == (1, "")
    assert "401 unauthorized" in result.err
    assert call("doctor", "--base-url", "http://127.0.0.1:9/v1").code == 1


def test_saved_recordings_hold_no_people(call: Call, dify: LocalDify, app: Chatflow, tmp_path: Path) -> None:
    secret = "Ada Canary ada@canary.example"
    app.chat.send(secret, inputs={"name": secret})
    folder = tmp_path / "saved"
    result = call("doctor", "--write", "--query", secret, "--input", f"name={secret}", "--save", f"{folder}", "--json")
    assert result.code == 0
    written = "".join(path.read_text() for path in folder.iterdir())
    for text in ("Ada", "Canary", "canary", "cli", "doctor-", dify.api_key, "Bearer", secret.partition(" ")[0]):
        assert text not in written, text
    exchanges = read_folder("saved", folder)
    assert len(exchanges) > 30
    (stream, *_) = [one for one in exchanges if one.is_stream]
    assert [event["event"] for event in stream.events][-1] == "workflow_finished"
    end = stream.events[-1]["data"]["outputs"]["answer"]
    assert end == "".join(event.get("answer", "") for event in stream.events)
    assert call("doctor", "--save", f"{folder}").code == 2
