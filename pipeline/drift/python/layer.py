"""The Python layer: both packages generated, compared and probed, and the effect of corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, operations
from pipeline.drift.python import probe
from pipeline.drift.python.class_names import name_changes
from pipeline.drift.python.classes import class_changes
from pipeline.drift.python.edition import Edition
from pipeline.drift.python.excerpt import Excerpt, plain
from pipeline.drift.python.functions import function_changes
from pipeline.drift.python.names import PACKAGE, PythonNames
from pipeline.drift.python.packages import Package, generate_all
from pipeline.drift.python.pair import SurfacePair
from pipeline.drift.python.surface import Function, operation_key, read_all
from pipeline.drift.rules import LEVELS, RULES
from pipeline.drift.rules.finding import Change, Finding, Place, is_above
from pipeline.drift.rules.grouping import group, to_finding
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.drift.wire.views import components

# Kinds of change that corrections do not absorb, since they concern operations as such, or prose.
SCHEMA_OF_BODY = ("-media-type-schema-added", "-media-type-schema-removed")
NEVER_ABSORBED = ("api-", "endpoint-", "server-", "document", "reference-")
CORRECTIONS = "the corrections in overlays/spec; the Python client does not change"


def python_findings(old: Edition, new: Edition, wire: list[Finding]) -> list[Finding]:
    """Return the wire findings, with those marked that corrections absorb, and the findings of the Python layer."""
    if old.document == new.document and old.project == new.project:
        return wire
    return [*with_absorbed(wire, old.corrected, new.corrected), *unmatched_corrections(old, new), *compare(old, new)]


def compare(old: Edition, new: Edition) -> list[Finding]:
    """Return the findings of the packages of two editions.

    In one tree, what did not change makes no difference, so that small excerpts of the documents are generated, unless
    the names in an excerpt depend on what it leaves out.
    """
    root, projects = new.project.root, (old.project, new.project)
    found = Excerpt.of(old.corrected, new.corrected)
    if found.is_small and old.project == new.project:
        packages = generate_all(list(zip(projects, found.documents, strict=True)))
        regenerated = Regenerated.of(root, *packages)
        with suppress(SyntaxError):
            if regenerated and not found.collides(regenerated.pair, regenerated.names.overrides):
                return regenerated.findings()
    listed = list(zip(projects, (old.corrected, new.corrected), strict=True))
    if old.project == new.project:
        # Where Python cannot read the code, the formatter names what is wrong with it.
        with suppress(SyntaxError):
            return compare_packages(root, *generate_all(listed))
    return compare_packages(root, *generate_all(listed, is_formatted=True))


def compare_packages(root: Path, old: Package, new: Package) -> list[Finding]:
    """Return the findings of two packages; `root` is the tree with the client that uses the new one."""
    regenerated = Regenerated.of(root, old, new)
    if regenerated:
        return regenerated.findings()
    rule = "python-generation-failed" if old.folder is not None else "python-base-failed"
    return list(single(rule, new=new.complaint if old.folder is not None else old.complaint))


def single(rule: str, label: str = "", **words: str) -> list[Finding]:
    """Return one finding."""
    return [to_finding([(Change(rule, None, None, words), label)], "python")]


def unmatched_corrections(old: Edition, new: Edition) -> Iterator[Finding]:
    """Yield findings for corrections that apply to the old document but not to the new one."""
    before = {one.place for one, _ in old.unmatched}
    for one, problem in new.unmatched:
        if one.place not in before:
            short = re.sub(r".*/overlays/", "overlays/", one.place)
            yield from single("correction-unmatched", new=f"{short} {problem.partition(';')[0]} (reason: {one.reason})")


def with_absorbed(wire: list[Finding], old: Document, new: Document) -> Iterator[Finding]:
    """Yield the wire findings, with those marked as absorbed that the corrected documents do not have."""
    corrected = wire_findings(as_text(old), as_text(new))
    left = {
        (RULES[finding.id].aspect, pointer)
        for finding in corrected
        for place in finding.places
        for pointer in (place.base, place.revision)
    }
    # Where a correction gives a body its schema in one document, its fields differ instead of the body.
    changed = {
        operation
        for finding in corrected
        if is_above(finding.level, "non-breaking")
        for operation in finding.operations
    }
    for finding in wire:
        aspect = RULES[finding.id].aspect
        shows = any(
            (aspect, pointer) in left for place in finding.places for pointer in (place.base, place.revision) if pointer
        )
        shows |= finding.id.endswith(SCHEMA_OF_BODY) and not changed.isdisjoint(finding.operations)
        if shows or finding.id.startswith(NEVER_ABSORBED) or LEVELS.index(finding.level) < LEVELS.index("non-breaking"):
            yield finding
        else:
            yield replace(finding, absorbed=CORRECTIONS, hint="")


def as_text(node: Any) -> Any:
    """Return a corrected document with identifiers as strings, which is what the client makes of them."""
    if is_object(node):
        return {key: as_text(value) for key, value in node.items() if (key, value) != ("format", "identifier")}
    return [as_text(item) for item in node] if is_list(node) else node


@dataclass
class Regenerated:
    """Two generated packages with their folders, documents and surfaces."""

    old: Package
    new: Package
    folders: tuple[Path, Path]
    names: PythonNames

    @classmethod
    def of(cls, root: Path, old: Package, new: Package) -> Regenerated | None:
        """Return two packages, or None where the generator failed; `root` is the tree with the client."""
        if old.folder is None or new.folder is None:
            return None
        return cls(old, new, (old.folder, new.folder), PythonNames(root))

    @cached_property
    def pair(self) -> SurfacePair:
        """The surfaces of both packages."""
        return SurfacePair(*read_all(*self.folders))

    @cached_property
    def pointers(self) -> tuple[Pointers, Pointers]:
        """Pointers into both corrected documents."""
        return Pointers(self.old.document), Pointers(self.new.document)

    def findings(self) -> list[Finding]:
        """Return the findings for dropped operations, differences, and payloads that cannot be parsed."""
        labels = {new.label: old.label for old, new in self.pair.functions if old and new}
        names_of: dict[tuple[Place, str, str], dict[str, None]] = {}
        uses: list[tuple[Change, str]] = []
        changes = (*function_changes(self.pair), *class_changes(self.pair))
        for change, label, names in name_changes(self.pair, changes):
            base, revision = self.pointers_of(labels.get(label, label), label, names)
            uses.append((replace(change, base=base, revision=revision), label))
            generated = names_of.setdefault((Place(label, base, revision), change.rule, sentence(change)), {})
            generated |= dict.fromkeys(f"{PACKAGE}.{name}" for name in names)
            known = self.names.methods_of(label) or self.names.methods_of(labels.get(label, ""))
            generated |= dict.fromkeys(known)
        dropped = list(self.dropped())
        gone = {label for one in dropped if one.id == "python-operation-dropped" for label in one.operations}
        gone_keys = {operation_key(label) for label in gone}
        lost = {label for one in dropped if one.id.endswith("-response-dropped") for label in one.operations}
        uses = [
            (change, label)
            for change, label in uses
            if operation_key(label) not in gone_keys
            and not (label in lost and change.rule.startswith("python-return-"))
        ]
        found = group(uses, "python")
        found = [with_names(one, names_of) for one in found]
        return [*dropped, *with_examples(found, self.unparsable(gone | lost))]

    def pointers_of(self, old: str, new: str, names: tuple[str, ...]) -> tuple[str | None, str | None]:
        """Return the place of a change in both documents: the operation, or the schema of the class."""
        before, after = self.pointers
        if new:
            return before.operation(old), after.operation(new)
        name = names[0].split(".")[1]
        original = self.schema_name(name)
        old_key, new_key = before.schema(original), after.schema(original)
        if old_key and new_key and old_key != new_key:
            # One of them is the component around an inline schema, or another one whose name begins alike.
            return (old_key, None) if before.is_exact(original) else (None, new_key)
        return old_key, new_key

    def schema_name(self, name: str) -> str:
        """Return the name that a class has without the generator's settings, which also name the classes within it."""
        given = [(value, key) for key, value in self.names.overrides.items() if name.startswith(value)]
        value, key = max(given, key=lambda one: len(one[0]), default=(name, name))
        return key + name.removeprefix(value)

    def dropped(self) -> Iterator[Finding]:
        """Yield findings for documented operations and responses that the generator drops."""
        for method, path, operation in operations(self.new.document):
            label = f"{method.upper()} {path}"
            key = operation_key(label)
            function, earlier = self.pair.new.functions.get(key), self.pair.old.functions.get(key)
            new = self.pointers[0].operation(label) is None
            # Only what was not dropped before is reported.
            if function is None and (new or earlier):
                rule = "python-new-operation-dropped" if new else "python-operation-dropped"
                yield from single(rule, label, operation=label)
            for status in unread_statuses(operation, function):
                if new or (earlier and status in earlier.statuses):
                    rule = "python-new-response-dropped" if new else "python-response-dropped"
                    yield from single(rule, label, operation=label, status=status)

    def unparsable(self, dropped: set[str]) -> Iterator[Finding]:
        """Yield findings for payloads of the new document that a client cannot parse, and for those of the old one.

        Payloads of the old document that the old client cannot parse are no change, and those of `dropped` operations
        are reported already.
        """
        mine, theirs = probe.relevant(self.pair, self.old.document, self.new.document)
        theirs = [one for one in theirs if one.label not in dropped]
        old, new = self.folders
        known, fresh, stale, own = probe.failures(
            [
                (old, self.pair.old, mine),
                (old, self.pair.old, theirs),
                (new, self.pair.new, mine),
                (new, self.pair.new, theirs),
            ]
        )
        usual = {(one.payload.label, one.error) for one in known}
        yield from self.parse_findings("python-new-parse-fails", own, usual)
        reported = usual | {(one.payload.label, one.error) for one in own}
        yield from self.parse_findings("python-parse-fails", fresh, usual)
        yield from self.parse_findings("python-parse-fails-old-server", stale, reported)

    def parse_findings(self, rule: str, listed: list[probe.Failure], usual: set[tuple[str, str]]) -> Iterator[Finding]:
        """Yield one finding per error, with the first payload that causes it."""
        errors: dict[str, list[probe.Failure]] = {}
        for one in listed:
            if (one.payload.label, one.error) not in usual:
                errors.setdefault(one.error, []).append(one)
        for error, same in errors.items():
            first = same[0].payload
            what = f" on {first.label}" + (f" ({first.status})" if first.event is None else "") if first.label else ""
            labels = dict.fromkeys(one.payload.label for one in same)
            after = self.pointers[1]
            uses = [
                (Change(rule, None, after.operation(label), {"new": code(error) + what}), label) for label in labels
            ]
            functions = (self.pair.old.functions.get(operation_key(label)) for label in labels)
            modules = [f"{PACKAGE}.{function.module}" for function in functions if function]
            yield replace(to_finding(uses, "python"), payload=first.value, python=tuple(modules))


