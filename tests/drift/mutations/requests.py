"""Mutations of requests: bodies and parameters."""

from __future__ import annotations

from collections.abc import Iterator

from tests.drift.mutations.edits import (
    CHAT,
    DELETE,
    EVENTS,
    HISTORY,
    LIST,
    B,
    Edit,
    N,
    S,
    W,
    add,
    both,
    cut,
    drop,
    put,
    rename,
)


def bodies() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of request bodies."""
    text = {"type": "string"}
    for name, field in (
        ("ChatRequest", "query"),
        ("CreateAnnotationRequest", "question"),
        ("ConversationRenameRequest", "user"),
    ):
        at = f"{S}{name}"
        yield f"{name}.{field} becomes an integer", B, put(f"{at}/properties/{field}", {"type": "integer"})
        yield f"{name}.{field} becomes optional", N, drop(f"{at}/required", field)
        yield f"{name}.{field} gets a maximum length", W, put(f"{at}/properties/{field}/maxLength", 500)
        yield f"{name}.{field} must match a pattern", B, put(f"{at}/properties/{field}/pattern", "^[a-z]+$")
        yield f"{name}.{field} may be null", N, put(f"{at}/properties/{field}/nullable", True)
        yield f"{name} gets an optional field", N, put(f"{at}/properties/trace", text)
        yield (
            f"{name} gets a required field",
            B,
            both(put(f"{at}/properties/trace", text), add(f"{at}/required", "trace")),
        )
        yield f"{name} is closed", B, put(f"{at}/additionalProperties", False)
        yield f"{name}.{field} becomes an enum", B, put(f"{at}/properties/{field}/enum", ["a", "b"])
        yield f"{name}.{field} is deprecated", N, put(f"{at}/properties/{field}/deprecated", True)
        yield f"{name}.{field} is read-only", N, put(f"{at}/properties/{field}/readOnly", True)
    chat = f"{S}ChatRequest/properties"
    yield "workflow_id is removed", W, cut(f"{chat}/workflow_id")
    yield "conversation_id becomes required", B, add(f"{S}ChatRequest/required", "conversation_id")
    yield "response_mode loses blocking", B, drop(f"{chat}/response_mode/enum", "blocking")
    yield "response_mode gains agent", N, add(f"{chat}/response_mode/enum", "agent")
    yield "response_mode may be any text", N, cut(f"{chat}/response_mode/enum")
    yield "a file type is removed", B, drop(f"{chat}/files/items/properties/type/enum", "video")
    yield "a file type is new", N, add(f"{chat}/files/items/properties/type/enum", "archive")
    yield "files need a url", B, add(f"{chat}/files/items/required", "url")
    yield "files need no transfer_method", N, drop(f"{chat}/files/items/required", "transfer_method")
    yield "at least one file", B, put(f"{chat}/files/minItems", 1)
    yield "file urls are uris", B, put(f"{chat}/files/items/properties/url/format", "uri")
    yield "file urls are any text", N, cut(f"{chat}/files/items/properties/url/format")
    yield "auto_generate_name is off by default", W, put(f"{chat}/auto_generate_name/default", False)
    yield "auto_generate_name has no default", W, cut(f"{chat}/auto_generate_name/default")
    yield "query has a default", N, put(f"{chat}/query/default", "Hello")
    yield (
        "rating may not be null",
        B,
        both(
            put(f"{S}MessageFeedbackRequest/properties/rating/nullable", False),
            drop(f"{S}MessageFeedbackRequest/properties/rating/enum", None),
        ),
    )
    yield "inputs are strings", B, put(f"{chat}/inputs/additionalProperties", {"type": "string"})
    yield "chat body is optional", N, put(f"{CHAT}/requestBody/required", False)
    yield (
        "chat body as form",
        N,
        put(f"{CHAT}/requestBody/content/multipart~1form-data", {"schema": {"type": "object"}}),
    )
    yield "chat body no longer JSON", B, rename(f"{CHAT}/requestBody/content/application~1json", "application/x-ndjson")
    yield "deleting needs no body", N, put(f"{DELETE}/requestBody/required", False)
    yield "deleting accepts no body", B, cut(f"{DELETE}/requestBody")
    yield (
        "rename has a user field called description",
        N,
        put(f"{S}ConversationRenameRequest/properties/description", text),
    )


def body_fields() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of the fields of request bodies, some of them named like keywords."""
    text = {"type": "string"}
    chat = f"{S}ChatRequest/properties"
    yield "audio upload loses user", W, cut(f"{S}AudioToTextRequest/properties/user")
    for name in ("description", "example", "summary", "title", "default", "enum", "required", "$ref", "x-note"):
        yield f"chat accepts a field called {name}", N, put(f"{chat}/{name}", text)
    yield "query may be text or a number", N, put(f"{chat}/query/type", ["string", "integer"])
    yield "query may have 1000 characters", W, put(f"{chat}/query/maxLength", 1000)
    yield "query must have a character", B, put(f"{chat}/query/minLength", 1)
    yield "query is read-only", N, put(f"{chat}/query/readOnly", True)
    yield "chat accepts no other fields", B, put(f"{S}ChatRequest/additionalProperties", False)
    yield "undocumented chat fields are text", B, put(f"{S}ChatRequest/additionalProperties", {"type": "string"})
    yield "at most three files", W, put(f"{chat}/files/maxItems", 3)
    yield "files do not repeat", B, put(f"{chat}/files/uniqueItems", True)
    yield (
        "a question must satisfy a second schema",
        B,
        put(f"{S}ChatRequest/required", ["inputs", "query", "user", "files"]),
    )
    parts = {"file": {"contentType": "audio/ogg"}}
    yield (
        "audio parts are ogg",
        W,
        put("/paths/~1audio-to-text/post/requestBody/content/multipart~1form-data/encoding", parts),
    )
    yield (
        "the chat body has a charset",
        N,
        rename(f"{CHAT}/requestBody/content/application~1json", "application/json; charset=utf-8"),
    )


