"""Event streams: families of events, found by the discriminator that their members share.

No path refers to the events of a stream: its response is text to OpenAPI.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, targets
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.schemas.reference import SchemaRef, ref_to
from pipeline.drift.wire.views import DocumentView, components

SCHEMAS = "#/components/schemas/"
UNIONS = ("oneOf", "anyOf")


@dataclass(frozen=True)
class Event:
    """One event: its name on the wire, the reference to its schema, and the place that names it."""

    name: str
    target: str
    pointer: str

    @property
    def label(self) -> str:
        """The event as reports name it."""
        return f"event {self.name}"

    @property
    def schema(self) -> SchemaRef:
        """Its schema."""
        return ref_to(self.target.removeprefix("#"))


@dataclass(frozen=True)
class Stream:
    """A family of events with the schema they share.

    `tag` is the field that names an event; `mapped` are the names in the mapping of the discriminator, `listed` those
    in the enum of the tag.
    """

    name: str
    tag: str
    events: dict[str, Event]
    mapped: frozenset[str]
    listed: frozenset[str]

    @property
    def pointer(self) -> str:
        """The place of the shared schema."""
        return f"/components/schemas/{escape(self.name)}"

    @property
    def label(self) -> str:
        """The stream as reports name it."""
        return f"stream {self.name}"


def streams(view: DocumentView) -> dict[str, Stream]:
    """Return the families of events of a document.

    A family is a schema with a discriminator without a union, or whose union is used by event streams
    only, if at all. Other unions are compared where they are used.
    """
    schemas = components(view.document, "schemas")
    tagged = {name: schema for name, schema in schemas.items() if tag_of(schema)}
    has_union = {name for name, schema in tagged.items() if schema.keys() & set(UNIONS)}
    in_other_bodies = used_outside_streams(view) if has_union else set[str]()
    built = built_on(schemas)
    found = {
        name: family(name, schema, schemas, built)
        for name, schema in tagged.items()
        if name not in has_union or name not in in_other_bodies
    }
    return {name: stream for name, stream in found.items() if stream.events}


def tag_of(schema: Any) -> str | None:
    """Return the field by which a schema discriminates its members, if it has one."""
    name = object_at(schema, "discriminator").get("propertyName")
    return name if isinstance(name, str) else None


def used_outside_streams(view: DocumentView) -> set[str]:
    """Return the schemas that operations use in bodies other than event streams."""
    return reachable(view, without_streams(view.document["paths"]))


def without_streams(node: Any) -> Any:
    """Return a copy without the bodies of event streams."""
    if is_object(node):
        return {key: without_streams(value) for key, value in node.items() if key != "text/event-stream"}
    return [without_streams(item) for item in node] if is_list(node) else node


def reachable(view: DocumentView, *roots: Any) -> set[str]:
    """Return the names of the schemas that some parts of a document refer to, directly or through others."""
    schemas = components(view.document, "schemas")
    waiting = [reference for root in roots for reference in targets(root)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop().removeprefix(SCHEMAS).split("/", 1)[0].replace("~1", "/").replace("~0", "~")
        if name in schemas and name not in found:
            found.add(name)
            waiting += targets(schemas[name])
    return found


def built_on(schemas: Document) -> dict[str, list[str]]:
    """Return the names of the schemas that are built on others, by the references to those."""
    found: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        for base in dict.fromkeys(bases(schema)):
            found.setdefault(base, []).append(name)
    return found


def family(name: str, schema: Document, schemas: Document, built: dict[str, list[str]]) -> Stream:
    """Return the events of one discriminator: those of its mapping, and members that the mapping leaves out."""
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
    for target, member in members(name, schema, schemas, built):
        key = fixed_tag(member, tag) or target.rsplit("/", 1)[-1]
        if target not in targets.values() and key not in targets and (not listed or key in listed):
            events.setdefault(key, Event(key, target, target.removeprefix("#")))
    for key in listed:
        # A listed name without a schema is an event with the fields that all events share.
        events.setdefault(str(key), Event(str(key), SCHEMAS + escape(name), f"{pointer}/properties/{escape(tag)}"))
    return Stream(name, tag, events, frozenset(targets), frozenset(map(str, listed)))


def members(name: str, schema: Document, schemas: Document, built: dict[str, list[str]]) -> Iterator[tuple[str, Any]]:
    """Yield the members of a family with references to them: those of its union, and the schemas built on it."""
    for kind in UNIONS:
        for index, one in enumerate(list_at(schema, kind)):
            reference = one.get("$ref") if is_object(one) else None
            if isinstance(reference, str):
                yield reference, schemas.get(reference.removeprefix(SCHEMAS), {})
            else:
                yield f"{SCHEMAS}{escape(name)}/{kind}/{index}", one
    yield from ((SCHEMAS + escape(other), schemas[other]) for other in built.get(SCHEMAS + escape(name), []))


def bases(schema: Any) -> list[str]:
    """Return the references to the schemas that a schema is built on."""
    return [str(part["$ref"]) for part in list_at(schema, "allOf") if is_object(part) and "$ref" in part]


def fixed_tag(schema: Any, tag: str) -> str | None:
    """Return the one value that a member allows for the discriminator, if it fixes one."""
    for part in (schema, *list_at(schema, "allOf")):
        values = list_at(object_at(object_at(part, "properties"), tag), "enum")
        if len(values) == 1:
            return str(values[0])
    return None
