"""What we say of a place stays with the place, whatever document comes in."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import load
from pipeline.update.local_texts import in_own_words
from tests.conftest import ROOT

OURS = load(ROOT / "openapi_chatflow.json")
STREAM = 'data: {"event": "message", "answer": "Good day to you"}\n\ndata: {"event": "ping"}\n\n'
IN_ONE_LINE = 'data: {"event": "message", "answer": "Hello over there"} data: {"event": "ping"}'


def document(**schema: Any) -> dict[str, Any]:
    return {"openapi": "3.0.1", "paths": {}, "components": {"schemas": {"Thing": {"type": "object", **schema}}}}


def merged(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    kept, foreign = in_own_words(document(**ours), document(**theirs))
    thing = kept["components"]["schemas"]["Thing"]
    return thing, [pointer.removeprefix("/components/schemas/Thing") for pointer in foreign]


def test_the_published_document_in_our_words_is_the_vendored_one(shared: Path) -> None:
    published = load(shared / "upstream" / "openapi_chatflow.2026-07-09.json")
    assert in_own_words(OURS, published) == (OURS, [])


def test_words_stay_and_facts_come() -> None:
    thing, foreign = merged(
        {"description": "ours", "properties": {"a": {"type": "string", "description": "ours"}}},
        {"description": "theirs", "properties": {"a": {"type": "integer", "description": "theirs"}}},
    )
    assert thing["description"] == thing["properties"]["a"]["description"] == "ours"
    assert thing["properties"]["a"]["type"] == "integer"
    assert foreign == []


def test_new_places_keep_the_publishers_words_and_are_named() -> None:
    thing, foreign = merged({"properties": {}}, {"properties": {"a~b": {"description": "theirs"}}})
    assert thing["properties"]["a~b"]["description"] == "theirs"
    assert foreign == ["/properties/a~0b/description"]


def test_a_text_that_the_publisher_dropped_stays() -> None:
    assert merged({"description": "ours"}, {})[0]["description"] == "ours"


def test_a_property_called_description_is_no_text() -> None:
    thing, foreign = merged(
        {"properties": {"description": {"type": "string"}, "summary": {"type": "string"}}},
        {"properties": {"description": {"type": "integer"}}},
    )
    assert thing["properties"] == {"description": {"type": "integer"}}
    assert foreign == []


@pytest.mark.parametrize(
    ("ours", "theirs", "stays"),
    [
        ("Some words of ours", "Some other words", True),
        ({"id": 1, "text": "Some words"}, {"id": 1, "text": "Other words"}, True),
        ({"id": 1, "text": "Some words"}, {"id": 2, "text": "Some words"}, False),
        ("one", "two", False),
        (STREAM, IN_ONE_LINE, True),
        (STREAM, IN_ONE_LINE.replace("ping", "pong"), False),
        ("{broken", "{}", False),
    ],
)
def test_an_example_stays_where_it_says_the_same(ours: Any, theirs: Any, stays: bool) -> None:
    thing, foreign = merged({"example": ours}, {"example": theirs})
    assert thing["example"] == (ours if stays else theirs)
    assert foreign == ([] if stays else ["/example"])


def test_parameters_are_known_by_name_and_not_by_place() -> None:
    first, second = {"name": "a", "in": "query"}, {"name": "b", "in": "query"}
    ours = {"get": {"parameters": [{**first, "description": "ours: a"}, {**second, "description": "ours: b"}]}}
    theirs = {"get": {"parameters": [{**second, "description": "theirs"}, {**first, "description": "theirs"}]}}
    kept, foreign = in_own_words({"paths": {"/": ours}}, {"paths": {"/": theirs}})
    assert [one["description"] for one in kept["paths"]["/"]["get"]["parameters"]] == ["ours: b", "ours: a"]
    assert foreign == []


def test_what_became_a_reference_is_another_place() -> None:
    reference = {"$ref": "#/components/schemas/Other"}
    thing, _ = merged({"properties": {"a": {"description": "ours"}}}, {"properties": {"a": reference}})
    assert thing["properties"]["a"] == reference


def test_code_samples_are_left_out_and_nothing_given_is_changed() -> None:
    theirs = document(description="theirs", **{"x-codeSamples": [{"lang": "sh"}]})
    before = copy.deepcopy(theirs)
    kept, _ = in_own_words(document(description="ours"), theirs)
    assert "x-codeSamples" not in kept["components"]["schemas"]["Thing"]
    assert theirs == before
