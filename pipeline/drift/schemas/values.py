"""Differences of enums, bounds, patterns and defaults: which values of a type are allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

from pipeline.drift.rules import LOWER_BOUNDS, UPPER_BOUNDS
from pipeline.drift.schemas.access import list_at, value_key
from pipeline.drift.schemas.pair import Difference, SchemaPair
from pipeline.drift.schemas.phrases import code, code_list

ABSENT = object()
INTEGER = frozenset({"integer"})
MATCH_ALL = (".*", "^.*$", "^.*", ".*$", "")
EXTENSIBLE = "x-extensible-enum"


def diff_values(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the differences of the values that a type allows."""
    yield from diff_enums(pair)
    yield from diff_bounds(pair)
    yield from diff_patterns(pair)
    yield from diff_defaults(pair)


def diff_enums(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the differences of the listed values."""
    old, new = pair.old.enum, pair.new.enum
    if new is not None and old is None:
        yield pair.change("became-enum", new=code_list(new))
    elif old is not None and new is None:
        yield pair.change("enum-removed", old=code_list(old))
    elif old is not None and new is not None:
        if added := missing_from(old, new):
            yield pair.change("enum-value-added", new=code_list(added))
        if removed := missing_from(new, old):
            yield pair.change("enum-value-removed", old=code_list(removed))
    if removed := missing_from(list_at(pair.new.plain, EXTENSIBLE), list_at(pair.old.plain, EXTENSIBLE)):
        yield pair.change("x-extensible-enum-value-removed", old=code_list(removed))


def diff_bounds(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the differences of upper and lower bounds, of unique items and of multiples."""
    exclusivity = dict(changed_exclusivity(pair))
    yield from (pair.change(aspect, **words) for aspect, words in exclusivity.values() if aspect)
    for keyword, name in (UPPER_BOUNDS | LOWER_BOUNDS).items():
        old, new = pair.old.plain.get(keyword), pair.new.plain.get(keyword)
        if old == new or keyword in exclusivity or (new is None and not is_applicable(keyword, pair.new.types)):
            continue
        if old is None or new is None:
            yield pair.change(f"{name}-{'set' if old is None else 'unset'}", old=code(old), new=code(new))
        elif isinstance(old, int | float) and isinstance(new, int | float):
            yield pair.change(f"{name}-{'increased' if new > old else 'decreased'}", old=code(old), new=code(new))
        else:
            yield pair.change("constraint-changed", new=keyword)
    if pair.old.has("uniqueItems") != pair.new.has("uniqueItems"):
        yield pair.change("unique-items-set" if pair.new.has("uniqueItems") else "unique-items-unset")
    old, new = pair.old.plain.get("multipleOf"), pair.new.plain.get("multipleOf")
    if old != new:
        yield pair.change("multiple-of-changed", old=code(old), new=code(new))


def is_applicable(keyword: str, types: frozenset[str]) -> bool:
    """Return whether a bound restricts values of some types; where it does not, it goes with the change of the type."""
    kinds = {"Length": {"string"}, "Items": {"array"}, "Properties": {"object"}}
    bound = next((kind for ending, kind in kinds.items() if keyword.endswith(ending)), {"integer", "number"})
    return not types or bool(types & bound)


def changed_exclusivity(pair: SchemaPair) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
    """Yield the keywords of bounds that became exclusive or inclusive, with the aspect and words of the change.

    The aspect is empty where the same values are allowed, as with `minimum: 1` and `exclusiveMinimum: 0` for integers.
    """
    is_integer = pair.old.types == pair.new.types == INTEGER
    for inclusive, exclusive, names, step in (
        ("minimum", "exclusiveMinimum", LOWER_BOUNDS, 1),
        ("maximum", "exclusiveMaximum", UPPER_BOUNDS, -1),
    ):
        for before, after in ((inclusive, exclusive), (exclusive, inclusive)):
            old, new = pair.old.plain.get(before), pair.new.plain.get(after)
            is_only = pair.old.plain.get(after) is None and pair.new.plain.get(before) is None
            if not (is_only and is_number(old) and is_number(new)):
                continue
            old_limit = limit(old, step if before == exclusive else 0, is_integer=is_integer)
            new_limit = limit(new, step if after == exclusive else 0, is_integer=is_integer)
            how = "" if old_limit == new_limit else "increased" if new_limit > old_limit else "decreased"
            words = {"old": f"{before} {code(old)}", "new": code(new)}
            yield inclusive, ("", {})
            yield exclusive, (f"{names[after]}-{how}" if how else "", words)


def limit(value: float, step: int, *, is_integer: bool) -> tuple[float, int]:
    """Return a sort key of a bound. `step` leads from an exclusive bound to the allowed values; 0 is inclusive."""
    return (value + step, 0) if is_integer else (value, step)


def is_number(value: Any) -> TypeGuard[float]:
    """Return whether a JSON value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def diff_patterns(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the difference of the regular expressions of a string."""
    old, new = pair.old.plain.get("pattern"), pair.new.plain.get("pattern")
    if old == new:
        return
    if old is None:
        yield pair.change("pattern-added", new=code(new))
    elif new is None:
        yield pair.change("pattern-removed", old=code(old))
    else:
        is_generalized = new in MATCH_ALL and pair.position.is_request
        yield pair.change("pattern-generalized" if is_generalized else "pattern-changed", old=code(old), new=code(new))


def diff_defaults(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the difference of the values used for missing ones."""
    old, new = pair.old.plain.get("default", ABSENT), pair.new.plain.get("default", ABSENT)
    if (old is ABSENT or new is ABSENT) and old is new:
        return
    if old is not ABSENT and new is not ABSENT and value_key(old) == value_key(new):
        return
    how = "added" if old is ABSENT else "removed" if new is ABSENT else "changed"
    yield pair.change(f"default-value-{how}", old=code(old), new=code(new))


def missing_from(known: list[Any], values: list[Any]) -> list[Any]:
    """Return the values that `known` does not have."""
    keys = {value_key(value) for value in known}
    return [value for value in values if value_key(value) not in keys]
