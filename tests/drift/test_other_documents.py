"""Documents other than the next revision: what a server publishes about itself, and what is known of a revision."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Document, load, operations
from pipeline.drift.compare import Task, compare
from pipeline.drift.rules.verdict import Report
from pipeline.drift.wire.published import PATH, Published
from pipeline.drift.wire.selection import select
from pipeline.drift.wire.stable_names import StableNames
from pipeline.drift.wire.streams import streams
from pipeline.drift.wire.views import DocumentView
from pipeline.sources import Source
from pipeline.update.candidate import prepare
from tests.conftest import ROOT

VENDORED = (ROOT / "openapi_chatflow.json").read_text()


def report(revision: Document, root: Path = ROOT, base: str = VENDORED) -> Report:
    """Return the wire report of a document against the vendored one."""
    return compare(Task(Source("vendored", base), Source("new", json.dumps(revision)), root, layer="wire"))


def own_document(prefix: str) -> Document:
    """Return the vendored document as a server would derive it from its code."""
    document = json.loads(VENDORED)
    for event in streams(DocumentView(document, "vendored"))["ChunkChatEvent"].events.values():
        document["components"]["schemas"].pop(event.target.rpartition("/")[2], None)
    for name in ("ChunkChatEvent", "StreamEventBase"):
        del document["components"]["schemas"][name]
    responses = document["components"].pop("responses", {})
    for method, path, operation in operations(document):
        operation["operationId"] = f"{method}_{path}"
        operation["tags"] = ["default"]
        for status, response in operation["responses"].items():
            one = copy.deepcopy(responses.get(response.get("$ref", "").rpartition("/")[2], response))
            operation["responses"][status] = one
            if status >= "400":
                del one["content"]
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        text = text.replace(f'/schemas/{name}"', f'/schemas/{name}Dto"').replace(f'"{name}": {{"', f'"{name}Dto": {{"')
    renamed: Document = json.loads(text)
    renamed["paths"] = {prefix + path: item for path, item in renamed["paths"].items()}
    for number in range(40):
        other = {"operationId": f"dataset{number}", "responses": {"200": {"description": ""}}}
        renamed["paths"][f"{prefix}/datasets{number}"] = {"get": other}
    renamed["servers"] = [{"url": "/v1"}]
    return renamed


@pytest.mark.parametrize("prefix", ["", "/v1"])
def test_own_document_has_no_losses(prefix: str) -> None:
    found = report(own_document(prefix))
    assert found.findings == ()
    left_out, not_compared = found.notes
    assert left_out == "left out: 40 operations of other kinds of apps"
    assert "stream events, bodies of errors" in not_compared


def test_own_document_shows_real_differences() -> None:
    document = own_document("/v1")
    operation = document["paths"]["/v1/conversations"]["get"]
    operation["parameters"].append({"in": "query", "name": "q", "required": True, "schema": {"type": "string"}})
    del document["paths"]["/v1/site"]
    found = report(document).findings
    assert [one.id for one in found] == ["api-removed-without-deprecation", "new-required-request-parameter"]
    assert found[1].line
    assert found[1].pointer == "/paths/~1conversations/get/parameters/4"


def test_missing_events_alone_are_a_loss() -> None:
    document = json.loads(VENDORED)
    del document["components"]["schemas"]["ChunkChatEvent"]
    assert "event-stream-removed" in {one.id for one in report(document).findings}


@pytest.fixture
def vendored_successor(shared: Path, tmp_path: Path) -> tuple[Path, str, Document]:
    """Return a tree in which the successor is vendored, its document, and the published successor."""
    published = load(shared / "upstream" / "openapi_service.2026-07-22.json")
    candidate = prepare(json.loads(VENDORED), published, StableNames.load())
    notes = tmp_path / PATH.parent
    notes.mkdir(parents=True)
    (tmp_path / PATH).write_text(candidate.published.text())
    (notes / "stable_names.json").write_text(candidate.names.text())
    (tmp_path / "openapi_chatflow.json").write_text(candidate.text)
    return tmp_path, candidate.text, published


def test_known_texts_are_not_repeated(vendored_successor: tuple[Path, str, Document]) -> None:
    root, vendored, published = vendored_successor
    found = report(published, root, vendored)
    assert found.findings == ()
    assert any(note.startswith("not repeated: ") for note in found.notes)


def test_new_texts_and_names_are_shown(vendored_successor: tuple[Path, str, Document]) -> None:
    root, vendored, published = vendored_successor
    operation: dict[str, Any] = published["paths"]["/chat-messages"]["post"]
    operation["summary"] = "Another summary"
    operation["operationId"] = "anotherName"
    texts = {one.text for one in report(published, root, vendored).findings}
    assert texts == {
        "the operation sendAdvancedChatMessage is called anotherName in the new document",
        "the prose changed: `/paths/~1chat-messages/post/summary`",
    }


def test_committed_hashes_match_the_published_base(shared: Path) -> None:
    vendored = json.loads(VENDORED)
    published = load(shared / "upstream" / "openapi_chatflow.2026-07-09.json")
    successor = load(shared / "upstream" / "openapi_service.2026-07-22.json")
    chosen = select(vendored, successor)
    committed = (ROOT / PATH).read_text()
    assert committed in (Published.of(published, None).text(), Published.of(chosen.document, chosen).text())


def test_another_base_repeats_everything(shared: Path) -> None:
    published = load(shared / "upstream" / "openapi_chatflow.2026-07-09.json")
    found = report(published, base=json.dumps(json.loads(VENDORED)))
    assert [one.level for one in found.findings] == ["docs-only"]
    assert found.notes == ()
