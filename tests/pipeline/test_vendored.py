"""The vendored document: valid, fully described, and the same facts as the published one in words of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import document
from pipeline.document import Document, is_list, is_object, operations
from pipeline.drift.wire.selection import is_superset, select
from pipeline.update import local_texts
from tests.contract.cases import PROJECT

VENDORED = document.load(PROJECT.spec)
TEXTS = ("summary", "description")
# How many words in a row may be the same by chance.
RUN = 5


def test_vendored_document_has_its_known_shape() -> None:
    stream = VENDORED["components"]["schemas"]["ChunkChatEvent"]
    assert VENDORED["openapi"] == "3.0.1"
    assert {*stream["discriminator"]["mapping"]} == {*stream["properties"]["event"]["enum"]}
    assert VENDORED["paths"]["/workflows/run/{workflow_run_id}"]["get"]["operationId"] == "getChatflowWorkflowRunDetail"


def test_every_place_that_can_be_described_is() -> None:
    assert local_texts.undescribed(VENDORED) == []
    assert len(list(texts(VENDORED))) >= 920


def test_stream_examples_are_event_streams() -> None:
    streams = [
        example["value"]
        for _, _, operation in operations(VENDORED)
        for response in operation["responses"].values()
        for example in response.get("content", {}).get("text/event-stream", {}).get("examples", {}).values()
    ]
    assert len(streams) == 4
    for stream in streams:
        blocks = stream.split("\n\n")
        assert blocks.pop() == ""
        assert all("event" in json.loads(block.removeprefix("data: ")) for block in blocks)
        assert len(blocks) > 1


def taken_in(shared: Path) -> Document:
    """Return the chatflow part of the published document that the vendored one was made from."""
    folder = shared / "upstream"
    for path in sorted(folder.glob("*.json")):
        published = document.load(path)
        selected = select(VENDORED, published).document if is_superset(VENDORED, published) else published
        if facts(VENDORED) == facts(selected):
            return selected
    pytest.fail(f"{PROJECT.spec.name} was made from no document in {folder}: put the published one there")


def test_facts_equal_those_of_a_published_document(shared: Path) -> None:
    assert facts(VENDORED) == facts(taken_in(shared))


def test_no_sentence_is_carried_over(shared: Path) -> None:
    theirs = [text for path in (shared / "upstream").glob("*.json") for text in texts(document.load(path))]
    runs = {run for text in theirs for run in word_runs(text)}
    whole = {tuple(words(text)) for text in theirs}
    carried = [text for text in texts(VENDORED) if tuple(words(text)) in whole or runs & set(word_runs(text))]
    assert carried == []


def facts(node: Any, inside: str = "") -> Any:
    """Return the document without its prose: texts masked, streams as lists of events, code samples left out."""
    if is_list(node):
        return [facts(item, inside) for item in node]
    if not is_object(node):
        return local_texts.facts(node) if inside in ("value", "example") else node
    result: Document = {}
    for key, value in node.items():
        if inside == "properties" or inside in ("value", "example"):
            result[key] = facts(value, "schema" if inside == "properties" else inside)
        elif key == "x-codeSamples" or (key in TEXTS and isinstance(value, str)):
            continue
        else:
            result[key] = facts(value, key)
    return result


def texts(node: Any, inside: str = "") -> Iterator[str]:
    """Every sentence of a document: its texts and the free text in its examples."""
    if is_list(node):
        for item in node:
            yield from texts(item, inside)
    elif is_object(node):
        for key, value in node.items():
            example = inside in ("value", "example")
            is_text = key in TEXTS and isinstance(value, str) and inside != "properties" and not example
            if is_text:
                yield value
            elif key != "x-codeSamples":
                yield from texts(value, inside if example else "schema" if inside == "properties" else key)
    elif isinstance(node, str) and inside in ("value", "example"):
        if node.startswith("data: "):
            for event in local_texts.events(node):
                yield from texts(event, "value")
        elif local_texts.is_free_text(node):
            yield node


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9_']+", text.lower())


def word_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Return runs of words outside of code spans, table cells and ids, which are facts."""
    prose = words(re.sub(r"`[^`]*`|\|.*?\||\b[0-9a-f]{8}-[0-9a-f-]{27}\b", " § ", text))
    return (tuple(prose[start : start + RUN]) for start in range(len(prose) - RUN + 1))
