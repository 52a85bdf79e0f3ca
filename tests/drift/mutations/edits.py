"""Edits of a document: one change each, made at a JSON pointer."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from pipeline.document import Document, is_list, is_object

B, W, N, D, Z = "breaking", "warning", "non-breaking", "docs-only", "no-change"
S = "/components/schemas/"
CHAT = "/paths/~1chat-messages/post"
LIST = "/paths/~1conversations/get"
HISTORY = "/paths/~1messages/get"
DELETE = "/paths/~1conversations~1{conversation_id}/delete"
EVENTS = "/paths/~1workflow~1{workflow_run_id}~1events/get"

Edit = Callable[[Document], None]


def walk(document: Any, pointer: str) -> tuple[Any, Any]:
    """Return the object or list that a pointer leads into, and the last part of the pointer as a key."""
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in parents:
        document = document[int(part) if is_list(document) else part]
    return document, int(last) if is_list(document) else last


def put(pointer: str, value: Any) -> Edit:
    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        holder[key] = copy.deepcopy(value)

    return change


def cut(pointer: str) -> Edit:
    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        del holder[key]

    return change


def add(pointer: str, *values: Any) -> Edit:
    """Append values to a list."""

    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        holder.setdefault(key, []).extend(copy.deepcopy(values))

    return change


def drop(pointer: str, value: Any) -> Edit:
    """Remove a value from a list."""

    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        holder[key] = [item for item in holder[key] if item != value]

    return change


def rename(pointer: str, name: str) -> Edit:
    """Rename a key without moving it."""

    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        items = [(name if one == key else one, value) for one, value in holder.items()]
        holder.clear()
        holder.update(items)

    return change


def both(*changes: Edit) -> Edit:
    def change(document: Document) -> None:
        for one in changes:
            one(document)

    return change


def everywhere(change: Callable[[Any], Any]) -> Edit:
    """Rewrite every object of the document, the innermost first."""

    def visit(node: Any) -> Any:
        if is_object(node):
            return change({key: visit(value) for key, value in node.items()})
        return [visit(item) for item in node] if is_list(node) else node

    def rewrite(document: Document) -> None:
        document.update(visit(dict(document)))

    return rewrite
