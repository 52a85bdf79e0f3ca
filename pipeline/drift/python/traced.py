"""A document with the corrections that match it, and where each of them changed it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline import overlay
from pipeline.corrections import Correction
from pipeline.document import Document, escape, is_list, is_object
from pipeline.drift.schemas.access import list_at
from pipeline.errors import PipelineError
from pipeline.normalise import normalise

Places = dict[str, str | None]


@dataclass
class Traced:
    """A document with the corrections applied that match it.

    Attributes:
        raw: The document as published.
        changed: The document with the corrections.
        failed: The problems of the corrections that do not apply, by their places.
        places: By correction, the pointers of the values it sets, each with the first part of its path that was
            missing before.
        missing: By correction, the same for the pointers that it sets in another document.
    """

    raw: Document
    changed: Document
    failed: dict[str, str] = field(default_factory=dict[str, str])
    places: dict[str, Places] = field(default_factory=dict[str, Places])
    missing: dict[str, Places] = field(default_factory=dict[str, Places])

    @cached_property
    def document(self) -> Document:
        """The corrected document, normalised."""
        corrected: Document = normalise(self.changed)
        return corrected


def trace(document: Document, listed: list[Correction], wanted: dict[str, Places] | None = None) -> Traced:
    """Apply corrections to a copy of a document, and note where; `wanted` has pointers to look for before each."""
    changed = copy.deepcopy(document)
    components: dict[str, Any] = changed.get("components") or {}
    changed["components"] = {**components, "schemas": components.get("schemas") or {}}
    traced = Traced(document, changed)
    for one in listed:
        names = (wanted or {}).get(one.place, {})
        traced.missing[one.place] = {name: first_missing(changed, name) for name in names}
        places: Places = {}
        try:
            nodes = one.find(changed)
            for node in nodes:
                for leaf in overlay.leaves(one.change.get("update"), node.pointer):
                    pointer = by_name(changed, leaf)
                    places[pointer] = first_missing(changed, pointer)
            one.apply(changed, nodes)
        except PipelineError as error:
            traced.failed[one.place] = error.problem
        else:
            traced.places[one.place] = places
    return traced


def by_name(document: Document, pointer: str) -> str:
    """Return a pointer with the names of parameters instead of their indexes, which change with their order."""
    parts: list[str] = []
    node: Any = document
    for part in pointer.split("/")[1:]:
        node = child(node, part)
        has_name = parts[-1:] == ["parameters"] and is_object(node) and isinstance(node.get("name"), str)
        parts.append(escape(node["name"]) if has_name else part)
    return "".join(f"/{part}" for part in parts)


def first_missing(document: Document, pointer: str) -> str | None:
    """Return the shortest beginning of a pointer that a document does not have; None if it has all of it."""
    node: Any = document
    parts = pointer.split("/")
    for index, part in enumerate(parts[1:], 2):
        node = child(node, part)
        if node is MISSING:
            return "/".join(parts[:index])
    return None


MISSING = object()


def child(node: Any, part: str) -> Any:
    """Return the part of a node under a key, an index, or the name of a parameter."""
    if is_object(node):
        return node.get(unescape(part), MISSING)
    if not is_list(node):
        return MISSING
    if part.isdigit():
        return node[int(part)] if int(part) < len(node) else MISSING
    return next((item for item in list_at({"": node}, "") if is_object(item) and item.get("name") == part), MISSING)


def unescape(part: str) -> str:
    """Return the key that a part of a pointer names."""
    return part.replace("~1", "/").replace("~0", "~")
