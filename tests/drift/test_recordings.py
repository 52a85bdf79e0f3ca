"""Responses of servers compared with the document."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dify_conformance.exchange import JSON, STREAM, Exchange, events
from pipeline.document import Document, load
from pipeline.drift.report import FORMATS, render
from pipeline.drift.rules.finding import Finding
from pipeline.drift.wire.recordings import compare, recorded, report
from pipeline.generate import load_corrected
from pipeline.layout import Project
from tests.conftest import ROOT

MESSAGE: dict[str, Any] = {
    "event": "message",
    "task_id": "1",
    "message_id": "2",
    "conversation_id": "3",
    "created_at": 4,
    "answer": "Hi",
}
APP: dict[str, Any] = {"name": "App", "description": "", "tags": [], "mode": "advanced-chat", "author_name": "Me"}
INFO = Exchange("info", "GET", "/info", 200, JSON, APP)
CHAT = Exchange("chat", "POST", "/chat-messages", 200, STREAM, "")


@pytest.fixture(scope="module")
def corrected() -> Document:
    project = Project(ROOT)
    return load_corrected(project, project.spec)


def stream(*bodies: object) -> Exchange:
    return replace(CHAT, body="event: ping\n\n" + "".join(f"data: {json.dumps(body)}\n\n" for body in bodies))


def detail(finding: Finding) -> str:
    return finding.text.partition("document: ")[2]


def test_fitting_responses_have_no_findings(corrected: Document) -> None:
    missing = {"code": "not_found", "message": "No.", "status": 404}
    exchanges = [INFO, stream(MESSAGE), replace(INFO, status=404, body=missing), replace(INFO, path="/nothing")]
    assert compare(corrected, exchanges) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({**MESSAGE, "answer": 5}, "`StreamEventChatMessage.answer` is integer, but should be string"),
        ({**MESSAGE, "created_at": None}, "created_at` is null"),
        ({key: value for key, value in MESSAGE.items() if key != "task_id"}, "task_id` is missing"),
        ({"event": "nonsense"}, "the event `nonsense` is not in the document"),
        ([], "the event `[]`"),
    ],
)
def test_invalid_events_are_findings(corrected: Document, body: object, words: str) -> None:
    (finding,) = compare(corrected, [stream(MESSAGE, body, body)])
    assert (finding.id, finding.level) == ("recording-invalid", "warning")
    assert words in finding.text
    assert finding.payload == {"exchanges": ["chat"]}


@pytest.mark.parametrize(
    ("exchange", "words"),
    [
        (replace(INFO, status=299), "response 299 is not in the document"),
        (replace(INFO, body={**APP, "tags": 3}), "`AppInfoResponse.tags` is integer, but should be array"),
        (replace(INFO, body={**APP, "tags": [3]}), "`AppInfoResponse.tags[]` is integer, but should be string"),
        (replace(INFO, body=[]), "`AppInfoResponse` is array, but should be object"),
        (replace(INFO, content_type="text/html", body="<p>"), "response 200 is text/html, not application/json"),
    ],
)
def test_invalid_responses_are_findings(corrected: Document, exchange: Exchange, words: str) -> None:
    assert [detail(finding) for finding in compare(corrected, [exchange])] == [words]


def test_finding_lists_all_its_exchanges(corrected: Document) -> None:
    body = {**APP, "theme": "blue"}
    (finding,) = compare(corrected, [replace(INFO, name=name, body=body) for name in ("a", "b")])
    assert (finding.id, finding.level) == ("recording-unknown", "non-breaking")
    assert "`AppInfoResponse.theme`" in finding.text
    assert finding.payload == {"exchanges": ["a", "b"]}


def test_uncorrected_document_contradicts_recordings() -> None:
    """The differences that the corrections remove."""
    project = Project(ROOT)
    found = report(load(project.spec), "document", recorded(ROOT / "tests" / "recordings" / "main-2026-06"), "server")
    texts = " ".join(finding.text for finding in found.findings)
    assert "`WebAppSettingsResponse.copyright` is null, but should be string" in texts
    assert "response 401 is not in the document" in texts
    assert "a response has `StreamEventChatMessage.from_variable_selector`, which is not in the document" in texts
    assert (found.verdict, found.fails) == ("warning", False)
    for form in FORMATS:
        assert "copyright" in render(found, form), form


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_streams_are_split_at_blank_lines(end: str) -> None:
    lines = ['data: {"a": "\u2028"}', "", ": comment", "", "id: 1", "data: [1,", "data: 2]", "", "data: no", "", ""]
    text = end.join(lines)
    assert list(events(text)) == [{"a": "\u2028"}, [1, 2], "no"]
