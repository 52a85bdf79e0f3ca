"""Everything in a document is compared, or the report names it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.document import Document, is_list, is_object, load
from pipeline.drift.compare import Task, compare
from pipeline.drift.report import FORMATS, render
from pipeline.drift.wire.compare import findings
from pipeline.drift.wire.not_compared import SHOWN, not_compared
from pipeline.sources import Source
from tests.conftest import ROOT

TEXT = {"type": "string"}
EMPTY = {"200": {"description": "a"}}
LINK = {
    "operationId": "a",
    "parameters": {"id": "$response.body#/a"},
    "requestBody": "$request.body",
    "description": "a",
    "server": {"url": "https://a"},
}
FIELDS: Document = {
    "text": {
        "type": "string",
        "format": "uuid",
        "minLength": 1,
        "maxLength": 2,
        "pattern": "a",
        "default": "a",
        "enum": ["a", "b"],
        "readOnly": True,
        "deprecated": True,
        "xml": {"attribute": True},
        "contentEncoding": "base64",
        "contentMediaType": "image/png",
        "contentSchema": TEXT,
        "x-extensible-enum": ["a"],
        "x-sunset": "2099-01-01",
        "x-stability-level": "beta",
    },
    "list": {
        "type": "array",
        "items": TEXT,
        "minItems": 1,
        "maxItems": 2,
        "uniqueItems": True,
        "contains": TEXT,
        "minContains": 1,
        "maxContains": 2,
        "prefixItems": [TEXT],
        "unevaluatedItems": False,
    },
    "number": {"type": "number", "minimum": 1, "maximum": 2, "multipleOf": 2},
    "exclusive": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 3},
    "union": {
        "oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}],
        "discriminator": {"propertyName": "k", "mapping": {"one": "#/components/schemas/One"}, "x-a": 1},
    },
    "dynamic": {"$dynamicRef": "#here"},
    "constant": {"type": ["string", "null"], "const": "a"},
    "secret": {"type": "string", "writeOnly": True},
}
THING: Document = {
    "$id": "https://a",
    "$schema": "https://a",
    "$anchor": "a",
    "$dynamicAnchor": "a",
    "$vocabulary": {"a": True},
    "$comment": "a",
    "title": "a",
    "description": "a",
    "externalDocs": {"url": "a"},
    "xml": {"name": "a"},
    "example": {"a": 1},
    "examples": [{"a": 1}],
    "x-schema": 1,
    "type": "object",
    "required": ["text"],
    "minProperties": 1,
    "maxProperties": 9,
    "additionalProperties": TEXT,
    "patternProperties": {"^x": TEXT},
    "propertyNames": {"pattern": "a"},
    "unevaluatedProperties": False,
    "dependentRequired": {"a": ["b"]},
    "dependentSchemas": {"a": TEXT},
    "if": {"required": ["a"]},
    "then": {"required": ["b"]},
    "else": {"required": ["c"]},
    "not": {"required": ["z"]},
    "properties": FIELDS,
}
QUERY: Document = {
    "name": "q",
    "in": "query",
    "required": False,
    "deprecated": True,
    "description": "a",
    "x-a": 1,
    "allowEmptyValue": True,
    "allowReserved": True,
    "style": "form",
    "explode": True,
    "schema": {"type": "array", "items": TEXT},
    "example": ["a"],
    "examples": {"a": {"value": ["a"]}},
}
CONTENT = {"application/json": {"schema": {"type": "object", "properties": {"a": TEXT}}}}
UPLOAD: Document = {
    "schema": {"$ref": "#/components/schemas/One"},
    "example": {"a": 1},
    "encoding": {"k": {"contentType": "a", "headers": {"X-A": {"schema": TEXT}}, "style": "form", "explode": True}},
}
OPERATION: Document = {
    "operationId": "a",
    "tags": ["a"],
    "summary": "a",
    "description": "a",
    "deprecated": True,
    "x-operation": 1,
    "externalDocs": {"url": "a"},
    "servers": [{"url": "https://a"}],
    "security": [{"oauth": []}, {"connect": ["a"]}],
    "parameters": [QUERY, {"name": "c", "in": "query", "content": CONTENT}],
    "requestBody": {"required": True, "description": "a", "content": {"multipart/form-data": UPLOAD}},
    "callbacks": {"a": {"{$request.body#/url}": {"post": {"responses": EMPTY}}}},
    "responses": {
        "200": {
            "description": "a",
            "headers": {
                "X-A": {
                    "description": "a",
                    "required": True,
                    "deprecated": True,
                    "example": "a",
                    "schema": TEXT,
                    "explode": False,
                }
            },
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/Thing"},
                    "examples": {"a": {"summary": "a", "value": {"a": 1}}},
                }
            },
            "links": {"a": LINK},
        },
        "default": {"description": "a", "content": CONTENT},
    },
}
COMPLETE: Document = {
    "openapi": "3.1.0",
    "info": {"title": "a", "version": "1", "license": {"name": "a", "url": "a"}, "x-info": 1},
    "jsonSchemaDialect": "https://a",
    "servers": [
        {
            "url": "https://{a}",
            "description": "a",
            "variables": {"a": {"default": "a", "enum": ["a"], "description": "a"}},
        }
    ],
    "security": [{"oauth": ["a"]}],
    "tags": [{"name": "a", "description": "a", "externalDocs": {"url": "a"}}],
    "externalDocs": {"url": "a"},
    "webhooks": {"a": {"post": {"responses": EMPTY}}},
    "x-root": 1,
    "paths": {"/a": {"summary": "a", "description": "a", "x-path": 1, "post": OPERATION}},
    "components": {
        "securitySchemes": {
            "oauth": {
                "type": "oauth2",
                "description": "a",
                "x-a": 1,
                "flows": {"implicit": {"authorizationUrl": "a", "scopes": {"a": "a"}, "refreshUrl": "a"}},
            },
            "connect": {"type": "openIdConnect", "openIdConnectUrl": "a"},
        },
        "schemas": {
            "Thing": THING,
            **{name: {"type": "object", "properties": {"k": TEXT}} for name in ("One", "Two")},
            "Unused": {"type": "string", "x-unused": 1},
        },
    },
}
# What the report names instead, by the keys that lead to it.
NAMED = {
    "links": "links",
    "xml": "xml",
    **dict.fromkeys(("$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary", "jsonSchemaDialect"), "dialects"),
    "variables": "variables",
}


def leaves(node: Any, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield the paths and values of all that is neither an object nor a list."""
    if is_object(node) or is_list(node):
        for key, value in node.items() if is_object(node) else enumerate(node):
            yield from leaves(value, *path, key)
    else:
        yield path, node


