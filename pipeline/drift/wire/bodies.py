"""Bodies: what requests and answers carry, by status, content type and header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.document import escape, is_object
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.deprecation import deprecations
from pipeline.drift.schemas.phrases import code
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.views import Endpoint, Views


def changes(sides: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """The body of a request and those of its answers."""
    yield from body(sides, old, new)
    yield from answers(sides, old, new)


def body(sides: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """The request body."""
    spots = [
        side.component(SchemaRef(one.raw["requestBody"], f"{one.pointer}/requestBody"))
        if "requestBody" in one.raw
        else None
        for side, one in ((sides.base, old), (sides.revision, new))
    ]
    before, after = spots
    words = {"operation": old.label, "name": ""}
    if before is None and after is not None:
        how = "required" if after.raw.get("required") else "optional"
        yield Change(f"request-body-added-{how}", None, after.pointer, words)
    elif before is not None and after is None:
        yield Change("request-body-removed", before.pointer, None, words)
    elif before is not None and after is not None:
        was, now = bool(before.raw.get("required")), bool(after.raw.get("required"))
        if was != now:
            aspect = "became-required" if now else "became-optional"
            yield Change(f"request-body-{aspect}", before.pointer, after.pointer, words)
        yield from content(sides, before, after, "request-body", words)


def content(sides: Views, old: SchemaRef, new: SchemaRef, root: str, words: dict[str, str]) -> Iterator[Change]:
    """The media types of a body or an answer."""
    before, after = media(old), media(new)
    renamed = renames(before, after, loosely=root == "response-body")
    for name, (written, body) in before.items():
        other = after.get(name) or after.get(renamed.get(name, ""))
        if other is None:
            rule = "request-body-media-type-removed" if root == "request-body" else "response-media-type-removed"
            yield Change(rule, body.pointer, None, words | {"old": code(written)})
            continue
        if name in renamed:
            how = how_renamed(written, other[0])
            rule = (
                f"response-media-type-name-{how}" if root == "response-body" else "request-body-media-type-name-changed"
            )
            yield Change(rule, body.pointer, other[1].pointer, words | {"old": code(written), "new": code(other[0])})
        yield from medium(sides, written, body, other[1], root, words)
    for name, (written, body) in after.items():
        if name not in before and name not in renamed.values():
            rule = "request-body-media-type-added" if root == "request-body" else "response-media-type-added"
            yield Change(rule, None, body.pointer, words | {"new": code(written)})


def medium(
    sides: Views, name: str, old: SchemaRef, new: SchemaRef, root: str, words: dict[str, str]
) -> Iterator[Change]:
    """One media type that both have."""
    before, after = (is_object(spot.raw.get("schema")) for spot in (old, new))
    if old.raw.get("encoding") != new.raw.get("encoding"):
        yield Change(f"{root}-encoding-changed", old.pointer, new.pointer, words | {"name": code(name)})
    if before and after and streamed(sides, name, old, new):
        # What a stream holds are its events, which are compared as such, whatever stands for its text here.
        yield Change("response-stream-schema-changed", old.pointer, new.pointer, words)
    elif before and after:
        loose = "" if "json" in name or name.startswith("text/") else "text"
        slot = Position(root, "", loose)
        yield from sides.comparison.compare(old.child("schema"), new.child("schema"), slot)
    elif before != after:
        how = "added" if after else "removed"
        yield Change(f"{root}-media-type-schema-{how}", old.pointer, new.pointer, words | {"name": code(name)})


def streamed(sides: Views, name: str, old: SchemaRef, new: SchemaRef) -> bool:
    """Whether two bodies are event streams of which one is text and the other names the events."""
    shapes = sides.base.reader.normalise(old.child("schema")), sides.revision.reader.normalise(new.child("schema"))
    return name == "text/event-stream" and sum(shape.types == frozenset({"string"}) for shape in shapes) == 1


def answers(sides: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """The responses by status."""
    before, after = ({str(key): key for key in object_at(one.raw, "responses")} for one in (old, new))
    for status in before.keys() - after.keys():
        rule = f"response-{'success' if status.startswith('2') else 'non-success'}-status-removed"
        yield Change(rule, f"{old.pointer}/responses/{status}", None, {"status": status})
    for status in after.keys() - before.keys():
        rule = f"response-{'success' if status.startswith('2') else 'non-success'}-status-added"
        yield Change(rule, None, f"{new.pointer}/responses/{status}", {"status": status})
    for status in sorted(before.keys() & after.keys()):
        spots = [
            side.component(SchemaRef(one.raw["responses"][keys[status]], f"{one.pointer}/responses/{status}"))
            for side, one, keys in ((sides.base, old, before), (sides.revision, new, after))
        ]
        words = {"operation": old.label, "status": status}
        yield from content(sides, spots[0], spots[1], "response-body", words)
        yield from headers(sides, spots[0], spots[1], status)


def headers(sides: Views, old: SchemaRef, new: SchemaRef, status: str) -> Iterator[Change]:
    """The headers of an answer."""
    before, after = (
        {name.lower(): (name, side.component(spot.child("headers", name))) for name in object_at(spot.raw, "headers")}
        for side, spot in ((sides.base, old), (sides.revision, new))
    )
    for key, (name, spot) in before.items():
        words = {"name": f"`{name}`", "status": status}
        was = bool(spot.raw.get("required"))
        if key not in after:
            yield Change(f"{'required' if was else 'optional'}-response-header-removed", spot.pointer, None, words)
            continue
        other = after[key][1]
        now = bool(other.raw.get("required"))
        if was != now:
            yield Change(
                f"response-header-became-{'required' if now else 'optional'}", spot.pointer, other.pointer, words
            )
        for aspect, more in deprecations(spot.raw, other.raw):
            yield Change(f"response-header-{aspect}", spot.pointer, other.pointer, words | more)
        schemas = sides.base.schema(spot), sides.revision.schema(other)
        if schemas[0] and schemas[1]:
            slot = Position("response-header", name, "text")
            yield from sides.comparison.compare(schemas[0], schemas[1], slot)
    for key, (name, spot) in after.items():
        if key not in before:
            yield Change("response-header-added", None, spot.pointer, {"name": f"`{name}`", "status": status})


def media(spot: SchemaRef) -> dict[str, tuple[str, SchemaRef]]:
    """Media types by their normal name: as written, and where they stand."""
    content: Any = spot.raw.get("content")
    found: dict[str, tuple[str, SchemaRef]] = {}
    for written, body in content.items() if is_object(content) else ():
        name = re.sub(r"\s*;\s*", ";", written.strip().lower())
        found[name] = (written, SchemaRef(body if is_object(body) else {}, f"{spot.pointer}/content/{escape(written)}"))
    return found


def renames(old: dict[str, Any], new: dict[str, Any], *, loosely: bool) -> dict[str, str]:
    """A media type that is gone and one that came, where only their parameters differ or, `loosely`, their kinds."""
    gone, come = [name for name in old if name not in new], [name for name in new if name not in old]
    same = family if loosely else bare
    if len(gone) == len(come) == 1 and same(gone[0]) == same(come[0]):
        return {gone[0]: come[0]}
    return {}


def bare(name: str) -> str:
    """A media type without its parameters."""
    return name.partition(";")[0]


def family(name: str) -> str:
    """The structured-syntax suffix of a media type, or its subtype: json for application/problem+json."""
    return re.split(r"[/+]", bare(name))[-1]


def how_renamed(old: str, new: str) -> str:
    """Whether a media type became a wider or a narrower one."""
    before, after = bare(old), bare(new)
    if "+" in before and "+" not in after:
        return "generalized"
    if "+" in after and "+" not in before and ";" not in new:
        return "specialized"
    return "changed"
