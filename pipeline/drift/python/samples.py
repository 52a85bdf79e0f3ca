"""Sample payloads that are valid under a schema: small and large ones, with nulls, and with each alternative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.document import Document, is_object
from pipeline.drift.schemas.normal import NormalSchema
from pipeline.drift.schemas.reader import SchemaReader
from pipeline.drift.schemas.reference import SchemaRef

DEEPEST = 7
TEXTS = {
    "uuid": "0b7a4d3e-6c1f-4f0e-9a55-2f6f3c1d9e10",
    "date-time": "2026-01-02T03:04:05Z",
    "date": "2026-01-02",
    "uri": "https://example.com/a",
    "email": "a@example.com",
}
# All fields or only the required ones, the last of several values, null wherever it is allowed, empty arrays.
MODES = ("full", "minimal", "last", "null", "empty")
# Complete payloads with another alternative each, and the objects of a payload with all fields.
VARIANTS = 6
LARGEST = 2_000


def samples(reader: SchemaReader, spot: SchemaRef) -> Iterator[Any]:
    """Yield the distinct payloads for one schema."""
    seen: list[Any] = []
    for mode, number in (*((mode, 0) for mode in MODES), *(("full", number) for number in range(1, VARIANTS))):
        payload = Sampler(reader, mode, number).sample(spot)
        if payload not in seen:
            seen.append(payload)
            yield payload


@dataclass
class Sampler:
    """One kind of payload.

    Attributes:
        reader: The schemas.
        mode: One of `MODES`.
        number: The index of the value or member that is taken where there are alternatives.
        size: The number of objects so far; a large payload is completed with required fields only.
    """

    reader: SchemaReader
    mode: str
    number: int
    size: int = 0

    def sample(self, spot: SchemaRef, depth: int = 0) -> Any:
        """Return the payload for a schema, or for a part of one at some depth."""
        shape = self.reader.normalise(spot)
        if shape.nullable and self.mode == "null" and depth:
            return None
        if shape.enum:
            return self.choose(shape.enum)
        if shape.union:
            value = self.sample(self.choose(shape.union.members), depth + 1)
            own = self.fields(shape, depth) if shape.properties else {}
            return {**value, **own} if is_object(value) else value
        if shape.properties or "object" in shape.types:
            return self.fields(shape, depth)
        return self.scalar(shape, depth)

    def choose(self, alternatives: Sequence[Any]) -> Any:
        """Return one of several alternatives."""
        return alternatives[-1 if self.mode == "last" else self.number % len(alternatives)]

    def fields(self, shape: NormalSchema, depth: int) -> Document:
        """Return an object."""
        if depth > DEEPEST:
            return {}
        self.size += 1
        is_minimal = self.mode == "minimal" or self.size > LARGEST
        return {
            name: self.sample(spot, depth + 1)
            for name, spot in shape.properties.items()
            if name in shape.required or not is_minimal
        }

    def scalar(self, shape: NormalSchema, depth: int) -> Any:
        """Return a value that is not an object."""
        kind = self.choose(sorted(shape.types) or ["string"])
        if kind == "array":
            is_empty = self.mode in ("minimal", "empty") or depth > DEEPEST or self.size > LARGEST
            return [] if is_empty or shape.items is None else [self.sample(shape.items, depth + 1)]
        if kind in ("integer", "number"):
            bound = shape.plain.get("minimum", 1)
            return bound if kind == "integer" or bound != 1 else 1.5
        return {"boolean": True, "null": None}.get(kind, TEXTS.get(shape.format or "", "text"))
