"""Values and names as they stand in a sentence."""

from __future__ import annotations

import json
from typing import Any

from pipeline.document import is_object
from pipeline.drift.schemas.normal import SchemaReader, SchemaRef

LONGEST = 60


def code(value: Any) -> str:
    """A value in a sentence."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return f"`{text if len(text) <= LONGEST else text[:57] + '…'}`"


def listed(values: list[Any]) -> str:
    """Values in a sentence."""
    shown = [code(value) for value in values[:8]]
    return ", ".join(shown) + (f" and {len(values) - 8} more" if values[8:] else "")


def last(reference: object) -> str:
    """The last part of a reference."""
    return f"`{str(reference).rsplit('/', 1)[-1]}`"


def called(reader: SchemaReader, spot: SchemaRef) -> str:
    """A member of a choice as people know it."""
    shape = reader.normalise(spot)
    if shape.names:
        return last(shape.names[0])
    title = spot.raw.get("title") if is_object(spot.raw) else None
    return f"`{title}`" if isinstance(title, str) else shape.words()
