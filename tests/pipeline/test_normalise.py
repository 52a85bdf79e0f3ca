"""Normalisation of schemas that the generator would misread."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.normalise import for_generator, normalise

REFERENCE = {"$ref": "#/components/schemas/A"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (REFERENCE, REFERENCE),
        ({**REFERENCE, "type": "object", "properties": {}}, REFERENCE),
        ({**REFERENCE, "description": "d"}, {"allOf": [REFERENCE], "description": "d"}),
        ({**REFERENCE, "default": 1}, {"allOf": [REFERENCE], "default": 1}),
        ({**REFERENCE, "nullable": False}, {"allOf": [REFERENCE], "nullable": False}),
        ({**REFERENCE, "nullable": True}, {"oneOf": [REFERENCE], "nullable": True}),
        ({"$ref": "#/components/responses/R", "description": "d"}, {"$ref": "#/components/responses/R"}),
        ({"properties": {"$ref": {"type": "string"}}}, {"properties": {"$ref": {"type": "string"}}}),
        ([{**REFERENCE, "title": "t"}, 1], [REFERENCE, 1]),
    ],
)
def test_references_with_siblings_become_schemas(schema: Any, expected: Any) -> None:
    assert normalise(schema) == expected


def document(**schemas: Any) -> dict[str, Any]:
    return {"paths": {}, "components": {"schemas": schemas}}


def schema_for(name: str, **schemas: Any) -> Any:
    return for_generator(document(**schemas))["components"]["schemas"][name]


def test_later_parts_of_an_event_win() -> None:
    base = {"type": "object", "properties": {"x": {"type": "integer"}, "y": {}}, "required": ["x"], "description": "b"}
    own = {"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x", "y"], "description": "o"}
    flat = schema_for("E", A=base, E={"allOf": [REFERENCE, own], "title": "T"})
    properties = {"x": {"type": "string"}, "y": {}}
    assert flat == {
        "type": "object",
        "properties": properties,
        "required": ["x", "y"],
        "description": "o",
        "title": "T",
    }


def test_unions_and_single_references_are_unchanged() -> None:
    for schema in ({"allOf": [REFERENCE]}, {"oneOf": [REFERENCE]}, {"allOf": [REFERENCE, {"type": "string"}]}):
        assert schema_for("E", A={"type": "object"}, E=schema) == schema


def test_discriminated_property_becomes_a_required_constant() -> None:
    union = {"discriminator": {"propertyName": "event", "mapping": {"ping": "#/components/schemas/E", "gone": "#/x/G"}}}
    kind = {"type": "string", "enum": ["ping", "message"], "description": "d"}
    event = {"type": "object", "properties": {"event": kind, "other": kind}, "required": ["other"]}
    flat = schema_for("E", U=union, E=event)
    assert flat["properties"] == {"event": {"const": "ping", "description": "Always `ping`."}, "other": kind}
    assert flat["required"] == ["event", "other"]
    assert schema_for("E", E=event) == event


def test_bases_of_flattened_schemas_are_dropped() -> None:
    parts = {"allOf": [REFERENCE, {"type": "object"}]}
    assert for_generator(document(A={"type": "object"}, E=parts))["components"]["schemas"].keys() == {"E"}


def test_parameters_describe_their_schemas() -> None:
    parameters = [
        {"name": "a", "in": "query", "description": "of a", "schema": {"type": "string", "description": "old"}},
        {"name": "b", "in": "query", "description": "of b", "schema": REFERENCE},
        {"name": "c", "in": "path", "schema": {"type": "string"}},
    ]
    paths = {"/x": {"parameters": parameters, "get": {"parameters": parameters}}}
    described = for_generator({**document(), "paths": paths})["paths"]["/x"]
    expected = [
        {"type": "string", "description": "of a"},
        {"allOf": [REFERENCE], "description": "of b"},
        {"type": "string"},
    ]
    for found in (described["parameters"], described["get"]["parameters"]):
        assert [one["schema"] for one in found] == expected
    assert parameters[0]["schema"] == {"type": "string", "description": "old"}
