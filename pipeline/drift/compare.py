"""One comparison of two documents: selection, both layers, line numbers, Python names and waivers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import yaml_text
from pipeline.corrections import overlap
from pipeline.document import Document, check_same_api, escape, load
from pipeline.drift.python.correction_problems import Problem, problems
from pipeline.drift.python.correction_problems import findings as problem_findings
from pipeline.drift.python.edition import editions
from pipeline.drift.python.layer import python_findings, with_absorbed
from pipeline.drift.python.names import PythonNames
from pipeline.drift.python.stale_code import stale_findings
from pipeline.drift.report.line_numbers import line_numbers
from pipeline.drift.report.waivers import Waivers
from pipeline.drift.rules.finding import Change, Finding, Place, severity_key
from pipeline.drift.rules.grouping import group, merge_similar
from pipeline.drift.rules.verdict import Report
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.drift.wire.not_compared import not_compared
from pipeline.drift.wire.published import PATH as PUBLISHED
from pipeline.drift.wire.published import Published
from pipeline.drift.wire.selection import Selection, is_superset, path_prefix, select, without_prefix
from pipeline.drift.wire.self_description import LEFT_OUT, completed, is_self_description
from pipeline.drift.wire.stable_names import PATH as NAMES
from pipeline.drift.wire.stable_names import StableNames
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


@dataclass(frozen=True)
class Pair:
    """The two documents in the form in which they are compared.

    Attributes:
        base: The old document; of a document for several kinds of apps its chatflow part, under our names.
        revision: The new document, in the same form.
        old_selection: How the part of the old document was selected, or None.
        selection: How the part of the new document was selected, or None.
        published: The published revision that was vendored, if the old document is the vendored one.
        is_reduced: Whether the new document is a server's own, which describes neither events nor errors.
    """

    base: Document
    revision: Document
    old_selection: Selection | None
    selection: Selection | None
    published: Published
    is_reduced: bool

    @classmethod
    def of(cls, task: Task) -> Pair:
        """Return the documents of a task; raise PipelineError if the new one describes another API."""
        base, revision = task.base.document, task.revision.document
        prefix = path_prefix(base, revision) if task.is_corrected else ""
        revision = without_prefix(revision, prefix)
        if task.is_corrected:
            check_same_api(base, revision, task.revision.name)
        is_reduced = task.is_corrected and is_self_description(base, revision)
        old_selection = selection = None
        if task.has_selection:
            smaller = smaller_document(task, base, revision)
            names = StableNames.load(task.root / NAMES)
            if is_reduced or is_superset(smaller, revision):
                selection = select(smaller, revision, names)
            if is_superset(smaller, base):
                old_selection = select(smaller, base, names)
        if selection:
            revision, selection.prefix = selection.document, prefix
        if old_selection:
            base = old_selection.document
        if is_reduced:
            return cls(base, completed(base, revision), old_selection, selection, Published(), is_reduced)
        return cls(base, revision, old_selection, selection, known_revision(task), is_reduced)

    def old_original(self, pointer: str) -> str:
        """Return a pointer into the base as one into the document that was read."""
        return self.old_selection.original(pointer) if self.old_selection else pointer

    def original(self, pointer: str) -> str:
        """Return a pointer into the revision as one into the document that was read."""
        return self.selection.original(pointer) if self.selection else pointer

    def notes(self) -> tuple[str, ...]:
        """Return what the report does not show."""
        left_out = max(one.left_out if one else 0 for one in (self.old_selection, self.selection))
        known = self.published.known
        notes = {
            f"left out: {count(left_out, 'operation')} of other kinds of apps": left_out,
            LEFT_OUT: self.is_reduced,
            f"not repeated: {count(known, 'text or name', 'texts and names')} of the vendored revision": known,
        }
        ignored = not_compared(self.base, self.revision) if self.base != self.revision else []
        notes[f"not compared: {', '.join(ignored)}"] = len(ignored)
        return tuple(note for note, is_shown in notes.items() if is_shown)


def smaller_document(task: Task, base: Document, revision: Document) -> Document:
    """Return the document that decides which operations and names are compared: the one for chatflow apps only.

    Where both documents are for several kinds of apps, that is the vendored one.
    """
    if is_superset(revision, base):
        return revision
    spec = Project(task.root).spec
    if is_superset(base, revision) or not task.is_corrected or not spec.is_file():
        return base
    return base if is_vendored(task) else load(spec)


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def compare(task: Task) -> Report:
    """Compare two documents and return the report."""
    pair = Pair.of(task)
    has_python = task.layer in ("python", "all") and not pair.is_reduced
    found = wire_layer(task, pair)
    if has_python:
        roots = task.base_root or task.root, task.root
        old, new = editions(roots, pair.base, pair.revision, is_corrected=task.is_corrected)
        wire = found
        found = python_findings(old, new, wire)
        if task.is_corrected and task.base_root is None and pair.base != pair.revision:
            found = with_problems(found, wire, list(problems(old.traced, new.traced, new.corrections, wire)))
        found += stale_findings(old.project, [(task.base, old), (task.revision, new)])
    found = with_lines(merge_similar(found), task, pair)
    names = PythonNames(task.root)
    found = [one if one.python else replace(one, python=names.of(one.places)) for one in found]
    if task.waivers and task.waivers.is_file():
        found = Waivers.load(task.waivers).apply(found, task.layer)
    # Findings that corrections absorb come last, since they need no action.
    found.sort(key=lambda one: (one.absorbed is not None, severity_key(one)))
    return Report(task.base.name, task.revision.name, tuple(found), has_python, pair.notes())


def wire_layer(task: Task, pair: Pair) -> list[Finding]:
    """Return the findings of the wire layer, if the task asks for them, and those of the selection."""
    found: list[Finding] = []
    if task.layer in ("wire", "all"):
        found += wire_findings(pair.base, pair.revision, (task.base.name, task.revision.name), pair.published)
    if pair.is_reduced:
        both = editions((task.root, task.root), pair.base, pair.revision)
        found = [finding for finding in found if finding.id != "documentation-changed"]
        return list(with_absorbed(found, *(one.corrected for one in both)))
    if pair.selection and not pair.old_selection:
        found += selection_findings(pair.selection, pair.published)
    return found


def with_problems(found: list[Finding], wire: list[Finding], unfit: list[Problem]) -> list[Finding]:
    """Return the findings with those of unfit corrections; a contradicted correction absorbs nothing."""
    contradicted = [pointer for one in unfit if one.kind == "correction-contradicted" for pointer in one.pointers]
    original = {one.fingerprint: one for one in wire}

    def is_exposed(finding: Finding) -> bool:
        pointers = [place.revision for place in finding.places if place.revision]
        return bool(finding.absorbed) and any(overlap(one, other) for one in pointers for other in contradicted)

    shown = [original[one.fingerprint] if is_exposed(one) else one for one in found if one.id != "correction-unmatched"]
    return [*shown, *problem_findings(unfit)]


def known_revision(task: Task) -> Published:
    """Return what is known of the published revision that was vendored, if the old document is the vendored one."""
    return Published.load(task.root / PUBLISHED) if is_vendored(task) else Published()


def is_vendored(task: Task) -> bool:
    """Return whether the old document is the vendored one."""
    spec = Project(task.root).spec
    return spec.is_file() and spec.read_text(encoding="utf-8") == task.base.text


def selection_findings(selection: Selection, published: Published) -> list[Finding]:
    """Return findings for what the selection renamed, and for operations that are not listed for chatflow apps.

    What the `published` revision had already is left out.
    """
    renames = [
        Change("document-operation-renamed", None, None, {"old": old, "new": new})
        for old, new in selection.operation_ids
        if not published.has(f"operationId {old}", new)
    ]
    renames += [
        Change("document-schema-renamed", None, None, {"old": old, "new": new})
        for new, old in selection.names.schemas.items()
        if not published.has(f"schema {old}", new)
    ]
    unlisted: list[tuple[Change, str]] = []
    for label in (label for label in selection.unlisted if not published.has(f"unlisted {label}", True)):
        method, _, path = label.partition(" ")
        pointer = f"/paths/{escape(path)}/{method.lower()}"
        unlisted.append((Change("document-operation-unlisted", pointer, pointer, {"name": label}), label))
    return group([*((change, "") for change in renames), *unlisted])


def lines(text: str, pointers: set[str]) -> dict[str, int]:
    """Return the lines of pointers in a JSON or YAML text."""
    return yaml_text.line_numbers(text, pointers) if yaml_text.is_yaml(text) else line_numbers(text, pointers)


def with_lines(found: Iterable[Finding], task: Task, pair: Pair) -> list[Finding]:
    """Return the findings with the line numbers of both documents as they were read."""
    listed = list(found)
    places = [place for finding in listed for place in finding.places]
    old = lines(task.base.text, {pair.old_original(place.base) for place in places if place.base})
    new = lines(task.revision.text, {pair.original(place.revision) for place in places if place.revision})

    def with_line(place: Place) -> Place:
        base = pair.old_original(place.base) if place.base else ""
        revision = pair.original(place.revision) if place.revision else ""
        return replace(place, base_line=old.get(base), revision_line=new.get(revision))

    return [replace(finding, places=tuple(map(with_line, finding.places))) for finding in listed]
