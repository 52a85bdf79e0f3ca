"""Mutations of stream events, which no path refers to."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator

from pipeline.document import Document
from tests.drift.mutations.edits import (
    B,
    D,
    Edit,
    N,
    S,
    W,
    Z,
    add,
    both,
    cut,
    drop,
    put,
    rename,
)

MESSAGE = "StreamEventChatMessage"


def events() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of stream events."""
    mapping = f"{S}ChunkChatEvent/discriminator/mapping"
    names = f"{S}ChunkChatEvent/properties/event/enum"
    for name in ("message", "node_finished", "ping", "workflow_paused"):
        yield f"event {name} is removed", B, both(cut(f"{mapping}/{name}"), drop(names, name))
        yield (
            f"event {name} is renamed",
            B,
            both(rename(f"{mapping}/{name}", f"{name}_v2"), drop(names, name), add(names, f"{name}_v2")),
        )
        yield f"event {name} has another schema", B, put(f"{mapping}/{name}", f"#{S}StreamEventChatError")
        yield f"event {name} is no longer listed", B, drop(names, name)
    yield "an event is new", W, both(put(f"{mapping}/fresh", f"#{S}StreamEventChatPing"), add(names, "fresh"))
    for name, field in (
        ("StreamEventChatMessage", "answer"),
        ("StreamEventChatError", "code"),
        ("StreamEventNodeFinished", "data"),
    ):
        at = f"{S}{name}/allOf/2/properties"
        yield f"{name}.{field} is removed", B, cut(f"{at}/{field}")
        yield f"{name}.{field} is renamed", B, rename(f"{at}/{field}", f"{field}_v2")
        yield f"{name}.{field} is a list", B, put(f"{at}/{field}", {"type": "array", "items": {"type": "string"}})
        yield f"{name}.{field} may be null", B, put(f"{at}/{field}/nullable", True)
        yield f"{name} has a new field", N, put(f"{at}/fresh", {"type": "string"})
        yield f"{name}.{field} has a different description", D, put(f"{at}/{field}/description", "Other words.")
        yield f"{name} drops its base", B, cut(f"{S}{name}/allOf/1")
    yield "a nested field is removed", B, cut(f"{S}StreamEventNodeFinished/allOf/2/properties/data/properties/status")
    yield (
        "a nested field is text",
        B,
        put(f"{S}StreamEventNodeFinished/allOf/2/properties/data/properties/index/type", "string"),
    )
    yield "the base loses task_id", B, cut(f"{S}StreamEventBase/properties/task_id")
    yield "the base gains a field", N, put(f"{S}StreamEventBase/properties/sequence", {"type": "integer"})
    yield "the discriminator is type", B, put(f"{S}ChunkChatEvent/discriminator/propertyName", "type")
    yield "no mapping", B, cut(f"{S}ChunkChatEvent/discriminator/mapping")
    yield "no discriminator", B, cut(f"{S}ChunkChatEvent/discriminator")
    yield "a name without a schema", W, add(names, "fresh")
    yield "a schema without a name", W, put(f"{mapping}/fresh", f"#{S}StreamEventChatPing")
    yield "a mapping entry is removed", B, cut(f"{mapping}/message")
    yield "an event's schema is removed", B, cut(f"{S}StreamEventChatMessage")
    yield "a message no longer fixes its event name", B, cut(f"{S}StreamEventChatMessage/allOf/0")
    yield "an event's schema is renamed", N, renamed_schema("StreamEventChatMessage")
    yield "the events' base is renamed", Z, renamed_schema("StreamEventBase")
    yield "the family is renamed", Z, renamed_schema("ChunkChatEvent")
    yield "an event is written without allOf", Z, flat
    yield "the family lists its members", Z, choice
    base = f"{S}StreamEventBase/properties"
    yield "the base's task_id may be null", B, put(f"{base}/task_id/nullable", True)
    yield "the base's task_id is a number", B, put(f"{base}/task_id", {"type": "integer"})
    yield "the base's task_id is always present", N, put(f"{S}StreamEventBase/required", ["task_id"])
    yield "the base's created_at is text", B, put(f"{base}/created_at", {"type": "string"})
    finished = f"{S}StreamEventNodeFinished/allOf/2/properties/data/properties"
    for name in ("description", "example", "summary", "default"):
        yield f"a nested event field is called {name}", N, put(f"{finished}/{name}", {"type": "string"})
    yield "a nested event field has fixed values", N, put(f"{finished}/status/enum", ["succeeded", "failed"])
    yield (
        "a nested event field is an array",
        B,
        put(f"{finished}/error", {"type": "array", "items": {"type": "string"}}),
    )
    yield "a nested event field may be null", B, put(f"{finished}/index/nullable", True)
    yield (
        "node data is closed",
        N,
        put(f"{S}StreamEventNodeFinished/allOf/2/properties/data/additionalProperties", False),
    )


def renamed_schema(name: str) -> Edit:
    def change(document: Document) -> None:
        text = json.dumps(document).replace(f'"#{S}{name}"', f'"#{S}{name}New"')
        document.update(json.loads(text))
        document["components"]["schemas"][f"{name}New"] = document["components"]["schemas"].pop(name)

    return change


def flat(document: Document) -> None:
    schemas = document["components"]["schemas"]
    parts = [schemas[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part for part in schemas[MESSAGE]["allOf"]]
    properties = {name: field for part in parts for name, field in part.get("properties", {}).items()}
    schemas[MESSAGE] = {"type": "object", "properties": copy.deepcopy(properties)}


def choice(document: Document) -> None:
    schema = document["components"]["schemas"]["ChunkChatEvent"]
    schema["oneOf"] = [{"$ref": target} for target in schema["discriminator"]["mapping"].values()]
