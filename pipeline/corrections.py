"""Corrections to the document: OpenAPI Overlays in which every action must still match and still change something."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, cast

from pipeline import yaml_file
from pipeline.document import Document, check_references, is_list, is_object
from pipeline.errors import PipelineError
from pipeline.folders import folder_of
from pipeline.normalise import normalise

VERSION = "1.0.0"


@dataclass(frozen=True)
class Correction:
    """One action of an overlay file, with the place it stands at and the evidence for it."""

    place: str
    target: str
    reason: str
    evidence: tuple[str, ...]
    change: Document

    def apply(self, document: Document) -> None:
        """Change `document` in place; PipelineError when the target is not there or is right already."""
        from jsonpath_ng.exceptions import JSONPathError

        parse, apply_overlay = overlay_tools()
        try:
            matches = [match.value for match in parse(self.target).find(document)]
        except (JSONPathError, AttributeError, NotImplementedError, TypeError, ValueError) as error:
            raise PipelineError(self.place, f"target {self.target!r} cannot be read as JSONPath: {error}") from None
        if not matches:
            raise PipelineError(self.place, f"matches nothing: {self.target} is not in the document; remove or move it")
        if "update" in self.change and not any(is_object(match) or is_list(match) for match in matches):
            raise PipelineError(self.place, f"cannot update {self.target}, a plain value; update what holds it")
        before = json.dumps(matches)
        try:
            apply_overlay(document, {"actions": [{"target": self.target, **copy.deepcopy(self.change)}]})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise PipelineError(self.place, f"cannot be applied to {self.target}: {error}") from None
        drop_repeated(matches)
        if "update" in self.change and json.dumps(matches) == before:
            raise PipelineError(self.place, f"changes nothing: {self.target} is as it asks already; remove it")


@cache
def overlay_tools() -> tuple[Any, Any]:
    """How targets are read and overlays applied; imported only now, for commands that correct nothing.

    jsonpath-ng builds its grammar anew for every path, which takes longer than all the rest of a correction; so one
    reader serves both libraries. Of oas-patch the one module is loaded that is used: the package imports its
    command line, too, which takes longer than to apply every correction.
    """
    from jsonpath_ng.ext.parser import ExtentedJsonPathParser

    found = spec_from_file_location("oas_patch_overlay", folder_of("oas_patch") / "overlay.py")
    if not found or not found.loader:
        raise PipelineError("oas_patch", "has no overlay.py; install the version that constraints.txt names")
    # Neither library is typed.
    overlay, reader = cast("Any", module_from_spec(found)), cast("Any", ExtentedJsonPathParser())
    found.loader.exec_module(overlay)
    overlay.parse = cache(reader.parse)
    return overlay.parse, overlay.apply_overlay


def drop_repeated(node: Any) -> None:
    """Overlays append to lists; names that were there before must not stand in `required` or `enum` twice."""
    if is_object(node):
        for key, value in node.items():
            if key in ("required", "enum") and is_list(value):
                value[:] = [item for index, item in enumerate(value) if item not in value[:index]]
            drop_repeated(value)
    elif is_list(node):
        for item in node:
            drop_repeated(item)


def load(folder: Path) -> list[Correction]:
    """Every correction in the `*.yaml` files of `folder`, in the order of the files' names."""
    if not folder.is_dir():
        raise PipelineError(folder, "is not a folder with overlay files")
    return [correction for path in sorted(folder.glob("*.yaml")) for correction in load_file(path)]


def load_file(path: Path) -> Iterator[Correction]:
    """The corrections in one overlay file."""
    overlay, node = yaml_file.load(path, "corrections")
    if not is_object(overlay) or overlay.get("overlay") != VERSION:
        raise PipelineError(path, f"is not an OpenAPI Overlay {VERSION}")
    actions = overlay.get("actions")
    if not is_list(actions):
        raise PipelineError(path, "has no list of actions")
    for line, action in zip(yaml_file.lines(node, "actions"), actions, strict=True):
        yield correction(f"{path}:{line}", action)


def correction(place: str, action: Any) -> Correction:
    """One action, checked for what every correction owes its readers: a target, a reason and evidence."""
    plain: Document = json.loads(json.dumps(action))
    if not is_object(plain):
        raise PipelineError(place, "is not an action; every correction names its target, reason and evidence")
    for key in ("target", "description", "x-evidence"):
        if not plain.get(key):
            raise PipelineError(place, f"has no {key}; every correction names its target, reason and evidence")
    change: Document = {key: plain[key] for key in ("update", "remove") if plain.get(key, False) is not False}
    if len(change) != 1 or change.get("remove", True) is not True:
        raise PipelineError(place, "needs either an update or remove: true")
    if not isinstance(plain["target"], str) or not is_list(plain["x-evidence"]):
        raise PipelineError(place, "needs a text as target and a list as x-evidence")
    return Correction(place, plain["target"], plain["description"], tuple(map(str, plain["x-evidence"])), change)


def correct(document: Document, corrections: list[Correction], place: object) -> Document:
    """A corrected copy of `document`: every correction applied in turn, references in their plain form."""
    changed = json.loads(json.dumps(document))
    for one in corrections:
        one.apply(changed)
    corrected: Document = normalise(changed)
    check_references(corrected, f"{place} (corrected)")
    return corrected
