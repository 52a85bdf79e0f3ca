"""Missing keys, nulls and unknown values in responses never make a parser fail or lose data."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest

from dify_chatflow._streaming.reader import EventReader
from pipeline.document import is_list, is_object
from tests.contract.cases import COPIED, Case, examples, parse, recordings, same

Path = tuple[str | int, ...]
SURPRISES: tuple[Any, ...] = (None, "", "brand new \u2603", -1.5, True, [None], {"brand": {"new": [1]}})


def bodies() -> Iterator[tuple[Case, Any]]:
    """Yield one JSON body or event for each set of keys in the examples and copied recordings."""
    seen: set[tuple[Any, ...]] = set()
    for case in (*examples(), *recordings(COPIED)):
        found = case.events() if case.is_stream else [case.body] if "json" in case.content_type else []
        for body in found:
            shape = (case.path, case.method, case.status, *sorted(paths(body), key=str)) if is_object(body) else ()
            if shape and shape not in seen:
                seen.add(shape)
                yield case, body


def paths(node: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the paths of the values in a body; of a list only those of the first two items."""
    children = node.items() if is_object(node) else enumerate(node[:2]) if is_list(node) else ()
    for key, value in children:
        yield (*path, key)
        yield from paths(value, (*path, key))


def mutations(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield the body with one value removed or replaced, or an unknown key added."""
    for path in paths(body):
        for surprise in SURPRISES:
            yield f"{path} = {surprise!r}", changed(body, path, surprise)
        if isinstance(path[-1], str):
            yield f"{path} gone", changed(body, path, gone=True)
            yield f"key next to {path}", changed(body, (*path[:-1], "brand_new"), {"a": [1]})


def changed(body: Any, path: Path, value: Any = None, *, gone: bool = False) -> Any:
    result = copy.deepcopy(body)
    holder = result
    for key in path[:-1]:
        holder = holder[key]
    if gone:
        del holder[path[-1]]
    else:
        holder[path[-1]] = copy.deepcopy(value)
    return result


BODIES = list(bodies())


def named(found: list[tuple[Case, Any]]) -> list[Any]:
    return [pytest.param(case, body, id=f"{case.name}-{index}") for index, (case, body) in enumerate(found)]


@pytest.mark.parametrize(("case", "body"), named([pair for pair in BODIES if not pair[0].is_stream]))
def test_unexpected_values_in_bodies_survive(case: Case, body: Any) -> None:
    for what, surprise in mutations(body):
        parsed = parse(dataclasses.replace(case, body=surprise))
        assert parsed is None or same(parsed.to_dict(), surprise), what


@pytest.mark.parametrize(("case", "body"), named([pair for pair in BODIES if pair[0].is_stream]))
def test_unexpected_values_in_events_survive(case: Case, body: Any) -> None:
    assert body["event"], case
    for what, surprise in mutations(body):
        (event,) = EventReader().feed(f"data: {json.dumps(surprise)}\n\n".encode())
        # An id that is missing may be filled in from another place of the event.
        assert surprise.items() <= event.to_dict().items(), what
