"""Typed access to the parts of a document, whose shape nobody has checked."""

from __future__ import annotations

import json
from typing import Any

from pipeline.document import Document, is_list, is_object


def object_at(node: Any, key: str) -> Document:
    """Return the object under a key, or an empty one where there is none."""
    found: Any = node.get(key) if is_object(node) else None
    return found if is_object(found) else {}


def list_at(node: Any, key: str) -> list[Any]:
    """Return the array under a key, or an empty one where there is none."""
    found: Any = node.get(key) if is_object(node) else None
    return found if is_list(found) else []


def is_same(one: Any, other: Any) -> bool:
    """Return whether two JSON values are the same; unlike `==`, this distinguishes 1 from true."""
    return one == other and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def value_key(value: Any) -> str:
    """Return a key for a JSON value; equal numbers have equal keys, 1 and true do not."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return json.dumps(float(value))
    return json.dumps(value, sort_keys=True)
