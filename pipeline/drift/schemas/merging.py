"""The intersection of two schemas in normal form, as allOf asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.document import Document
from pipeline.drift.rules import LOWER_BOUNDS, UPPER_BOUNDS
from pipeline.drift.schemas.normal import NormalSchema


def merge(into: NormalSchema, part: NormalSchema, raw: Document) -> None:
    """Add the constraints of `part` to `into`, whose own schema object is `raw`."""
    if into.types and part.types:
        into.types = common_types(into.types, part.types)
    else:
        into.types |= part.types
    into.format = into.format or part.format
    # A nullable allOf means "this, or null", whatever its members allow.
    into.nullable |= part.nullable and "nullable" not in raw
    if part.enum is not None:
        into.enum = part.enum if into.enum is None else [value for value in into.enum if value in part.enum]
    for key, value in part.plain.items():
        into.plain[key] = stricter(key, into.plain[key], value) if key in into.plain else value
    for name, ref in part.properties.items():
        mine = into.properties.get(name)
        has_both = mine is not None and mine.pointer != ref.pointer
        into.properties[name] = replace(ref, more=(*ref.more, mine)) if has_both and mine is not None else ref
    into.required |= part.required
    into.additional = part.additional if into.additional is None or part.additional is False else into.additional
    into.items = into.items or part.items
    if part.union and not into.union and f"#{into.pointer}" not in [one.target for one in part.union.members]:
        # A member built on its own union takes the union's fields, not its alternatives.
        into.union = part.union
    into.excluded = into.excluded if part.excluded is None else part.excluded
    into.discriminator = into.discriminator or part.discriminator
    into.names = tuple(dict.fromkeys((*into.names, *part.names)))


def common_types(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """Return the types that both allow; integer is a number. Contradictions keep the first."""
    both = mine & theirs
    if "integer" in mine | theirs and "number" in mine | theirs and not both:
        both = frozenset({"integer"})
    return both or mine


def stricter(key: str, mine: Any, theirs: Any) -> Any:
    """Return the stricter of two bounds; of anything else the first."""
    try:
        return min(mine, theirs) if key in UPPER_BOUNDS else max(mine, theirs) if key in LOWER_BOUNDS else mine
    except TypeError:
        return mine
