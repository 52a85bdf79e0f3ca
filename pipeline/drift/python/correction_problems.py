"""Corrections that contradict a new document, lost a place in it, or became needless, with the edit to make.

A correction absorbs a change only if what the corrected schema accepts covers what the new document describes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from pipeline.corrections import Correction, overlap
from pipeline.document import Document, is_list, is_object
from pipeline.drift.python.deviations import deviations
from pipeline.drift.python.traced import Traced, by_name, first_missing, unescape
from pipeline.drift.rules import LEVELS
from pipeline.drift.rules.finding import Change, Finding, Place
from pipeline.drift.rules.grouping import to_finding

Kind = Literal["correction-contradicted", "correction-place-lost", "correction-needless", "correction-unmatched"]
NEEDLESS = "changes nothing"


@dataclass(frozen=True)
class Problem:
    """A correction that does not fit the new document.

    Attributes:
        kind: The rule.
        correction: The correction.
        problem: The reason, as the end of a sentence that starts with the correction's file and line.
        action: The edit to make.
        pointer: The place in the new document, or None where it has none.
        others: Further places.
    """

    kind: Kind
    correction: Correction
    problem: str
    action: str
    pointer: str | None = None
    others: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The file and line of the correction, relative to the project."""
        return re.sub(r".*/overlays/", "overlays/", self.correction.place)

    @property
    def pointers(self) -> tuple[str, ...]:
        """All places in the new document."""
        return (self.pointer, *self.others) if self.pointer else ()

    def changes(self) -> list[Change]:
        """Return the problem as changes for a report, one for each place."""
        more = f", and in {len(self.others)} more place{'s' * bool(self.others[1:])}" if self.others else ""
        words = {"new": f"{self.place} {self.problem}{more} (reason: {self.correction.reason.rstrip('.')})"}
        return [Change(self.kind, None, pointer, words) for pointer in self.pointers or (None,)]


def problems(
    old: Traced, new: Traced, listed: list[Correction], wire: list[Finding], *, is_complete: bool = False
) -> Iterator[Problem]:
    """Yield the corrections that fit the old document but not the new one; `wire` are the changes between them.

    The new document was traced with the places of the old one. When `is_complete`, also yield the corrections that fit
    neither.
    """
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


def findings(found: list[Problem]) -> list[Finding]:
    """Return one finding per problem, with the edit to make as its hint."""
    return [replace(to_finding([(change, "") for change in one.changes()], "python"), hint=one.action) for one in found]


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
    found: dict[str, str] = {}
    for pointer, before in old.places[one.place].items():
        now = new.missing[one.place][pointer]
        if now is None or now == pointer or (before is not None and len(before) <= len(now)):
            continue
        if "/examples/" in now:  # which a correction adds completely
            continue
        name = unescape(now.rpartition("/")[2])
        if is_named(one, name):
            found[now] = f"`{name}`"
    if found:
        first, *others = found
        more = f" and {len(others)} more place{'s' * bool(others[1:])}, which are" if others else ", which is"
        names = ", ".join(dict.fromkeys(found.values()))
        rename = "them to their new names" if others else "it to the new name"
        action = f"Take {names} out of the action, or change {rename}."
        yield Problem("correction-place-lost", one, f"names {first}{more} not in the new document", action)


def contradictions(old: Traced, new: Traced, listed: list[Correction], changed: list[str]) -> Iterator[Problem]:
    """Yield the corrections whose result excludes what the new document describes in one of the `changed` places."""
    found = [
        (finding, place, pointer)
        for finding in deviations(new)
        for place in finding.places
        if any(overlap(pointer := place.revision or place.base or "", one) for one in changed)
        and is_known(old.raw, pointer)
    ]
    before = {key for finding in deviations(old) for key in keys(finding)} if found else set[tuple[str, str, str]]()
    reasons: dict[str, dict[str, str]] = {}
    for finding, place, pointer in found:
        if key(finding, place) not in before:
            for one in causes(new, listed, pointer):
                reasons.setdefault(one.place, {}).setdefault(pointer, finding.text)
    for one in listed:
        if one.place in reasons:
            (pointer, text), *others = reasons[one.place].items()
            yield Problem(
                "correction-contradicted",
                one,
                f"contradicts the new document at {pointer}: {text}",
                "Change the action so that it also accepts that, or remove it.",
                pointer,
                tuple(other for other, _ in others),
            )


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
