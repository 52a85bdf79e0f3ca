"""Sample payloads that are valid under a schema: small and large ones, with nulls, and with each alternative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import is_object
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


def samples(reader: SchemaReader, spot: SchemaRef) -> Iterator[Any]:
    """Yield the distinct payloads for one schema."""
    seen: list[Any] = []
    for mode in MODES:
        payload = sample(reader, spot, mode, 0)
        if payload not in seen:
            seen.append(payload)
            yield payload
    for number in range(1, 6):
        payload = sample(reader, spot, "full", 0, number)
        if payload not in seen:
            seen.append(payload)
            yield payload


def sample(reader: SchemaReader, spot: SchemaRef, mode: str, depth: int, number: int = 0) -> Any:
    """Return one payload."""
    shape = reader.normalise(spot)
    if shape.nullable and mode == "null" and depth:
        return None
    if shape.enum:
        return shape.enum[-1 if mode == "last" else number % len(shape.enum)]
    if shape.union:
        members = shape.union.members
        chosen = members[-1 if mode == "last" else number % len(members)]
        value: Any = sample(reader, chosen, mode, depth + 1, number)
        own = fields(reader, shape, mode, depth, number) if shape.properties else {}
        return {**value, **own} if is_object(value) else value
    if shape.properties or "object" in shape.types:
        return fields(reader, shape, mode, depth, number)
    return scalar(reader, shape, mode, depth, number)


def fields(reader: SchemaReader, shape: NormalSchema, mode: str, depth: int, number: int) -> dict[str, Any]:
    """Return an object."""
    if depth > DEEPEST:
        return {}
    return {
        name: sample(reader, spot, mode, depth + 1, number)
        for name, spot in shape.properties.items()
        if name in shape.required or mode != "minimal"
    }


def scalar(reader: SchemaReader, shape: NormalSchema, mode: str, depth: int, number: int) -> Any:
    """Return a value that is not an object."""
    kinds = sorted(shape.types) or ["string"]
    kind = kinds[-1 if mode == "last" else number % len(kinds)]
    if kind == "array":
        short = mode in ("minimal", "empty") or depth > DEEPEST
        return [] if short or not shape.items else [sample(reader, shape.items, mode, depth + 1, number)]
    if kind in ("integer", "number"):
        bound = shape.plain.get("minimum", 1)
        return bound if kind == "integer" or bound != 1 else 1.5
    return {"boolean": True, "null": None}.get(kind, TEXTS.get(shape.format or "", "text"))
