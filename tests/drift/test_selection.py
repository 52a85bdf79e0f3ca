"""Selection of the chatflow part of a document for all kinds of apps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Document, operations
from pipeline.drift.compare import Task, compare, selection_findings
from pipeline.drift.wire.published import Published
from pipeline.drift.wire.selection import is_superset, select
from pipeline.drift.wire.stable_names import StableNames
from pipeline.sources import Source

PATHS = [f"/p{number}" for number in range(8)]
OTHERS = [f"/other{number}" for number in range(8)]


def operation(name: str, schema: str, **more: Any) -> Document:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answer = {"description": "Yes.", "content": content}
    return {"operationId": name, "tags": [f"Tag {name[0]}"], "responses": {"200": answer}, **more}


def service(prefix: str, paths: list[str], schema: str) -> Document:
    answer = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"$ref": f"#/components/schemas/{schema}Part"}},
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": "T", "version": "1"},
        "tags": [{"name": f"Tag {prefix}"}],
        "paths": {path: {"get": operation(f"{prefix}{path[1:]}", schema)} for path in paths},
        "components": {
            "schemas": {schema: answer, f"{schema}Part": {"type": "object", "properties": {"c": {"type": "string"}}}}
        },
    }


@pytest.fixture
def base() -> Document:
    return service("ours_", PATHS, "Ours")


@pytest.fixture
def successor() -> Document:
    return service("theirs_", [*OTHERS, *PATHS], "Theirs")


def labels(document: Document) -> set[str]:
    return {f"{method.upper()} {path}" for method, path, _ in operations(document)}


def test_superset_is_not_a_new_version(base: Document, successor: Document) -> None:
    assert is_superset(base, successor)
    assert not is_superset(base, base)
    assert not is_superset(base, service("ours_", [*PATHS, "/new"], "Ours"))
    assert not is_superset(base, service("x_", OTHERS, "X"))


def test_selected_operations_keep_our_names(base: Document, successor: Document) -> None:
    chosen = select(base, successor, StableNames())
    assert chosen.left_out == len(OTHERS)
    assert chosen.document["paths"] == base["paths"]
    assert chosen.names.schemas == {"Theirs": "Ours", "TheirsPart": "OursPart"}
    assert ("ours_p0", "theirs_p0") in chosen.operation_ids
    assert chosen.original("/components/schemas/Ours/properties/a") == "/components/schemas/Theirs/properties/a"


@pytest.mark.parametrize(
    "more",
    [
        {"tags": ["Chatflows"]},
        {"x-app-types": ["workflow", "chatflow"]},
        {"description": "**Available for**: Chatflow, Chatbot apps.\n\nDoes a thing."},
    ],
)
def test_new_chatflow_operations_are_selected(base: Document, successor: Document, more: Document) -> None:
    successor["paths"]["/other0"]["get"] |= more
    chosen = select(base, successor, StableNames())
    assert labels(chosen.document) - labels(base) == {"GET /other0"}
    assert chosen.document["paths"]["/other0"]["get"]["operationId"] == "theirs_other0"


def test_operations_for_other_apps_are_ignored(base: Document, successor: Document) -> None:
    successor["paths"]["/other0"]["get"]["description"] = "**Available for**: Workflow apps.\n\nUnlike chatflow runs."
    assert labels(select(base, successor, StableNames()).document) == labels(base)


def test_operation_no_longer_listed_is_a_finding(base: Document, successor: Document) -> None:
    successor["paths"]["/p0"]["get"]["description"] = "**Available for**: Chatbot apps."
    successor["paths"]["/p1"]["get"]["description"] = "**Available for**: Chatbot, Chatflow apps."
    chosen = select(base, successor, StableNames())
    assert chosen.unlisted == ["GET /p0"]
    (finding,) = [one for one in selection_findings(chosen, Published()) if one.id == "document-operation-unlisted"]
    assert (finding.level, finding.operations, finding.pointer) == ("warning", ("GET /p0",), "/paths/~1p0/get")


def test_restored_operation_gets_our_name_back(base: Document, successor: Document) -> None:
    full = select(base, successor, StableNames()).names
    back = successor["paths"].pop("/p0")
    less = select(base, successor, full)
    assert labels(base) - labels(less.document) == {"GET /p0"}
    kept = full.updated(less.names)
    successor["paths"]["/p0"] = back
    again = select(less.document, successor, kept)
    assert again.document["paths"]["/p0"]["get"]["operationId"] == "ours_p0"


def test_selection_is_idempotent(base: Document, successor: Document) -> None:
    once = select(base, successor, StableNames())
    assert select(once.document, successor, once.names).document == once.document


@pytest.mark.parametrize("is_reversed", [False, True])
def test_only_the_common_part_is_compared(
    base: Document, successor: Document, is_reversed: bool, tmp_path: Path
) -> None:
    part = successor["components"]["schemas"]["TheirsPart"]["properties"]
    part["c"]["nullable"] = True
    texts = [json.dumps(one, indent=1) for one in (base, successor)]
    sources = [Source(str(number), text) for number, text in enumerate(texts)]
    old, new = sources[::-1] if is_reversed else sources
    report = compare(Task(old, new, tmp_path, layer="wire"))
    assert report.notes[0] == f"left out: {len(OTHERS)} operations of other kinds of apps"
    (finding,) = [one for one in report.findings if one.places and one.id.startswith("response-")]
    assert finding.text == f"response field `OursPart.c` may {'no longer' if is_reversed else 'now'} be null"
    # The line is that of the document as it was read, where the schema has another name.
    (place,) = {(one.base_line, one.revision_line) for one in finding.places}
    expected = [1 + text[: text.index('"c"')].count("\n") for text in texts]
    assert place == tuple(expected[::-1] if is_reversed else expected)
