"""The Python layer: both packages generated, compared and probed, and the effect of corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, operations
from pipeline.drift.python import probe
from pipeline.drift.python.difference import Difference
from pipeline.drift.python.names import PACKAGE, PythonNames
from pipeline.drift.python.packages import Package, generate_both
from pipeline.drift.python.surface import Function, Surface, read
from pipeline.drift.rules import LEVELS, RULES
from pipeline.drift.rules.finding import Change, Finding, Place
from pipeline.drift.rules.grouping import group, to_finding
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.drift.wire.views import components

# Kinds of change that corrections do not absorb, since they concern operations as such, or prose.
NEVER_ABSORBED = ("api-", "endpoint-", "server-", "document", "reference-")
CORRECTIONS = "the corrections in overlays/spec; the Python client does not change"


def python_findings(
    roots: tuple[Path, Path], base: Document, revision: Document, wire: list[Finding], *, is_corrected: bool = True
) -> list[Finding]:
    """Return the wire findings, with those marked that corrections absorb, and the findings of the Python layer.

    `roots` are the trees with the corrections and settings of the old and the new package, usually the same.
    """
    if base == revision and roots[0] == roots[1]:
        return wire
    old, new = generate_both(roots, base, revision, is_corrected=is_corrected)
    found = list(unmatched_corrections(old, new))
    if old.folder is None or new.folder is None:
        rule = "python-generation-failed" if old.folder is not None else "python-base-failed"
        found += single(rule, new=new.complaint if old.folder is not None else old.complaint)
    else:
        found += Regenerated(old, new, read(old.folder), read(new.folder), PythonNames(roots[1])).findings(
            old.folder, new.folder
        )
    return [*with_absorbed(wire, old, new), *found]


def single(rule: str, label: str = "", **words: str) -> list[Finding]:
    """Return one finding."""
    return [to_finding([(Change(rule, None, None, words), label)], "python")]


def unmatched_corrections(old: Package, new: Package) -> Iterator[Finding]:
    """Yield findings for corrections that apply to the old document but not to the new one."""
    before = {one.place for one, _ in old.unmatched}
    for one, problem in new.unmatched:
        if one.place not in before:
            short = re.sub(r".*/overlays/", "overlays/", one.place)
            yield from single("correction-unmatched", new=f"{short} {problem} (reason: {one.reason})")


def with_absorbed(wire: list[Finding], old: Package, new: Package) -> Iterator[Finding]:
    """Yield the wire findings, with those marked as absorbed that the corrected documents do not have."""
    left = {
        (RULES[finding.id].aspect, pointer)
        for finding in wire_findings(as_text(old.document), as_text(new.document))
        for place in finding.places
        for pointer in (place.base, place.revision)
    }
    for finding in wire:
        aspect = RULES[finding.id].aspect
        shows = any(
            (aspect, pointer) in left for place in finding.places for pointer in (place.base, place.revision) if pointer
        )
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
    """Two generated packages with their documents and surfaces."""

    old: Package
    new: Package
    before: Surface
    after: Surface
    names: PythonNames

    def findings(self, old: Path, new: Path) -> list[Finding]:
        """Return the findings for dropped operations, differences, and payloads that cannot be parsed."""
        seen = list(Difference(self.before, self.after).changes())
        touched: dict[Change, list[str]] = {}
        uses: list[tuple[Change, str]] = []
        for change, label, names in seen:
            one = self.with_pointers(change, label, names)
            touched.setdefault(one, []).extend(names)
            uses.append((one, label))
        found = [replace(one, python=self.names_of(one, uses, touched)) for one in group(uses, "python")]
        return [*self.dropped(), *found, *self.unparsable(old, new)]

    def with_pointers(self, change: Change, label: str, names: tuple[str, ...]) -> Change:
        """Return a change with its place in both documents: the operation, or the schema of the class."""
        if label:
            return replace(
                change, base=pointer_of(self.old.document, label), revision=pointer_of(self.new.document, label)
            )
        name = names[0].split(".")[1]
        original = next((key for key, value in self.names.overrides.items() if value == name), name)
        pointers = [schema_of(package.document, original) for package in (self.old, self.new)]
        return replace(change, base=pointers[0], revision=pointers[1])

    def names_of(
        self, finding: Finding, uses: list[tuple[Change, str]], touched: dict[Change, list[str]]
    ) -> tuple[str, ...]:
        """Return the generated names of a finding, and the methods of `Chatflow` that use them."""
        found: dict[str, None] = {}
        for change, label in uses:
            place = Place(label, change.base, change.revision)
            words = RULES[change.rule].sentence.format_map(change.words)
            if place in finding.places and (words == finding.text or finding.table):
                found |= dict.fromkeys(f"{PACKAGE}.{name}" for name in touched[change])
                found |= dict.fromkeys(self.names.methods.get(self.names.modules.get(label, ""), []))
        return tuple(found)

    def dropped(self) -> Iterator[Finding]:
        """Yield findings for documented operations and responses that the generator drops."""
        for method, path, operation in operations(self.new.document):
            label = f"{method.upper()} {path}"
            function, earlier = self.after.functions.get(label), self.before.functions.get(label)
            new = pointer_of(self.old.document, label) is None
            # Only what was not dropped before is reported.
            if function is None and (new or earlier):
                rule = "python-new-operation-dropped" if new else "python-operation-dropped"
                yield from single(rule, label, operation=label)
            for status in unread_statuses(operation, function):
                if new or (earlier and status in earlier.statuses):
                    rule = "python-new-response-dropped" if new else "python-response-dropped"
                    yield from single(rule, label, operation=label, status=status)

    def unparsable(self, old: Path, new: Path) -> Iterator[Finding]:
        """Yield findings for payloads of the new document that the old client cannot parse, and the reverse."""
        with ThreadPoolExecutor(3) as pool:
            mine, theirs = probe.payloads(self.old.document), probe.payloads(self.new.document)
            known = pool.submit(probe.failures, old, self.before, mine)
            fresh = pool.submit(probe.failures, old, self.before, theirs)
            stale = pool.submit(probe.failures, new, self.after, mine)
            usual = {(one.payload.label, one.error) for one in known.result()}
            yield from self.parse_findings("python-parse-fails", fresh.result(), usual)
            yield from self.parse_findings("python-parse-fails-old-server", stale.result(), usual)

    def parse_findings(self, rule: str, listed: list[probe.Failure], usual: set[tuple[str, str]]) -> Iterator[Finding]:
        """Yield one finding per error, with the first payload that causes it."""
        errors: dict[str, list[probe.Failure]] = {}
        for one in listed:
            if (one.payload.label, one.error) not in usual:
                errors.setdefault(one.error, []).append(one)
        for error, same in errors.items():
            words = {"new": f"{code(error)} on {same[0].payload.label} ({same[0].payload.status})"}
            labels = dict.fromkeys(one.payload.label for one in same)
            uses = [(Change(rule, None, pointer_of(self.new.document, label), words), label) for label in labels]
            modules = [
                f"{PACKAGE}.{self.before.functions[label].module}" for label in labels if label in self.before.functions
            ]
            yield replace(to_finding(uses, "python"), payload=same[0].payload.value, python=tuple(modules))


def unread_statuses(operation: Document, function: Function | None) -> list[str]:
    """Return the documented statuses that a function does not handle."""
    documented = {str(status) for status in object_at(operation, "responses") if str(status).isdigit()}
    return sorted(documented - function.statuses) if function else []


def pointer_of(document: Document, label: str) -> str | None:
    """Return the pointer of an operation, or None if the document does not have it."""
    method, _, path = label.partition(" ")
    here = path in document["paths"] and method.lower() in document["paths"][path]
    return f"/paths/{escape(path)}/{method.lower()}" if here else None


def schema_of(document: Document, name: str) -> str | None:
    """Return the pointer of a class's schema, or that of the component around an inline schema."""
    wanted = name.lower()
    schemas = {re.sub(r"\W|_", "", key).lower(): key for key in components(document, "schemas")}
    titles = {
        re.sub(r"\W|_", "", str(one.get("title"))).lower(): key
        for key, one in components(document, "schemas").items()
        if "title" in one
    }
    around = [key for key in schemas if wanted.startswith(key)]
    key = schemas.get(wanted) or titles.get(wanted) or (schemas[max(around, key=len)] if around else None)
    return f"/components/schemas/{escape(key)}" if key else None


__all__ = ["python_findings"]
