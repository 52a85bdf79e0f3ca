"""Typed access to the parts of a document, whose shape nobody has checked."""

from __future__ import annotations

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
