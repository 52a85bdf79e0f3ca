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

# Location and name of a parameter.
Key = tuple[str, str]
REMOVED = {
    "unannounced": "request-parameter-removed",
    "announced": "request-parameter-removed-with-deprecation",
    "unreadable": "request-parameter-sunset-parse",
    "early": "request-parameter-removed-before-sunset",
}


def changes(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of the parameters of an operation."""
    before, after = views.base.parameters(old), views.revision.parameters(new)
    moved = moves(before, after)
    for key, ref in before.items():
        if key in after:
            yield from diff_parameter(views, key[0], ref, after[key])
        elif key in moved:
            words = {"name": f"`{ref.raw['name']}`", "old": key[0], "new": moved[key][0]}
            yield Change("request-parameter-moved", ref.pointer, after[moved[key]].pointer, words)
        else:
            yield removed(key[0], ref)
    for key, ref in after.items():
        if key not in before and key not in moved.values():
            yield added(key[0], ref)


def moves(old: dict[Key, SchemaRef], new: dict[Key, SchemaRef]) -> dict[Key, Key]:
    """Return the new keys of parameters that have the same name in another location, but none in the old one."""
    found: dict[Key, Key] = {}
    for key, ref in old.items():
        name = str(ref.raw["name"]).lower()
        fresh = [one for one, other in new.items() if one not in old and str(other.raw["name"]).lower() == name]
        if key not in new and len(fresh) == 1 and removal(ref.raw) == "unannounced":
            found[key] = fresh[0]
    return found


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
    # A default means nothing where the parameter has to be sent anyway.
    ignores_default = old.raw.get("required") and new.raw.get("required")
    position = Position("request-parameter", name, "query" if location == "query" else "text")
    for change in views.schemas.compare(views.base.schema_of(old), views.revision.schema_of(new), position):
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


def style(raw: Document, location: str) -> tuple[object, ...]:
    """Return how a parameter is serialised: its style, whether it is exploded, and what may stay unescaped or empty.

    A parameter with a media type has only that.
    """
    for media_type in object_at(raw, "content"):
        return (media_type,)
    name = raw.get("style") or ("form" if location in ("query", "cookie") else "simple")
    explode = raw.get("explode")
    is_exploded = bool(explode) if explode is not None else name == "form"
    return str(name), is_exploded, bool(raw.get("allowReserved")), bool(raw.get("allowEmptyValue"))
