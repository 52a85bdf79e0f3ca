"""Corrections that contradict a new document, lost a place in it, or became needless, with the edit to make.

A correction absorbs a change only if what the corrected schema accepts covers what the new document describes.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pipeline import overlay
from pipeline.corrections import Correction, overlap
from pipeline.document import Document, escape, is_list, is_object
from pipeline.drift.rules import LEVELS
from pipeline.drift.rules.finding import Change, Finding, Place
from pipeline.drift.rules.grouping import to_finding
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.errors import PipelineError
from pipeline.normalise import normalise

Kind = Literal["correction-contradicted", "correction-place-lost", "correction-needless", "correction-unmatched"]
NEEDLESS = "changes nothing"
# Endings of rules for what a document leaves out, which contradicts no evidence that servers send it.
SILENT = ("-media-type-schema-removed", "-became-optional")
# The formats of identifiers, which the client reads and sends as text.
IDENTIFIERS = ("identifier", "uuid")


@dataclass(frozen=True)
class Problem:
    """A correction that does not fit the new document.

    Attributes:
        kind: The rule.
        correction: The correction.
        problem: The reason, as the end of a sentence that starts with the correction's file and line.
        action: The edit to make.
        pointer: The place in the new document, or None where it has none.
    """

    kind: Kind
    correction: Correction
    problem: str
    action: str
    pointer: str | None = None

    @property
    def place(self) -> str:
        """The file and line of the correction, relative to the project."""
        return re.sub(r".*/overlays/", "overlays/", self.correction.place)

    def change(self) -> Change:
        """Return the problem as a change for a report."""
        reason = f"reason: {self.correction.reason}"
        return Change(self.kind, None, self.pointer, {"new": f"{self.place} {self.problem} ({reason})"})


@dataclass
class Traced:
    """A document with the corrections applied that match it.

    Attributes:
        raw: The document as published.
        document: The corrected document.
        failed: The problems of the corrections that do not apply.
        places: By correction, the pointers of the values it sets, each with the first part of its path that was
            missing before.
    """

    raw: Document
    document: Document
    failed: dict[str, str] = field(default_factory=dict[str, str])
    places: dict[str, dict[str, str | None]] = field(default_factory=dict[str, dict[str, str | None]])
    missing: dict[str, dict[str, str | None]] = field(default_factory=dict[str, dict[str, str | None]])


def problems(
    base: Document, revision: Document, listed: list[Correction], wire: list[Finding], *, is_complete: bool = False
) -> Iterator[Problem]:
    """Yield the corrections that fit the old document but not the new one; `wire` are the changes between them.

    When `is_complete`, also yield those that fit neither.
    """
    old = trace(base, listed, {})
    new = trace(revision, listed, old.places)
    for one in listed:
        if one.place in new.failed:
            if is_complete or one.place not in old.failed:
                yield failed(one, new.failed[one.place])
        elif one.place not in old.failed:
            yield from lost(one, old, new)
    changed = [
        place.revision
        for finding in wire
        for place in finding.places
        if place.revision and LEVELS.index(finding.level) >= LEVELS.index("non-breaking")
    ]
    if changed:
        yield from contradictions(old, new, listed, changed)


def trace(document: Document, listed: list[Correction], wanted: dict[str, dict[str, str | None]]) -> Traced:
    """Apply corrections to a copy of a document, and note where; `wanted` has pointers to look for before each."""
    changed = copy.deepcopy(document)
    components: dict[str, Any] = {"schemas": {}, **(changed.get("components") or {})}
    changed["components"] = components
    traced = Traced(document, changed)
    for one in listed:
        names = wanted.get(one.place, {})
        traced.missing[one.place] = {name: first_missing(changed, name) for name in names}
        places: dict[str, str | None] = {}
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
    traced.document = normalise(changed)
    return traced


def findings(found: list[Problem]) -> list[Finding]:
    """Return one finding per problem, with the edit to make as its hint."""
    return [replace(to_finding([(one.change(), "")], "python"), hint=one.action) for one in found]


def failed(one: Correction, problem: str) -> Problem:
    """Return the problem of a correction that does not apply at all."""
    if problem.startswith(NEEDLESS):
        return Problem(
            "correction-needless", one, "changes nothing, since the new document is right", "Remove the action."
        )
    action = "Remove the action, or change its target to where the schema is now."
    return Problem("correction-unmatched", one, problem.partition(";")[0], action)


def lost(one: Correction, old: Traced, new: Traced) -> Iterator[Problem]:
    """Yield the places that a correction names and the new document does not have."""
    seen: set[str] = set()
    for pointer, before in old.places[one.place].items():
        now = new.missing[one.place][pointer]
        if now is None or now == pointer or (before is not None and len(before) <= len(now)) or now in seen:
            continue
        if "/examples/" in now:  # which a correction adds completely
            continue
        seen.add(now)
        name = unescape(now.rpartition("/")[2])
        if is_named(one, name):
            action = f"Take `{name}` out of the action, or change it to the new name."
            yield Problem("correction-place-lost", one, f"names {now}, which is not in the new document", action)


def contradictions(old: Traced, new: Traced, listed: list[Correction], changed: list[str]) -> Iterator[Problem]:
    """Yield the corrections whose result excludes what the new document describes in one of the `changed` places."""
    before = {key for finding in deviations(old) for key in keys(finding)}
    seen: set[tuple[str, str]] = set()
    for finding in deviations(new):
        for place in finding.places:
            pointer = place.revision or place.base or ""
            is_new = any(overlap(pointer, one) for one in changed) and is_known(old.raw, pointer)
            if key(finding, place) in before or not is_new:
                continue
            for one in causes(new, listed, pointer):
                if (one.place, pointer) not in seen:
                    seen.add((one.place, pointer))
                    yield Problem(
                        "correction-contradicted",
                        one,
                        f"contradicts the new document at {pointer}: {finding.text}",
                        "Change the action so that it also accepts that, or remove it.",
                        place.revision,
                    )


def deviations(traced: Traced) -> Iterator[Finding]:
    """Yield what a client of the corrected document does not expect of a server that follows the published one."""
    published = object_at(object_at(traced.raw, "components"), "schemas")
    schemas = object_at(traced.document["components"], "schemas")
    # Types of our own are compared by what they accept, not by their names.
    own = {f"#/components/schemas/{name}": one for name, one in schemas.items() if name not in published}
    corrected = without_identifiers(inline(traced.document, own))
    for finding in wire_findings(corrected, without_identifiers(normalise(traced.raw))):
        if LEVELS.index(finding.level) >= LEVELS.index("warning") and not finding.id.endswith(SILENT):
            yield finding


def inline(node: Any, own: Document) -> Any:
    """Return a node with references to some schemas replaced by those, and with null in every member of a union."""
    if is_object(node):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference in own:
            return own[reference]
        found = {name: inline(value, own) for name, value in node.items()}
        if found.get("nullable") is True:
            found |= {
                kind: [with_null(one) for one in list_at(found, kind)] for kind in ("oneOf", "anyOf") if kind in found
            }
        return found
    return [inline(item, own) for item in node] if is_list(node) else node


def with_null(schema: Any) -> Any:
    """Return a schema that accepts null, too; a reference stays as it is."""
    return {**schema, "nullable": True} if is_object(schema) and "$ref" not in schema else schema


def keys(finding: Finding) -> set[tuple[str, str, str]]:
    """Return the keys by which the same deviation is found in another document."""
    return {key(finding, place) for place in finding.places}


def key(finding: Finding, place: Place) -> tuple[str, str, str]:
    """Return the key of one place of a deviation."""
    return finding.id, finding.text, place.operation


def causes(traced: Traced, listed: list[Correction], pointer: str) -> list[Correction]:
    """Return the corrections with the most specific effect on a place, or the last one that replaces it."""
    found: dict[str, int] = {}
    wanted = by_name(traced.document, pointer)
    for one in listed:
        places = [place.removesuffix("/$ref") for place in traced.places.get(one.place, {})]
        depths = [len(common(place, wanted)) for place in places if overlap(place, wanted)]
        if depths and "update" in one.change:
            is_replaced = any(
                place.endswith("/$ref") and f"{wanted}/".startswith(f"{place.removesuffix('/$ref')}/")
                for place in traced.places[one.place]
            )
            found = {} if is_replaced else found
            found[one.place] = max(depths)
    deepest = max(found.values(), default=0)
    return [one for one in listed if found.get(one.place) == deepest]


def common(one: str, other: str) -> list[str]:
    """Return the parts with which two pointers begin."""
    parts: list[str] = []
    for mine, theirs in zip(one.split("/"), other.split("/"), strict=False):
        if mine != theirs:
            break
        parts.append(mine)
    return parts


def is_known(document: Document, pointer: str) -> bool:
    """Return whether a document has the schema or operation that a pointer leads into."""
    missing = first_missing(document, by_name(document, "/".join(pointer.split("/")[:4])))
    return missing is None


def is_named(one: Correction, name: str) -> bool:
    """Return whether a correction names a part of the document, rather than finding it by a rule."""
    in_target = re.search(rf"'{re.escape(name)}'|\.{re.escape(name)}(?![\w-])", one.target)
    return bool(in_target) or name in all_keys(one.change)


def all_keys(node: Any) -> set[str]:
    """Return the keys of all objects in a value."""
    if is_object(node):
        return {*node, *(name for value in node.values() for name in all_keys(value))}
    return {name for item in node for name in all_keys(item)} if is_list(node) else set()


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


def without_identifiers(node: Any) -> Any:
    """Return a document with identifiers as strings, whatever format they have."""
    if is_object(node):
        return {
            name: without_identifiers(value)
            for name, value in node.items()
            if not (name == "format" and value in IDENTIFIERS)
        }
    return [without_identifiers(item) for item in node] if is_list(node) else node
