"""The structure of OpenAPI documents as far as this pipeline relies on it, checked before anything else reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.errors import PipelineError

TYPES: dict[str, tuple[type, ...]] = {
    "an object": (dict,),
    "a list": (list,),
    "a string": (str,),
    "a boolean": (bool,),
    "a schema": (dict, bool),
    "a type": (str, list),
}
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
        "type": "a type",
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
    if kind[0] == "{":
        if not isinstance(node, dict):
            yield pointer, "an object"
            return
        children = [(key, child, kind[1:-1]) for key, child in node.items() if not str(key).startswith("x-")]
    elif kind[0] == "[":
        if not isinstance(node, list):
            yield pointer, "a list"
            return
        children = [(index, child, kind[1:-1]) for index, child in enumerate(node)]
    else:
        grammar = GRAMMAR.get(kind)
        expected = "a schema" if kind == "schema" else kind if grammar is None else "an object"
        if not isinstance(node, TYPES[expected]):
            yield pointer, "an object or a boolean" if kind == "schema" else expected
        if not isinstance(node, dict) or grammar is None:
            return
        children = [(key, node[key], child) for key, child in grammar.items() if node.get(key) is not None]
    for key, child, child_kind in children:
        yield from problems(child, child_kind, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
