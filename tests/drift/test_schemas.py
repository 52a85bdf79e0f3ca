"""Schemas compared in small documents: spellings and keywords that the vendored document does not use."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pipeline.document import Document
from pipeline.drift.rules.finding import most_severe
from pipeline.drift.schemas.phrases import code_pair
from pipeline.drift.wire.compare import findings

THING = {"type": "object", "properties": {"a": {"type": "string"}, "n": {"type": "integer"}}}
OTHER = {"type": "object", "properties": {"b": {"type": "string"}}}
REF = {"$ref": "#/components/schemas/Thing"}


def service(field: Any, version: str = "3.0.3", side: str = "response", **more: Any) -> Document:
    """Return a document whose one operation sends or returns an object with the field `x`."""
    body: Document = {"content": {"application/json": {"schema": {"type": "object", "properties": {"x": field}}}}}
    response = {"description": "Yes."}
    operation: Document = {"responses": {"200": {**response, **body}}}
    if side == "request":
        operation = {"requestBody": body, "responses": {"200": response}}
    return {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/x": {"post": operation}},
        "components": {"schemas": {"Thing": THING, "Other": OTHER, "A B": THING}},
        **more,
    }


def levels(old: Any, new: Any, version: str) -> tuple[str, str]:
    """Return the levels of a change of a field in a request and in a response."""
    sides = ("request", "response")
    request, response = (verdict(service(old, version, side), service(new, version, side)) for side in sides)
    return request, response


def verdict(base: Document, revision: Document) -> str:
    return most_severe(one.level for one in findings(base, revision))


@pytest.mark.parametrize(
    ("old", "new", "request_level", "response_level"),
    [
        ({"minimum": 1}, {"exclusiveMinimum": 1}, "breaking", "non-breaking"),
        ({"exclusiveMinimum": 1}, {"minimum": 1}, "non-breaking", "breaking"),
        ({"maximum": 9}, {"exclusiveMaximum": 9}, "breaking", "non-breaking"),
        ({"minimum": 10**15}, {"exclusiveMinimum": 10**15}, "breaking", "non-breaking"),
        ({"maximum": 9}, {"exclusiveMaximum": 20}, "non-breaking", "breaking"),
        ({"type": "integer", "minimum": 1}, {"type": "integer", "exclusiveMinimum": 0}, "no-change", "no-change"),
        ({"enum": [1]}, {"enum": [True]}, "breaking", "warning"),
        ({"enum": [1]}, {"enum": [1.0]}, "no-change", "no-change"),
        ({"type": "string"}, False, "breaking", "breaking"),
        ({"type": "array", "items": {}}, {"type": "array", "items": False}, "breaking", "non-breaking"),
        (REF, {**REF, "required": ["a"]}, "breaking", "non-breaking"),
        ({**REF, "maxProperties": 1}, {**REF, "maxProperties": 2}, "non-breaking", "breaking"),
        (REF, {**REF, "description": "Other words."}, "docs-only", "docs-only"),
    ],
)
def test_keywords_of_3_1(old: Any, new: Any, request_level: str, response_level: str) -> None:
    assert levels(old, new, "3.1.0") == (request_level, response_level)


@pytest.mark.parametrize(
    ("new", "request_level", "response_level"),
    [
        ({**REF, "nullable": True}, "non-breaking", "breaking"),
        # OpenAPI 3.0 ignores other keywords next to a reference.
        ({**REF, "required": ["a"]}, "no-change", "no-change"),
        ({"anyOf": [REF, {"$ref": "#/components/schemas/Other"}]}, "non-breaking", "breaking"),
        ({"oneOf": [REF, {"$ref": "#/components/schemas/Other"}]}, "breaking", "breaking"),
        ({"$ref": "#/components/schemas/A%20B"}, "no-change", "no-change"),
    ],
)
def test_changes_of_a_reference(new: Any, request_level: str, response_level: str) -> None:
    assert levels(REF, new, "3.0.3") == (request_level, response_level)


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ({**REF, "nullable": True}, "response field `x` may now be null"),
        ({"allOf": [REF], "nullable": True}, "response field `x` may now be null"),
        ({"oneOf": [REF], "nullable": True}, "response field `x` may now be null"),
        ({"anyOf": [REF], "deprecated": True}, "response field `x` is deprecated"),
        ({"type": "string"}, "response field `x` changed its type from object to string"),
    ],
)
def test_change_at_reference_names_the_field(new: Any, text: str) -> None:
    (finding,) = findings(service(REF), service(new))
    assert finding.text == text


def test_change_of_component_names_the_component() -> None:
    base, revision = service(REF), service(REF)
    revision["components"]["schemas"]["Thing"] = {**THING, "nullable": True}
    assert [one.text for one in findings(base, revision)] == ["response field `Thing` may now be null"]


def test_encoded_reference_leads_to_its_component() -> None:
    base = service({"$ref": "#/components/schemas/A%20B"})
    revision = copy.deepcopy(base)
    revision["components"]["schemas"]["A B"] = {"type": "string"}
    assert verdict(base, revision) == "breaking"
    assert "reference-dangling" not in {one.id for one in findings(service({"type": "string"}), base)}


def test_map_of_itself_ends() -> None:
    base = service(REF, "3.1.0")
    base["components"]["schemas"]["Thing"] = {"type": "object", "additionalProperties": {**REF, "maxProperties": 1}}
    revision = copy.deepcopy(base)
    revision["components"]["schemas"]["Thing"]["additionalProperties"]["maxProperties"] = 2
    assert verdict(base, revision) == "breaking"


def test_parameter_content_is_another_encoding() -> None:
    base, revision = service({}), service({})
    name = {"in": "query", "name": "q"}
    base["paths"]["/x"]["post"]["parameters"] = [{**name, "schema": {"type": "string"}}]
    revision["paths"]["/x"]["post"]["parameters"] = [
        {**name, "content": {"application/json": {"schema": {"type": "string"}}}}
    ]
    assert [one.id for one in findings(base, revision)] == ["request-parameter-encoding-changed"]


def test_webhooks_are_compared_for_equality() -> None:
    found = findings(service({}, "3.1.0", webhooks={}), service({}, "3.1.0", webhooks={"new": {"post": {}}}))
    assert [(one.id, one.level) for one in found] == [("api-webhooks-changed", "warning")]


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ({"type": "http", "scheme": "bearer"}, "no-change"),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, "breaking"),
    ],
)
def test_renamed_security_scheme(scheme: Document, expected: str) -> None:
    base = service({}, security=[{"Key": []}])
    base["components"]["securitySchemes"] = {"Key": {"type": "http", "scheme": "bearer"}}
    revision = service({}, security=[{"Bearer": []}])
    revision["components"]["securitySchemes"] = {"Bearer": scheme}
    assert verdict(base, revision) == expected


def test_shortened_texts_still_differ() -> None:
    members = [f"Member{number}" for number in range(40)]
    old, new = code_pair(" | ".join(members), " | ".join(members[:30] + members[31:]))
    assert old != new
    assert "Member30" in old
    assert "Member30" not in new
