"""Changes of parameters."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import Document
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import object_at
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


def changes(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of the parameters of an operation."""
    before, after = views.base.parameters(old), views.revision.parameters(new)
    for key, ref in before.items():
        if key in after:
            yield from diff_parameter(views, key[0], ref, after[key])
        else:
            yield removed(key[0], ref)
    for key, ref in after.items():
        if key not in before:
            yield added(key[0], ref)


def diff_parameter(views: Views, location: str, old: SchemaRef, new: SchemaRef) -> Iterator[Change]:
    """Yield the changes of a parameter that both documents have."""
    name = old.raw["name"]
    words = {"name": f"`{name}`", "where": location}
    was_required, is_required = (bool(ref.raw.get("required")) or location == "path" for ref in (old, new))
    if was_required != is_required:
        aspect = "became-required" if is_required else "became-optional"
        yield Change(f"request-parameter-{aspect}", old.pointer, new.pointer, words)
    for aspect, more in deprecations(old.raw, new.raw):
        yield Change(f"request-parameter-{aspect}", old.pointer, new.pointer, words | more)
    if style(old.raw, location) != style(new.raw, location):
        yield Change("request-parameter-encoding-changed", old.pointer, new.pointer, words)
    before, after = views.base.schema(old), views.revision.schema(new)
    if before and after:
        # A default means nothing where the parameter has to be sent anyway.
        ignores_default = old.raw.get("required") and new.raw.get("required")
        position = Position("request-parameter", name, "query" if location == "query" else "text")
        for change in views.schemas.compare(before, after, position):
            if not ("default-value" in change.rule and ignores_default):
                yield change


def removed(location: str, ref: SchemaRef) -> Change:
    """Return the removal of a parameter, by how it was announced."""
    sunset = code(ref.raw.get("x-sunset"))
    words = {"name": f"`{ref.raw['name']}`", "where": location, "old": sunset, "new": sunset}
    return Change(REMOVED[removal(ref.raw)], ref.pointer, None, words)


def added(location: str, ref: SchemaRef) -> Change:
    """Return the addition of a parameter."""
    rule = f"new-{'required' if ref.raw.get('required') else 'optional'}-request-parameter"
    if location == "path":
        rule = "new-request-path-parameter"
    return Change(rule, None, ref.pointer, {"name": f"`{ref.raw['name']}`", "where": location})


def style(raw: Document, location: str) -> tuple[str, bool]:
    """Return how a parameter is serialised: its style, and whether it is exploded, or its media type."""
    for media_type in object_at(raw, "content"):
        return media_type, False
    name = raw.get("style") or ("form" if location in ("query", "cookie") else "simple")
    explode = raw.get("explode")
    return str(name), bool(explode) if explode is not None else name == "form"
