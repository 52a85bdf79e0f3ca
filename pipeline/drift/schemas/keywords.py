"""Differences of marks (read-only, deprecated, …), of `not`, and of keywords without rules of their own."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.deprecation import deprecations, unknown_stability
from pipeline.drift.schemas.normal import OPAQUE
from pipeline.drift.schemas.pair import Difference, SchemaPair
from pipeline.drift.schemas.phrases import code


def diff_marks(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the differences of read-only, write-only, deprecation and stability."""
    for keyword, name in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        if pair.old.has(keyword) != pair.new.has(keyword):
            yield pair.change(f"became-{'' if pair.new.has(keyword) else 'not-'}{name}")
    for aspect, words in deprecations(pair.old.plain, pair.new.plain):
        yield pair.change(aspect, **words)
    for level in unknown_stability(pair.old.plain, pair.new.plain):
        words = {"operation": pair.position.label, "new": code(level)}
        yield Change("api-invalid-stability-level", pair.old.pointer, pair.new.pointer, words)


def diff_other_keywords(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the differences of `not` and of the keywords that are compared for equality only."""
    old, new = pair.old.excluded, pair.new.excluded
    if old != new:
        yield pair.change("not-changed")
    for keyword in OPAQUE:
        if pair.old.plain.get(keyword) != pair.new.plain.get(keyword):
            yield pair.change("constraint-changed", new=keyword)
