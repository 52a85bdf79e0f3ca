"""Mutations of prose, which only people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Document
from tests.drift.mutations.edits import (
    CHAT,
    LIST,
    D,
    Edit,
    S,
    Z,
    cut,
    everywhere,
    put,
)


def prose() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of one kind of prose each."""
    yield "identical", Z, lambda _: None
    yield "other info", D, put("/info/description", "Other words.")
    yield "a version", D, put("/info/version", "9.9.9")
    yield "a summary", D, put(f"{CHAT}/summary", "Other words.")
    yield "a description", D, put(f"{S}Usage/description", "Other words.")
    yield "a field's description", D, put(f"{S}Usage/properties/latency/description", "Other words.")
    yield "an example", D, put(f"{S}Usage/properties/latency/example", 3.5)
    yield "an extension", D, put(f"{CHAT}/x-note", "Other words.")
    yield "a title", D, put(f"{S}Usage/title", "Consumption")
    yield "a response's description", D, put(f"{CHAT}/responses/200/description", "Other words.")
    yield "a tag's description", D, put("/tags/0/description", "Other words.")
    yield "external docs", D, put("/externalDocs", {"url": "https://example.com"})
    yield "an unused schema", D, put(f"{S}Unused", {"type": "object"})
    yield "every description and summary", D, everywhere(reworded)
    yield "every example, and some that look like references", D, everywhere(other_examples)
    yield "every schema has a title", D, titled
    yield "the document's title", D, put("/info/title", "Another title")
    yield "a contact", D, put("/info/contact", {"name": "Somebody"})
    yield "a license", D, put("/info/license", {"name": "MIT"})
    yield "a newer 3.0", D, put("/openapi", "3.0.3")
    yield "no list of tags", D, cut("/tags")
    yield "a server's description", D, put("/servers/0/description", "Other words.")
    yield "a server variable's description", D, put("/servers/0/variables/api_base_url/description", "Other words.")
    yield (
        "a security scheme's description",
        D,
        put("/components/securitySchemes/ApiKeyAuth/description", "Other words."),
    )
    yield "a security scheme's format", D, put("/components/securitySchemes/ApiKeyAuth/bearerFormat", "JWT")
    yield "a parameter's description", D, put(f"{LIST}/parameters/0/description", "Other words.")
    yield "a parameter's example", D, put(f"{LIST}/parameters/0/example", "abc")
    yield "a body's description", D, put(f"{CHAT}/requestBody/description", "Other words.")
    yield "a body's examples", D, put(f"{CHAT}/requestBody/content/application~1json/examples", {"a": {"value": 1}})
    yield (
        "a stream's examples",
        D,
        put(f"{CHAT}/responses/200/content/text~1event-stream/examples", {"a": {"value": "data: {}"}}),
    )
    yield "an extension of the document", D, put("/x-note", {"a": 1})
    yield "an extension of a path", D, put("/paths/~1info/x-note", "Other words.")
    yield "an extension of a schema", D, put(f"{S}Usage/x-note", "Other words.")
    yield "a path's summary", D, put("/paths/~1info/summary", "Other words.")
    yield "an operation's external docs", D, put(f"{CHAT}/externalDocs", {"url": "https://example.com"})
    yield (
        "the prose of a field called description",
        D,
        put(f"{S}WebAppSettingsResponse/properties/description/description", "Other words."),
    )


def reworded(node: Any) -> Any:
    prose = {key: f"{node[key]} More." for key in ("description", "summary") if isinstance(node.get(key), str)}
    return {**node, **prose}


def other_examples(node: Any) -> Any:
    if isinstance(node.get("examples"), dict) and "type" not in node["examples"]:
        return {**node, "examples": {"other": {"value": {"$ref": "#/nowhere"}}}}
    return {**node, "example": {"$ref": "#/nowhere"}} if "example" in node and "type" in node else node


def titled(document: Document) -> None:
    for name, schema in document["components"]["schemas"].items():
        schema["title"] = f"The {name}"
