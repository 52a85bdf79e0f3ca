"""Parameters: those that stayed, came and went, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import Document
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.deprecation import deprecations, removal
from pipeline.drift.schemas.phrases import code
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.views import Endpoint, Views

REMOVED = {
    "unannounced": "request-parameter-removed",
    "announced": "request-parameter-removed-with-deprecation",
    "unreadable": "request-parameter-sunset-parse",
    "early": "request-parameter-removed-before-sunset",
}


def changes(sides: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Parameters that stayed, came and went."""
    before, after = sides.base.parameters(old), sides.revision.parameters(new)
    for key, spot in before.items():
        if key in after:
            yield from parameter(sides, key[0], spot, after[key])
        else:
            yield parameter_removed(key[0], spot)
    for key, spot in after.items():
        if key not in before:
            yield parameter_added(key[0], spot)


def parameter(sides: Views, where: str, old: SchemaRef, new: SchemaRef) -> Iterator[Change]:
    """One parameter that both have."""
    name = old.raw["name"]
    words = {"name": f"`{name}`", "where": where}
    was, now = (bool(spot.raw.get("required")) or where == "path" for spot in (old, new))
    if was != now:
        aspect = "became-required" if now else "became-optional"
        yield Change(f"request-parameter-{aspect}", old.pointer, new.pointer, words)
    for aspect, more in deprecations(old.raw, new.raw):
        yield Change(f"request-parameter-{aspect}", old.pointer, new.pointer, words | more)
    if style(old.raw, where) != style(new.raw, where):
        yield Change("request-parameter-encoding-changed", old.pointer, new.pointer, words)
    before, after = sides.base.schema(old), sides.revision.schema(new)
    if before and after:
        slot = Position("request-parameter", name, "query" if where == "query" else "text")
        for change in sides.comparison.compare(before, after, slot):
            # A default means nothing where the parameter has to be sent anyway.
            if not ("default-value" in change.rule and old.raw.get("required") and new.raw.get("required")):
                yield change


def parameter_removed(where: str, spot: SchemaRef) -> Change:
    """A parameter that is gone: announced or not."""
    sunset = code(spot.raw.get("x-sunset"))
    words = {"name": f"`{spot.raw['name']}`", "where": where, "old": sunset, "new": sunset}
    return Change(REMOVED[removal(spot.raw)], spot.pointer, None, words)


def parameter_added(where: str, spot: SchemaRef) -> Change:
    """A parameter that is new."""
    needed = bool(spot.raw.get("required"))
    rule = (
        "new-request-path-parameter"
        if where == "path"
        else f"new-{'required' if needed else 'optional'}-request-parameter"
    )
    return Change(rule, None, spot.pointer, {"name": f"`{spot.raw['name']}`", "where": where})


def style(raw: Document, where: str) -> tuple[str, bool]:
    """How a parameter is written."""
    name = raw.get("style") or ("form" if where in ("query", "cookie") else "simple")
    explode = raw.get("explode")
    return str(name), bool(explode) if explode is not None else name == "form"
