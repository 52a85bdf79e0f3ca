"""Answers: whether what a server sent, recorded or live, fits the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, is_list, is_object
from pipeline.drift.compare.wording import code
from pipeline.drift.events import streams
from pipeline.drift.findings import Change, Finding, group
from pipeline.drift.schemas import Reader, Shape, Spot, section
from pipeline.drift.wire import Side

# JSON's names for what Python reads it into.
KINDS = {"dict": "object", "list": "array", "str": "string", "bool": "boolean", "int": "integer", "float": "number"}


def answer(document: Document, label: str, status: int, body: Any) -> list[Finding]:
    """What is wrong with a JSON answer to an operation, named as reports do (`GET /info`); nothing where all fits."""
    side = Side(document, "document")
    endpoint = next((one for one in side.endpoints().values() if one.label == label), None)
    if endpoint is None:
        return misfit(label, None, [f"{label} is not in the document"])
    responses = section(endpoint.raw, "responses")
    if str(status) not in responses:
        return misfit(label, endpoint.pointer, [f"answer {status} is not in the document"])
    pointer = f"{endpoint.pointer}/responses/{status}"
    spot = side.schema(side.component(Spot(responses[str(status)], pointer)))
    return misfit(label, pointer, list(problems(side.reader, spot, body, "")) if spot else [])


def event(document: Document, body: Any) -> list[Finding]:
    """What is wrong with one event of a stream; nothing where all fits."""
    side = Side(document, "document")
    for stream in streams(side).values():
        name = body.get(stream.tag) if is_object(body) else None
        known = stream.events.get(str(name))
        if known:
            return misfit(known.label, known.pointer, list(problems(side.reader, known.spot, body, "")))
    return misfit("stream", None, [f"the event {code(body)} is not in the document"])


def misfit(label: str, pointer: str | None, found: list[str]) -> list[Finding]:
    """A finding per problem."""
    return group((Change("recording-invalid", pointer, pointer, {"new": problem}), label) for problem in found)


def problems(reader: Reader, spot: Spot, value: Any, name: str) -> Iterator[str]:
    """Where a value does not fit a schema; fields that the schema does not name are fine unless it is closed."""
    shape = reader.shape(spot)
    shown = f"`{name}`" if name else "the body"
    if value is None:
        if shape.types and not shape.nullable:
            yield f"{shown} is null, but should be {shape.words()}"
    elif shape.union:
        if not any(next(problems(reader, one, value, name), None) is None for one in shape.union.members):
            yield f"{shown} fits none of its alternatives"
    elif shape.types and not fits(value, shape):
        yield f"{shown} is {code(value)}, but should be {shape.words()}"
    elif shape.enum is not None and value not in shape.enum:
        yield f"{shown} is {code(value)}, which is not listed"
    elif is_object(value):
        yield from in_object(reader, shape, value, name)
    elif is_list(value) and shape.items:
        for index, item in enumerate(value):
            yield from problems(reader, shape.items, item, f"{name}[{index}]")


def in_object(reader: Reader, shape: Shape, value: Document, name: str) -> Iterator[str]:
    """Where the fields of an object do not fit."""
    for key in sorted(shape.required - value.keys()):
        yield f"`{f'{name}.{key}' if name else key}` is missing"
    for key, item in value.items():
        inner = f"{name}.{key}" if name else key
        if key in shape.properties:
            yield from problems(reader, shape.properties[key], item, inner)
        elif shape.additional is False:
            yield f"`{inner}` is not in the document"


def fits(value: Any, shape: Shape) -> bool:
    """Whether a value has one of the types."""
    kind = KINDS.get(value.__class__.__name__, "")
    return kind in shape.types or (kind == "integer" and "number" in shape.types)
