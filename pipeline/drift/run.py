"""One comparison from beginning to end: sources, selection, both layers, waivers, lines and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.document import escape
from pipeline.drift.python.names import Names
from pipeline.drift.report.line_numbers import lines
from pipeline.drift.rules.finding import Change, Finding, Place, severity_key
from pipeline.drift.rules.grouping import group
from pipeline.drift.rules.verdict import Report
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.drift.wire.selection import Selection, is_superset, select
from pipeline.drift.wire.stable_names import MAP
from pipeline.drift.wire.stable_names import Names as Kept
from pipeline.sources import Source


@dataclass(frozen=True)
class Task:
    """What to compare and how.

    `root` is the tree whose corrections, settings and names count; `base_root` has those of the old package, where
    they are not the same.
    """

    base: Source
    revision: Source
    root: Path
    layer: str = "all"
    waivers: Path | None = None
    whole: bool = False
    base_root: Path | None = None


def drift(task: Task) -> Report:
    """Compare two documents."""
    base, revision = task.base.document, task.revision.document
    selection = None
    if not task.whole and is_superset(base, revision):
        selection = select(base, revision, Kept.load(task.root / MAP))
        revision = selection.document
    found: list[Finding] = []
    if task.layer in ("wire", "all"):
        found += wire_findings(base, revision, (task.base.name, task.revision.name))
    if selection:
        found += moved(selection)
    if task.layer in ("python", "all"):
        from pipeline.drift.python.layer import python_findings
        from pipeline.drift.python.stale_code import stale_findings

        found = python_findings((task.base_root or task.root, task.root), base, revision, found)
        found += stale_findings(task.root, (task.base, task.revision))
    found = list(located(found, task, selection))
    names = Names(task.root)
    found = [one if one.python else replace(one, python=names.of(one.places)) for one in found]
    if task.waivers and task.waivers.is_file():
        from pipeline.drift.report.waivers import Waivers

        found = Waivers.load(task.waivers).apply(found, task.layer)
    note = f"{selection.left_out} operations of other kinds of apps left out" if selection else None
    compared = task.layer in ("python", "all")
    return Report(task.base.name, task.revision.name, tuple(sorted(found, key=severity_key)), compared, note)


def moved(selection: Selection) -> list[Finding]:
    """What only has another name in the successor: one table, apart from the real changes."""
    operations = [
        Change("document-operation-renamed", None, None, {"old": old, "new": new})
        for old, new in selection.operation_ids
    ]
    schemas = [
        Change("document-schema-renamed", None, None, {"old": old, "new": new})
        for new, old in selection.names.schemas.items()
    ]
    unlisted: list[tuple[Change, str]] = []
    for label in selection.unlisted:
        method, _, path = label.partition(" ")
        pointer = f"/paths/{escape(path)}/{method.lower()}"
        unlisted.append((Change("document-operation-unlisted", pointer, pointer, {"name": label}), label))
    return group([*((change, "") for change in [*operations, *schemas]), *unlisted])


def located(found: Iterable[Finding], task: Task, selection: Selection | None) -> Iterable[Finding]:
    """The findings with the lines of their pointers."""
    listed = list(found)
    places = [place for finding in listed for place in finding.places]
    original = selection.original if selection else str
    old = lines(task.base.text, {place.base for place in places if place.base})
    new = lines(task.revision.text, {original(place.revision) for place in places if place.revision})
    for finding in listed:
        yield replace(finding, places=tuple(line(place, old, new, original) for place in finding.places))


def line(place: Place, old: dict[str, int], new: dict[str, int], original: object) -> Place:
    """One place with its lines."""
    there = original(place.revision) if callable(original) and place.revision else None
    return replace(place, base_line=old.get(place.base or ""), revision_line=new.get(str(there)))
