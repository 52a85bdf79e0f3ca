"""Texts of the vendored document are kept at their places when a new document comes in."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import load
from pipeline.update.local_texts import undescribed, with_local_texts
from tests.conftest import ROOT
from tests.pipeline.test_vendored import taken_in

OURS = load(ROOT / "openapi_chatflow.json")
STREAM = 'data: {"event": "message", "answer": "Good day to you"}\n\ndata: {"event": "ping"}\n\n'
IN_ONE_LINE = 'data: {"event": "message", "answer": "Hello over there"} data: {"event": "ping"}'


def document(**schema: Any) -> dict[str, Any]:
    return {"openapi": "3.0.1", "paths": {}, "components": {"schemas": {"Thing": {"type": "object", **schema}}}}


def merged(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    kept, remaining = with_local_texts(document(**ours), document(**theirs))
    thing = kept["components"]["schemas"]["Thing"]
    return thing, [pointer.removeprefix("/components/schemas/Thing") for pointer in remaining]


def test_published_document_with_local_texts_equals_vendored(shared: Path) -> None:
    assert with_local_texts(OURS, taken_in(shared)) == (OURS, [])


def test_texts_are_kept_and_facts_replaced() -> None:
    thing, remaining = merged(
        {"description": "ours", "properties": {"a": {"type": "string", "description": "ours"}}},
        {"description": "theirs", "properties": {"a": {"type": "integer", "description": "theirs"}}},
    )
    assert thing["description"] == thing["properties"]["a"]["description"] == "ours"
    assert thing["properties"]["a"]["type"] == "integer"
    assert remaining == []


def test_new_places_are_listed() -> None:
    thing, remaining = merged({"properties": {}}, {"properties": {"a~b": {"description": "theirs"}}})
    assert thing["properties"]["a~b"]["description"] == "theirs"
    assert remaining == ["/properties/a~0b/description"]


def test_text_dropped_by_publisher_is_kept() -> None:
    assert merged({"description": "ours"}, {})[0]["description"] == "ours"


def test_property_named_description_is_no_text() -> None:
    thing, remaining = merged(
        {"properties": {"description": {"type": "string"}, "summary": {"type": "string"}}},
        {"properties": {"description": {"type": "integer"}}},
    )
    assert thing["properties"] == {"description": {"type": "integer"}}
    assert remaining == []


@pytest.mark.parametrize(
    ("ours", "theirs", "is_kept"),
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
def test_example_with_equal_facts_is_kept(ours: Any, theirs: Any, is_kept: bool) -> None:
    thing, remaining = merged({"example": ours}, {"example": theirs})
    assert thing["example"] == (ours if is_kept else theirs)
    assert remaining == ([] if is_kept else ["/example"])


def test_parameters_are_matched_by_name() -> None:
    first, second = {"name": "a", "in": "query"}, {"name": "b", "in": "query"}
    ours = {"get": {"parameters": [{**first, "description": "ours: a"}, {**second, "description": "ours: b"}]}}
    theirs = {"get": {"parameters": [{**second, "description": "theirs"}, {**first, "description": "theirs"}]}}
    kept, remaining = with_local_texts({"paths": {"/": ours}}, {"paths": {"/": theirs}})
    assert [one["description"] for one in kept["paths"]["/"]["get"]["parameters"]] == ["ours: b", "ours: a"]
    assert remaining == []


def test_new_reference_drops_local_texts() -> None:
    reference = {"$ref": "#/components/schemas/Other"}
    thing, _ = merged({"properties": {"a": {"description": "ours"}}}, {"properties": {"a": reference}})
    assert thing["properties"]["a"] == reference


def test_code_samples_are_left_out() -> None:
    theirs = document(description="theirs", **{"x-codeSamples": [{"lang": "sh"}]})
    before = copy.deepcopy(theirs)
    kept, _ = with_local_texts(document(description="ours"), theirs)
    assert "x-codeSamples" not in kept["components"]["schemas"]["Thing"]
    assert theirs == before


def test_missing_descriptions_are_listed() -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"$ref": "#/x"}, "description": {"description": "Text."}}}
    operation = {"description": "Text.", "parameters": [{"name": "p"}], "responses": {"200": {"description": " "}}}
    document = {"paths": {"/x": {"get": operation}}, "components": {"schemas": {"X": {"allOf": [schema]}}}}
    assert undescribed(document) == [
        "/paths/~1x/get/parameters/0/description",
        "/paths/~1x/get/responses/200/description",
        "/components/schemas/X/allOf/0/properties/a/description",
    ]
