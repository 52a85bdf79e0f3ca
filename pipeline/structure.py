"""The structure of OpenAPI documents as far as this pipeline relies on it, checked before anything else reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline import json_text
from pipeline.errors import PipelineError

TYPES: dict[str, tuple[type, ...]] = {
    "an object": (dict,),
    "a list": (list,),
    "a string": (str,),
    "a boolean": (bool,),
    "an object or a boolean": (dict, bool),
    "a string or a list": (str, list),
}
# The types of nodes that need not be objects.
NODES = {"schema": "an object or a boolean", "type": "a string or a list"}
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
MEDIA = {"content": "{media}"}
# The kind of each member; `{kind}` is a map and `[kind]` a list. Members may be null, entries may not.
GRAMMAR: dict[str, dict[str, str]] = {
    "document": {
        "info": "an object",
        "paths": "{path}",
        "components": "components",
        "webhooks": "{path}",
        "tags": "[an object]",
        "servers": "[an object]",
        "security": "[an object]",
    },
    "components": {
        "schemas": "{schema}",
        "parameters": "{parameter}",
        "responses": "{response}",
        "requestBodies": "{body}",
        "headers": "{header}",
        "securitySchemes": "{an object}",
        "examples": "{an object}",
        "pathItems": "{path}",
    },
    "path": {**dict.fromkeys(METHODS, "operation"), "parameters": "[parameter]", "servers": "[an object]"},
    "operation": {
        "operationId": "a string",
        "parameters": "[parameter]",
        "requestBody": "body",
        "responses": "{response}",
        "tags": "[a string]",
        "deprecated": "a boolean",
        "security": "[an object]",
        "callbacks": "{an object}",
    },
    "parameter": {"name": "a string", "in": "a string", "required": "a boolean", "schema": "schema", **MEDIA},
    "body": {"required": "a boolean", **MEDIA},
    "response": {"description": "a string", "headers": "{header}", **MEDIA},
    "header": {"schema": "schema", **MEDIA},
    "media": {"schema": "schema", "examples": "{an object}"},
    "schema": {
        "type": "type",
        "format": "a string",
        "properties": "{schema}",
        "items": "schema",
        "not": "schema",
        **dict.fromkeys(("allOf", "oneOf", "anyOf", "prefixItems"), "[schema]"),
        "required": "[a string]",
        "enum": "a list",
        "additionalProperties": "schema",
        "nullable": "a boolean",
        "discriminator": "discriminator",
        "patternProperties": "{schema}",
        "$defs": "{schema}",
    },
    "discriminator": {"propertyName": "a string", "mapping": "{a string}"},
}


def check_structure(document: Any, place: object) -> None:
    """Raise PipelineError with the pointer of the first node that has the wrong type."""
    for pointer, expected in problems(document, "document", ""):
        raise PipelineError(f"{place}#{pointer}", f"must be {expected}; correct the document")


def problems(node: Any, kind: str, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield the pointers below a node that have the wrong type, with the right one."""
    container = {"{": "an object", "[": "a list"}.get(kind[0])
    expected = container or NODES.get(kind) or ("an object" if kind in GRAMMAR else kind)
    if not isinstance(node, TYPES[expected]):
        yield pointer, expected
        return
    grammar = GRAMMAR.get(kind, {})
    for key, child in json_text.members(node):
        name = str(key)
        if container and not name.startswith("x-"):
            inner = kind[1:-1]
        elif name in grammar and child is not None:
            inner = grammar[name]
        else:
            continue
        yield from problems(child, inner, f"{pointer}/{json_text.escape(name)}")
