"""Differences of types, formats and nullability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.drift.schemas.normal import TYPE_UNION
from pipeline.drift.schemas.pair import Difference, SchemaPair

STRING, ARRAY = frozenset({"string"}), frozenset({"array"})
WIDER_FORMATS = {("int32", "int64"), ("float", "double"), ("date", "date-time")}


def diff_types(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the differences of types, formats and nullability, as sets of the values they allow."""
    old, new = pair.old, pair.new
    if old.union or new.union:
        yield from diff_nullability(pair)
        return
    is_union = TYPE_UNION in old.plain or TYPE_UNION in new.plain
    is_wider, is_narrower = covers(new.types, old.types), covers(old.types, new.types)
    words = {"old": replace(old, nullable=False).type_name, "new": replace(new, nullable=False).type_name}
    if old.types != new.types and not (is_wider and is_narrower):
        if reads_the_same(pair) and not is_union:
            is_parameter = pair.position.root == "request-parameter"
            yield pair.change("type-generalized" if is_parameter else "type-compatible", **words)
        elif is_wider:
            yield pair.change(widened_aspect(pair, is_union=is_union), **words)
        elif is_narrower:
            yield pair.change(narrowed_aspect(pair, is_union=is_union), **words)
        elif is_union:
            yield pair.change(f"list-of-types-{'narrowed' if pair.position.is_request else 'widened'}", **words)
        else:
            # The change of the type reports whether null is allowed, too.
            if old.nullable != new.nullable:
                words = {"old": old.type_name, "new": new.type_name}
            yield pair.change("type-changed", **words)
            return
    yield from diff_nullability(pair)
    aspect = format_aspect(pair)
    if aspect:
        yield pair.change(aspect, **words)


def diff_nullability(pair: SchemaPair) -> Iterator[Difference]:
    """Yield whether null became allowed or forbidden."""
    if pair.old.nullable != pair.new.nullable:
        yield pair.change("became-nullable" if pair.new.nullable else "became-not-nullable")


def widened_aspect(pair: SchemaPair, *, is_union: bool) -> str:
    """Return the aspect of types that allow more."""
    if not pair.new.types and not pair.position.is_request:
        return "type-changed"
    return "list-of-types-widened" if is_union else "type-generalized"


def narrowed_aspect(pair: SchemaPair, *, is_union: bool) -> str:
    """Return the aspect of types that allow less."""
    if is_union:
        return "list-of-types-narrowed"
    is_nested = pair.position.root == "request-parameter-property"
    return "type-changed" if pair.position.is_request and not is_nested else "type-specialized"


def format_aspect(pair: SchemaPair) -> str | None:
    """Return the aspect of another format, which widens or narrows a type as another type does."""
    old, new = pair.old.format, pair.new.format
    old_types, new_types = pair.old.types, pair.new.types
    if old == new:
        return None
    if old_types != new_types and (old is None or new is None):
        # The format was added or removed with the type, whose change is reported.
        return None
    if old and new and not new_types & old_types and not covers(new_types, old_types):
        return None
    if pair.position.is_request and (new is None or (old, new) in WIDER_FORMATS):
        return "type-generalized"
    if not pair.position.is_request and (old is None or (new, old) in WIDER_FORMATS):
        return "type-specialized"
    return "type-changed"


def reads_the_same(pair: SchemaPair) -> bool:
    """Return whether both types are written alike where every value is text."""
    old, new, encoding = pair.old, pair.new, pair.position.text_encoded
    if not encoding:
        return False
    if pair.position.root == "request-parameter":
        if new.types == ARRAY and "array" not in old.types and encoding == "query":
            return new.items is not None and covers(pair.new_reader.normalise(new.items).types, old.types)
        return "string" in new.types and not new.format and not old.types & {"array", "object"}
    text = new if pair.position.is_request else old
    return text.types == STRING and not text.format


def covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    """Return whether every value of the types `narrow` has a type in `wide`. No types mean every type."""
    if not wide:
        return True
    return bool(narrow) and all(one in wide or (one == "integer" and "number" in wide) for one in narrow)