def parameters() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of path, query and header parameters."""
    for at, index in ((LIST, 2), (HISTORY, 3)):
        name = f"{at}/parameters/{index}/schema"
        yield f"{at} limit up to 50", B, put(f"{name}/maximum", 50)
        yield f"{at} limit up to 500", N, put(f"{name}/maximum", 500)
        yield f"{at} limit from 5", B, put(f"{name}/minimum", 5)
        yield f"{at} limit from 0", N, put(f"{name}/minimum", 0)
        yield f"{at} limit has no upper bound", N, cut(f"{name}/maximum")
        yield f"{at} limit is 50 by default", B, put(f"{name}/default", 50)
        yield f"{at} limit has no default", B, cut(f"{name}/default")
        yield f"{at} limit is text", N, put(name, {"type": "string", "default": 20})
        yield f"{at} limit becomes required", B, put(f"{at}/parameters/{index}/required", True)
        yield f"{at} limit is removed", W, cut(f"{at}/parameters/{index}")
        yield f"{at} limit is deprecated", N, put(f"{at}/parameters/{index}/deprecated", True)
    new = {"in": "query", "name": "fresh", "schema": {"type": "string"}}
    yield "a new optional parameter", N, add(f"{LIST}/parameters", new)
    yield "a new required parameter", B, add(f"{LIST}/parameters", {**new, "required": True})
    yield "a new required header", B, add(f"{LIST}/parameters", {**new, "in": "header", "required": True})
    yield "sort_by loses a value", B, drop(f"{LIST}/parameters/3/schema/enum", "-created_at")
    yield "sort_by gains a value", N, add(f"{LIST}/parameters/3/schema/enum", "name")
    yield "user becomes optional for events", N, put(f"{EVENTS}/parameters/1/required", False)
    yield "user moves to a header", B, put(f"{EVENTS}/parameters/1/in", "header")
    yield "a flag becomes a number", B, put(f"{EVENTS}/parameters/2/schema", {"type": "integer", "default": False})
    yield "a path id is any text", N, cut(f"{EVENTS}/parameters/0/schema/format")
    yield "a path id is a number", B, put(f"{DELETE}/parameters/0/schema", {"type": "integer"})
    yield "a path id is a uuid", B, put(f"{DELETE}/parameters/0/schema/format", "uuid")
    yield "keyword has a pattern", B, put("/paths/~1apps~1annotations/get/parameters/2/schema/pattern", "^a")
    yield "conversation_id moves to a header", B, put(f"{HISTORY}/parameters/0/in", "header")
    yield "conversation_id is separated by pipes", B, put(f"{HISTORY}/parameters/0/style", "pipeDelimited")
    yield (
        "conversation_id gets a sunset date",
        N,
        both(put(f"{HISTORY}/parameters/1/deprecated", True), put(f"{HISTORY}/parameters/1/x-sunset", "2099-01-01")),
    )
    yield "limit has fixed values", B, put(f"{LIST}/parameters/2/schema/enum", [10, 20])
    yield "limit may be null", N, put(f"{LIST}/parameters/2/schema/nullable", True)
    yield "limit is a multiple of ten", B, put(f"{LIST}/parameters/2/schema/multipleOf", 10)
    yield "limit is a number", N, put(f"{LIST}/parameters/2/schema/type", "number")
    yield "limit is a flag", B, put(f"{LIST}/parameters/2/schema/type", "boolean")
