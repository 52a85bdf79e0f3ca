"""The structure of OpenAPI documents as far as this pipeline relies on it, checked before anything else reads them."""

from __future__ import annotations

from typing import Any, cast

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
    found = problem(document, "document")
    if found:
        parts, expected = found
        pointer = "".join(f"/{json_text.escape(part)}" for part in reversed(parts))
        raise PipelineError(f"{place}#{pointer}", f"must be {expected}; correct the document")


def problem(node: Any, kind: str) -> tuple[list[str], str] | None:
    """Return the path of the first node that has the wrong type, the last key first, with the right type."""
    types, expected, grammar, entries = KINDS[kind]
    if not isinstance(node, types):
        return [], expected
    if not (grammar or entries) or not isinstance(node, dict | list):
        return None
    pairs = cast("dict[str, Any]", node).items() if isinstance(node, dict) else enumerate(cast("list[object]", node))
    for key, child in pairs:
        name = str(key)
        if entries and not name.startswith("x-"):
            inner = entries
        elif name in grammar and child is not None:
            inner = grammar[name]
        else:
            continue
        found = problem(child, inner)
        if found:
            found[0].append(name)
            return found
    return None


def kinds() -> dict[str, tuple[tuple[type, ...], str, dict[str, str], str]]:
    """Return the types of every kind, their name, the kinds of members, and the kind of a map's or list's entries."""
    used = {"document", *GRAMMAR, *(kind for grammar in GRAMMAR.values() for kind in grammar.values())}
    used |= {kind[1:-1] for kind in used if kind[0] in "{["}
    found: dict[str, tuple[tuple[type, ...], str, dict[str, str], str]] = {}
    for kind in used:
        container = {"{": "an object", "[": "a list"}.get(kind[0])
        expected = container or NODES.get(kind) or ("an object" if kind in GRAMMAR else kind)
        found[kind] = TYPES[expected], expected, GRAMMAR.get(kind, {}), kind[1:-1] if container else ""
    return found


KINDS = kinds()
