"""Mutations of responses: fields, statuses and media types."""

from __future__ import annotations

from collections.abc import Iterator

from tests.drift.mutations.edits import (
    CHAT,
    DELETE,
    HISTORY,
    LIST,
    B,
    Edit,
    N,
    S,
    W,
    add,
    cut,
    put,
    rename,
)


def bodies() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of responses."""
    for name, field in (
        ("FileUploadResponse", "size"),
        ("Usage", "total_tokens"),
        ("AppInfoResponse", "mode"),
        ("ConversationListItem", "status"),
    ):
        at = f"{S}{name}"
        yield f"{name}.{field} is removed", W if name != "Usage" else B, cut(f"{at}/properties/{field}")
        yield f"{name}.{field} is an object", B, put(f"{at}/properties/{field}", {"type": "object"})
        yield f"{name}.{field} may be null", B, put(f"{at}/properties/{field}/nullable", True)
        yield f"{name}.{field} is always present", N, put(f"{at}/required", [field])
        yield f"{name} has a new field", N, put(f"{at}/properties/fresh", {"type": "string"})
        yield f"{name} has a field called example", N, put(f"{at}/properties/example", {"type": "string"})
        yield (
            f"{name}.{field} is renamed",
            W if name != "Usage" else B,
            rename(f"{at}/properties/{field}", f"{field}_new"),
        )
        yield f"{name}.{field} is write-only", N, put(f"{at}/properties/{field}/writeOnly", True)
    yield "created_at is text", B, put(f"{S}FileUploadResponse/properties/created_at", {"type": "string"})
    yield "latency is an integer", N, put(f"{S}Usage/properties/latency", {"type": "integer"})
    yield "size is a number", B, put(f"{S}FileUploadResponse/properties/size/type", "number")
    yield "an id is any text", B, cut(f"{S}FileUploadResponse/properties/id/format")
    yield "a name is a uuid", N, put(f"{S}FileUploadResponse/properties/name/format", "uuid")
    yield "mode has fixed values", N, put(f"{S}AppInfoResponse/properties/mode/enum", ["advanced-chat"])
    yield "extension is never null", N, put(f"{S}FileUploadResponse/properties/extension/nullable", False)
    yield "tags are objects", B, put(f"{S}AppInfoResponse/properties/tags/items", {"type": "object"})
    yield "responses are closed", N, put(f"{S}AppInfoResponse/additionalProperties", False)
    yield "chat also returns 202", N, put(f"{CHAT}/responses/202", {"description": "Later."})
    yield "chat no longer returns 200", B, cut(f"{CHAT}/responses/200")
    yield "chat no longer returns 429", N, cut(f"{CHAT}/responses/429")
    yield "chat returns 418", N, put(f"{CHAT}/responses/418", {"description": "No."})
    yield "deleting returns 200", B, rename(f"{DELETE}/responses/204", "200")
    yield "chat no longer streams", B, cut(f"{CHAT}/responses/200/content/text~1event-stream")
    yield (
        "chat also returns XML",
        N,
        put(f"{CHAT}/responses/200/content/application~1xml", {"schema": {"type": "string"}}),
    )
    yield "speech is ogg", B, rename("/paths/~1text-to-audio/post/responses/200/content/audio~1mpeg", "audio/ogg")
    yield "a new header", N, put(f"{LIST}/responses/200/headers", {"X-Next": {"schema": {"type": "string"}}})
    yield (
        "history is a list",
        B,
        put(f"{HISTORY}/responses/200/content/application~1json/schema", {"type": "array", "items": {}}),
    )
    yield "a control is removed", N, cut(f"{S}UserInputFormItem/oneOf/2")
    yield (
        "a control is new",
        B,
        add(
            f"{S}UserInputFormItem/oneOf",
            {"type": "object", "title": "Date", "properties": {"date": {"type": "object"}}},
        ),
    )
    yield "all 404 are any 4XX", N, rename(f"{CHAT}/responses/404", "4XX")
    yield "chat has a default response", N, put(f"{CHAT}/responses/default", {"description": "Anything."})
    yield (
        "chat's JSON is problem+json",
        N,
        rename(f"{CHAT}/responses/200/content/application~1json", "application/problem+json"),
    )
    yield "chat's response has no schema", W, cut(f"{CHAT}/responses/200/content/application~1json/schema")
    yield (
        "the stream names its events",
        N,
        put(f"{CHAT}/responses/200/content/text~1event-stream/schema", {"$ref": f"#{S}ChunkChatEvent"}),
    )


def fields() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of response fields, some of them named like keywords."""
    site = f"{S}WebAppSettingsResponse/properties"
    usage = f"{S}Usage/properties"
    for name in ("description", "title"):
        yield f"the site's {name} is removed", W, cut(f"{site}/{name}")
        yield f"the site's {name} is an object", B, put(f"{site}/{name}", {"type": "object"})
        yield f"the site's {name} may be null", B, put(f"{site}/{name}/nullable", True)
        yield f"the site's {name} is renamed", W, rename(f"{site}/{name}", f"{name}_text")
    for name in ("summary", "examples", "enum", "required", "$ref", "x-note", "default"):
        yield f"usage has a field called {name}", N, put(f"{usage}/{name}", {"type": "string"})
    yield "currency may be missing a type", B, cut(f"{usage}/currency/type")
    yield "currency is text or a number", B, put(f"{usage}/currency/type", ["string", "integer"])
    yield "currency is null in a oneOf", B, put(f"{usage}/currency", {"oneOf": [{"type": "string"}, {"type": "null"}]})
    yield "currency is null in a list of types", B, put(f"{usage}/currency/type", ["string", "null"])
    yield "currency has a default", N, put(f"{usage}/currency/default", "USD")
    yield "currency is deprecated", N, put(f"{usage}/currency/deprecated", True)
    yield "tokens have a maximum", N, put(f"{usage}/total_tokens/maximum", 1000)
    yield (
        "tags are text or numbers",
        B,
        put(f"{S}AppInfoResponse/properties/tags/items", {"oneOf": [{"type": "string"}, {"type": "integer"}]}),
    )
    yield "tags are at most ten", N, put(f"{S}AppInfoResponse/properties/tags/maxItems", 10)
    yield "usage is an array", B, put(f"{S}Usage", {"type": "array", "items": {"type": "string"}})
    yield "usage may be null", B, put(f"{S}Usage/nullable", True)
    yield "undocumented usage fields are text", N, put(f"{S}Usage/additionalProperties", {"type": "string"})
