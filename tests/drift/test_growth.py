"""The work of comparing documents grows linearly with their size, whatever their schemas are made of."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from pipeline.document import Document
from pipeline.drift.python.samples import samples
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.compare import findings
from pipeline.drift.wire.views import DocumentView

TEXT = {"type": "string"}
SIZES = (6, 12, 24)


def reference(number: int) -> Document:
    return {"$ref": f"#/components/schemas/S{number}"}


def chain_of_all_of(number: int) -> Document:
    return {"allOf": [reference(number + 1)] * 2, "properties": {f"p{number}": TEXT}}


def conflicting_fields(number: int) -> Document:
    return {"allOf": [reference(number + 1)] * 2, "properties": {"same": {**TEXT, "maxLength": number}}}


def diamonds(number: int) -> Document:
    sides = [{"allOf": [reference(number + 1)], "properties": {name: TEXT}} for name in ("left", "right")]
    return {"allOf": sides}


def wide_objects(number: int) -> Document:
    return {"type": "object", "properties": {f"p{index}": reference(number + 1) for index in range(5)}}


def wide_unions(number: int) -> Document:
    members = [{"type": "object", "properties": {name: reference(number + 1)}} for name in ("left", "right")]
    return {"oneOf": members}


def unused(_: int) -> Document:
    return {"type": "object", "properties": {"a": TEXT}}


SCHEMAS = (chain_of_all_of, conflicting_fields, diamonds, wide_objects, wide_unions, unused)


def build(schema: Callable[[int], Document], size: int) -> Document:
    """Return a document with schemas that lead from one to the next, the first of which is a response."""
    schemas = {f"S{number}": schema(number) for number in range(size)}
    schemas[f"S{size}"] = {"type": "object", "properties": {"last": TEXT}}
    body = {"description": "d", "content": {"application/json": {"schema": reference(0)}}}
    paths = {"/a": {"get": {"operationId": "a", "responses": {"200": body}}}}
    info = {"title": "T", "version": "1"}
    return {"openapi": "3.0.1", "info": info, "paths": paths, "components": {"schemas": schemas}}


def count_calls(work: Callable[[], object]) -> int:
    """Return the number of function calls that some work takes, which unlike time is always the same."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def comparison(schema: Callable[[int], Document], size: int) -> Callable[[], object]:
    """Return the comparison of a document with one in which every schema changes."""
    base = build(schema, size)
    revision = json.loads(json.dumps(base).replace('"string"', '"integer"'))
    return lambda: findings(copy.deepcopy(base), revision)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_comparison_grows_linearly(schema: Callable[[int], Document]) -> None:
    first, second, third = (count_calls(comparison(schema, size)) for size in SIZES)
    assert third - second < 2.5 * (second - first)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_sample_payloads_are_bounded(schema: Callable[[int], Document]) -> None:
    view = DocumentView(build(schema, SIZES[-1]), "document")
    listed = list(samples(view.reader, SchemaRef(reference(0), "/paths/~1a/get")))
    assert listed
    assert len(json.dumps(listed)) < 2_000_000
