"""Differences of enums, bounds, patterns and defaults: which values of a type are allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.drift.rules import LOWER_BOUNDS, UPPER_BOUNDS
from pipeline.drift.schemas.access import list_at
from pipeline.drift.schemas.pair import Difference, SchemaPair
from pipeline.drift.schemas.phrases import code, code_list

ABSENT = object()
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
    for keyword, name in (UPPER_BOUNDS | LOWER_BOUNDS).items():
        old, new = pair.old.plain.get(keyword), pair.new.plain.get(keyword)
        if old == new:
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
    if old == new:
        return
    how = "added" if old is ABSENT else "removed" if new is ABSENT else "changed"
    yield pair.change(f"default-value-{how}", old=code(old), new=code(new))


def missing_from(known: list[Any], values: list[Any]) -> list[Any]:
    """Return the values that `known` does not have."""
    return [value for value in values if value not in known]
