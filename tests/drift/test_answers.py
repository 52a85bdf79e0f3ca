"""Recorded answers against the corrected document: what fits is silent, what does not is named."""

from __future__ import annotations

import pytest

from pipeline.document import Document
from pipeline.drift.answers import answer, event
from pipeline.generate import House
from tests.conftest import ROOT

INFO: dict[str, object] = {"name": "App", "description": "", "tags": [], "mode": "advanced-chat", "author_name": None}
MESSAGE = {
    "event": "message",
    "task_id": "1",
    "message_id": "2",
    "conversation_id": "3",
    "created_at": 4,
    "answer": "Hi",
}


@pytest.fixture(scope="module")
def corrected() -> Document:
    house = House(ROOT)
    return house.corrected(house.spec)


def test_what_fits_is_silent(corrected: Document) -> None:
    assert event(corrected, MESSAGE) == []
    assert answer(corrected, "GET /info", 404, {"code": "not_found", "message": "No.", "status": 404}) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({**MESSAGE, "answer": 5}, "`answer` is `5`"),
        ({**MESSAGE, "created_at": None}, "`created_at` is null"),
        ({key: value for key, value in MESSAGE.items() if key != "task_id"}, "`task_id` is missing"),
        ({"event": "nonsense"}, "nonsense"),
        ([], "[]"),
    ],
)
def test_events_that_do_not_fit(corrected: Document, body: object, words: str) -> None:
    (finding,) = event(corrected, body)
    assert (finding.id, finding.level) == ("recording-invalid", "warning")
    assert words in finding.text


@pytest.mark.parametrize(
    ("label", "status", "words"),
    [("GET /nothing", 200, "GET /nothing is not"), ("GET /info", 299, "answer 299"), ("GET /info", 200, "`tags`")],
)
def test_answers_that_do_not_fit(corrected: Document, label: str, status: int, words: str) -> None:
    assert any(words in finding.text for finding in answer(corrected, label, status, {**INFO, "tags": 3}))