def changed(path: tuple[str | int, ...], value: Any) -> Document:
    """Return the document with another value in one place."""
    document = copy.deepcopy(COMPLETE)
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
    return document


@pytest.fixture(scope="module")
def vendored() -> Document:
    return load(ROOT / "openapi_chatflow.json")


def test_every_change_is_found_or_named() -> None:
    silent = [path for path, value in leaves(COMPLETE) if not findings(COMPLETE, changed(path, value))]
    assert [path for path in silent if not any(key in NAMED for key in path)] == []
    assert {NAMED[str(key)] for path in silent for key in path if key in NAMED} == set(SHOWN)


def test_nothing_is_named_that_documents_lack(vendored: Document) -> None:
    fields = dict.fromkeys(("links", "xml", "$id"), TEXT)
    schema = {"properties": fields, "default": {"links": 1}, "example": {"xml": 1}}
    named = {"components": {"schemas": {"A": schema}}}
    assert not_compared(vendored, named) == []


@pytest.mark.parametrize("form", FORMATS)
def test_report_names_what_is_not_compared(vendored: Document, form: str) -> None:
    new = copy.deepcopy(vendored)
    new["paths"]["/info"]["get"]["responses"]["200"]["links"] = {"a": LINK}
    report = compare(Task(Source("a", json.dumps(vendored)), Source("b", json.dumps(new)), ROOT, "wire"))
    assert report.findings == ()
    assert "not compared: links between operations" in render(report, form)
