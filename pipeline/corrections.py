"""Corrections to the document: OpenAPI Overlay files in which every action must match and change something."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import overlay, yaml_file
from pipeline.document import Document, check_references, is_list, is_object
from pipeline.errors import PipelineError
from pipeline.normalise import normalise

VERSION = "1.0.0"


@dataclass(frozen=True)
class Correction:
    """One action of an overlay file, with its place (file and line), its reason and the evidence for it."""

    place: str
    target: str
    reason: str
    evidence: tuple[str, ...]
    change: Document

    def find(self, document: Document) -> list[overlay.Node]:
        """Return the nodes of its target; raise PipelineError where that is not a JSONPath."""
        try:
            return overlay.find(document, self.target)
        except ValueError as error:
            raise PipelineError(self.place, f"target {self.target!r} is not a JSONPath: {error}") from None

    def apply(self, document: Document, found: list[overlay.Node] | None = None) -> list[str]:
        """Change `document`, or the nodes `found` in it, in place and return the pointers of what changed.

        Raise PipelineError where the target does not exist or is correct without the change.
        """
        nodes = self.find(document) if found is None else found
        if not nodes:
            raise PipelineError(self.place, f"matches nothing: {self.target} is not in the document; remove or move it")
        if "remove" in self.change:
            if not nodes[0].pointer:
                raise PipelineError(self.place, "cannot remove the document itself; name a part of it")
            overlay.remove(nodes)
            return [node.pointer for node in nodes]
        update = self.change["update"]
        try:
            changed = [
                overlay.update(node.value, update) for node in nodes if is_list(node.value) or is_object(node.value)
            ]
        except ValueError as error:
            raise PipelineError(self.place, f"cannot be applied to {self.target}: {error}") from None
        if not changed:
            raise PipelineError(self.place, f"cannot update {self.target}, a plain value; update what holds it")
        if not any(changed):
            raise PipelineError(self.place, f"changes nothing: {self.target} is as it asks already; remove it")
        return [pointer for node in nodes for pointer in overlay.leaves(update, node.pointer)]


def load(folder: Path) -> list[Correction]:
    """Return every correction in the `*.yaml` files of `folder`, in the order of the files' names."""
    if not folder.is_dir():
        raise PipelineError(folder, "is not a folder with overlay files")
    return [correction for path in sorted(folder.glob("*.yaml")) for correction in load_file(path)]


def load_file(path: Path) -> Iterator[Correction]:
    """Yield the corrections in one overlay file."""
    content, node = yaml_file.load(path, "corrections")
    if not is_object(content) or content.get("overlay") != VERSION:
        raise PipelineError(path, f"is not an OpenAPI Overlay {VERSION}")
    actions = content.get("actions")
    if not is_list(actions):
        raise PipelineError(path, "has no list of actions")
    for line, action in zip(yaml_file.lines(node, "actions"), actions, strict=True):
        yield correction(f"{path}:{line}", action)


def correction(place: str, action: Any) -> Correction:
    """Return the correction that an action describes; raise PipelineError without target, reason or evidence."""
    plain: Document = json.loads(json.dumps(action))
    if not is_object(plain):
        raise PipelineError(place, "is not an action; every correction has a target, reason and evidence")
    for key in ("target", "description", "x-evidence"):
        if not plain.get(key):
            raise PipelineError(place, f"has no {key}; every correction has a target, reason and evidence")
    change: Document = {key: plain[key] for key in ("update", "remove") if plain.get(key, False) is not False}
    if len(change) != 1 or change.get("remove", True) is not True:
        raise PipelineError(place, "needs either an update or remove: true")
    if not isinstance(plain["target"], str) or not is_list(plain["x-evidence"]):
        raise PipelineError(place, "needs a text as target and a list as x-evidence")
    return Correction(place, plain["target"], plain["description"], tuple(map(str, plain["x-evidence"])), change)


def touching(document: Document, corrections: list[Correction], pointer: str) -> list[Correction]:
    """Return the corrections that change what a JSON pointer names, a part of it, or what contains it."""
    changed = json.loads(json.dumps(document))
    return [one for one in corrections if any(overlap(place, pointer) for place in one.apply(changed))]


def overlap(one: str, other: str) -> bool:
    """Return True if one of two JSON pointers is the other, or contains it."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def correct(document: Document, corrections: list[Correction], place: object) -> Document:
    """Return a copy of `document` with every correction applied, and with normalised references."""
    changed = json.loads(json.dumps(document))
    for one in corrections:
        one.apply(changed)
    corrected: Document = normalise(changed)
    check_references(corrected, f"{place} (corrected)")
    return corrected