def sentence(change: Change) -> str:
    """Return the sentence of a change, as a finding has it."""
    return to_finding([(change, "")], "python").text


def with_names(finding: Finding, names_of: dict[tuple[Place, str, str], dict[str, None]]) -> Finding:
    """Return a finding with the generated names of its changes, and the methods of `Chatflow` that use them."""
    found: dict[str, None] = {}
    places = set(finding.places)
    if finding.table:
        for (place, rule, _), names in names_of.items():
            found |= names if place in places and rule == finding.id else {}
    for place in finding.places:
        found |= names_of.get((place, finding.id, finding.text), {})
    return replace(finding, python=tuple(found))


def with_examples(found: list[Finding], failed: Iterable[Finding]) -> list[Finding]:
    """Return the findings with those of failed payloads; where a result changed, its payload is an example of that."""
    changed = {one.operations: one for one in found if one.id == "python-return-changed"}
    for one in failed:
        result = changed.get(one.operations) if one.id == "python-parse-fails" else None
        if result:
            example = replace(result, payload=one.payload, also=(*result.also, one.id))
            found = [example if other is result else other for other in found]
        else:
            found = [*found, one]
    return found


def unread_statuses(operation: Document, function: Function | None) -> list[str]:
    """Return the documented statuses that a function does not handle."""
    documented = {str(status) for status in object_at(operation, "responses") if str(status).isdigit()}
    return sorted(documented - function.statuses) if function else []


class Pointers:
    """Pointers to the operations and schemas of a corrected document, by what is generated from them."""

    def __init__(self, document: Document) -> None:
        self.operations = {
            operation_key(f"{method.upper()} {path}"): f"/paths/{escape(path)}/{method}"
            for method, path, _ in operations(document)
        }
        listed = components(document, "schemas")
        self.schemas = {plain(str(one["title"])): key for key, one in listed.items() if "title" in one}
        self.schemas |= {plain(key): key for key in listed}

    def operation(self, label: str) -> str | None:
        """Return the pointer of an operation, or None if the document does not have it."""
        return self.operations.get(operation_key(label))

    def is_exact(self, name: str) -> bool:
        """Return whether a component has the name of a class."""
        return plain(name) in self.schemas

    def schema(self, name: str) -> str | None:
        """Return the pointer of a class's schema, or that of the component around an inline schema."""
        wanted = plain(name)
        # The longest prefix that is a name; the complete name is the first.
        key = next(
            (self.schemas[start] for end in range(len(wanted), 0, -1) if (start := wanted[:end]) in self.schemas), None
        )
        return f"/components/schemas/{escape(key)}" if key else None
