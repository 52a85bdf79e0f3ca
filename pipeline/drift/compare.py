"""One comparison of two documents: selection, both layers, line numbers, Python names and waivers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import corrections, yaml_text
from pipeline.corrections import overlap
from pipeline.document import check_same_api, escape
from pipeline.drift.python.correction_problems import Problem, problems
from pipeline.drift.python.correction_problems import findings as problem_findings
from pipeline.drift.python.layer import python_findings
from pipeline.drift.python.names import PythonNames
from pipeline.drift.python.stale_code import stale_findings
from pipeline.drift.report.line_numbers import line_numbers
from pipeline.drift.report.waivers import Waivers
from pipeline.drift.rules.finding import Change, Finding, Place, severity_key
from pipeline.drift.rules.grouping import group, merge_similar
from pipeline.drift.rules.verdict import Report
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.drift.wire.selection import Selection, is_superset, select
from pipeline.drift.wire.stable_names import PATH, StableNames
from pipeline.layout import Project
from pipeline.sources import Source


@dataclass(frozen=True)
class Task:
    """Two documents and how to compare them.

    Attributes:
        base: The old document.
        revision: The new document.
        root: The tree with the corrections, the generator's settings and the client.
        layer: `wire`, `python` or `all`.
        waivers: The file of accepted changes.
        has_selection: Whether to select the chatflow part of a document for several kinds of apps.
        base_root: The tree with the corrections and settings of the old package, if it is not `root`.
        is_corrected: Whether to apply corrections before the packages are generated.
    """

    base: Source
    revision: Source
    root: Path
    layer: str = "all"
    waivers: Path | None = None
    has_selection: bool = True
    base_root: Path | None = None
    is_corrected: bool = True


def compare(task: Task) -> Report:
    """Compare two documents and return the report."""
    base, revision = task.base.document, task.revision.document
    selection = None
    if task.is_corrected:
        check_same_api(base, revision, task.revision.name)
    if task.has_selection and is_superset(base, revision):
        selection = select(base, revision, StableNames.load(task.root / PATH))
        revision = selection.document
    found: list[Finding] = []
    if task.layer in ("wire", "all"):
        found += wire_findings(base, revision, (task.base.name, task.revision.name))
    if selection:
        found += selection_findings(selection)
    if task.layer in ("python", "all"):
        roots = task.base_root or task.root, task.root
        wire, found = found, python_findings(roots, base, revision, found, is_corrected=task.is_corrected)
        if task.is_corrected and task.base_root is None and base != revision:
            listed = corrections.load(Project(task.root).corrections)
            found = with_problems(found, wire, list(problems(base, revision, listed, wire)))
        found += stale_findings(task.root, (task.base, task.revision))
    found = with_lines(merge_similar(found), task, selection.original if selection else str)
    names = PythonNames(task.root)
    found = [one if one.python else replace(one, python=names.of(one.places)) for one in found]
    if task.waivers and task.waivers.is_file():
        found = Waivers.load(task.waivers).apply(found, task.layer)
    note = f"{selection.left_out} operations of other kinds of apps left out" if selection else None
    has_python = task.layer in ("python", "all")
    # Findings that corrections absorb come last, since they need no action.
    found.sort(key=lambda one: (one.absorbed is not None, severity_key(one)))
    return Report(task.base.name, task.revision.name, tuple(found), has_python, note)


def with_problems(found: list[Finding], wire: list[Finding], unfit: list[Problem]) -> list[Finding]:
    """Return the findings with those of unfit corrections; a contradicted correction absorbs nothing."""
    contradicted = [one.pointer for one in unfit if one.kind == "correction-contradicted" and one.pointer]
    original = {one.fingerprint: one for one in wire}

    def is_exposed(finding: Finding) -> bool:
        pointers = [place.revision for place in finding.places if place.revision]
        return bool(finding.absorbed) and any(overlap(one, other) for one in pointers for other in contradicted)

    shown = [original[one.fingerprint] if is_exposed(one) else one for one in found if one.id != "correction-unmatched"]
    return [*shown, *problem_findings(unfit)]


def selection_findings(selection: Selection) -> list[Finding]:
    """Return findings for what the selection renamed, and for operations that are not listed for chatflow apps."""
    renames = [
        Change("document-operation-renamed", None, None, {"old": old, "new": new})
        for old, new in selection.operation_ids
    ]
    renames += [
        Change("document-schema-renamed", None, None, {"old": old, "new": new})
        for new, old in selection.names.schemas.items()
    ]
    unlisted: list[tuple[Change, str]] = []
    for label in selection.unlisted:
        method, _, path = label.partition(" ")
        pointer = f"/paths/{escape(path)}/{method.lower()}"
        unlisted.append((Change("document-operation-unlisted", pointer, pointer, {"name": label}), label))
    return group([*((change, "") for change in renames), *unlisted])


def lines(text: str, pointers: set[str]) -> dict[str, int]:
    """Return the lines of pointers in a JSON or YAML text."""
    return yaml_text.line_numbers(text, pointers) if yaml_text.is_yaml(text) else line_numbers(text, pointers)


def with_lines(found: Iterable[Finding], task: Task, original: Callable[[str], str]) -> list[Finding]:
    """Return the findings with line numbers; `original` turns a selected pointer into one of the revision's text."""
    listed = list(found)
    places = [place for finding in listed for place in finding.places]
    old = lines(task.base.text, {place.base for place in places if place.base})
    new = lines(task.revision.text, {original(place.revision) for place in places if place.revision})

    def with_line(place: Place) -> Place:
        revision = original(place.revision) if place.revision else ""
        return replace(place, base_line=old.get(place.base or ""), revision_line=new.get(revision))

    return [replace(finding, places=tuple(map(with_line, finding.places))) for finding in listed]
