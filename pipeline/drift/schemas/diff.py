"""The differences of two schemas, aspect by aspect."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.drift.schemas.fields import diff_additional, diff_items, diff_properties
from pipeline.drift.schemas.keywords import diff_marks, diff_other_keywords
from pipeline.drift.schemas.pair import Difference, SchemaPair
from pipeline.drift.schemas.types import diff_types
from pipeline.drift.schemas.unions import Compare, diff_discriminators, diff_unions
from pipeline.drift.schemas.values import diff_values


def diff_schemas(pair: SchemaPair, compare: Compare) -> Iterator[Difference]:
    """Yield the changes of a schema itself, and the parts that are left to compare.

    Args:
        pair: The two versions of the schema.
        compare: Compares two other schemas; unions need it to match their members.
    """
    yield from diff_types(pair)
    yield from diff_values(pair)
    yield from diff_marks(pair)
    yield from diff_unions(pair, compare)
    yield from diff_discriminators(pair, compare)
    yield from diff_other_keywords(pair)
    yield from diff_additional(pair)
    yield from diff_properties(pair)
    yield from diff_items(pair)
