"""Streams: families of events, which no path refers to, found by the discriminator that tells their members apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.document import escape, is_list, is_object, references
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.views import DocumentView, components

SCHEMAS = "#/components/schemas/"
CHOICES = ("oneOf", "anyOf")


@dataclass(frozen=True)
class Event:
    """One event: its name on the wire and the reference to its schema."""

    name: str
    target: str
    pointer: str

    @property
    def label(self) -> str:
        """The event as a report names it."""
        return f"event {self.name}"

    @property
    def spot(self) -> SchemaRef:
        """Its schema."""
        return SchemaRef({"$ref": self.target}, self.pointer)


@dataclass(frozen=True)
class Stream:
    """A family of events: the schema that tells them apart, and its members."""

    name: str
    tag: str
    events: dict[str, Event]
    mapped: frozenset[str]
    listed: frozenset[str]

    @property
    def pointer(self) -> str:
        """Where the family's own schema stands."""
        return f"/components/schemas/{escape(self.name)}"


def streams(side: DocumentView) -> dict[str, Stream]:
    """The families of events of a document.

    A family is a schema with a discriminator that lists no members itself, or that lists them as a choice which only
    event streams lead to, if anything does; any other choice is compared where it is used.
    """
    schemas = components(side.document, "schemas")
    told = {name: schema for name, schema in schemas.items() if tag_of(schema)}
    plain = answered(side) if any(schema.keys() & set(CHOICES) for schema in told.values()) else set[str]()
    found = {
        name: family(name, schema, schemas)
        for name, schema in told.items()
        if not (schema.keys() & set(CHOICES) and name in plain)
    }
    return {name: stream for name, stream in found.items() if stream.events}


def tag_of(schema: Any) -> str | None:
    """The field by which a schema tells its members apart."""
    name = object_at(schema, "discriminator").get("propertyName")
    return name if isinstance(name, str) else None


def answered(side: DocumentView) -> set[str]:
    """The schemas that operations lead to in any other way than through an event stream."""
    return reach(side, without_streams(side.document["paths"]))


def without_streams(node: Any) -> Any:
    """A copy without the bodies of event streams."""
    if is_object(node):
        return {key: without_streams(value) for key, value in node.items() if key != "text/event-stream"}
    return [without_streams(item) for item in node] if is_list(node) else node


def reach(side: DocumentView, *roots: Any) -> set[str]:
    """The names of the schemas that some parts of a document lead to, directly or through others."""
    schemas = components(side.document, "schemas")
    waiting = [reference for root in roots for _, reference in references(root)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop().removeprefix(SCHEMAS).split("/", 1)[0].replace("~1", "/").replace("~0", "~")
        if name in schemas and name not in found:
            found.add(name)
            waiting += [reference for _, reference in references(schemas[name])]
    return found


def family(name: str, schema: Any, schemas: Any) -> Stream:
    """The events of one discriminator: what its mapping names, and its members that are not named there."""
    pointer = f"/components/schemas/{escape(name)}"
    tag = str(tag_of(schema))
    mapping = object_at(schema["discriminator"], "mapping")
    targets = {key: str(value) for key, value in mapping.items()}
    targets = {key: value if value.startswith("#") else SCHEMAS + value for key, value in targets.items()}
    listed = list_at(object_at(object_at(schema, "properties"), tag), "enum")
    events = {
        key: Event(key, target, f"{pointer}/discriminator/mapping/{escape(key)}")
        for key, target in targets.items()
        if not listed or key in listed
    }
    for target, member in members(name, schema, schemas):
        key = pinned(member, tag) or target.rsplit("/", 1)[-1]
        if target not in targets.values() and key not in targets and (not listed or key in listed):
            events.setdefault(key, Event(key, target, target.removeprefix("#")))
    for key in listed:
        # A name without a schema of its own is an event that holds what all of them hold.
        events.setdefault(str(key), Event(str(key), SCHEMAS + escape(name), f"{pointer}/properties/{escape(tag)}"))
    return Stream(name, tag, events, frozenset(targets), frozenset(map(str, listed)))


def members(name: str, schema: Any, schemas: Any) -> Iterator[tuple[str, Any]]:
    """References to the members of a family: its choices, and the schemas that are built on it."""
    for kind in CHOICES:
        for index, one in enumerate(list_at(schema, kind)):
            reference = one.get("$ref") if is_object(one) else None
            if isinstance(reference, str):
                yield reference, schemas.get(reference.removeprefix(SCHEMAS), {})
            else:
                yield f"{SCHEMAS}{escape(name)}/{kind}/{index}", one
    for other, member in schemas.items():
        if SCHEMAS + escape(name) in bases(member):
            yield SCHEMAS + escape(other), member


def bases(schema: Any) -> list[str]:
    """The schemas that a member is built on."""
    parts: Any = schema.get("allOf") if is_object(schema) else None
    return [str(part["$ref"]) for part in parts if is_object(part) and "$ref" in part] if is_list(parts) else []


def pinned(schema: Any, tag: str) -> str | None:
    """The one value that a member allows for the discriminator."""
    for part in (schema, *list_at(schema, "allOf")):
        values = list_at(object_at(object_at(part, "properties"), tag), "enum")
        if len(values) == 1:
            return str(values[0])
    return None
