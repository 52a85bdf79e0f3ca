"""The comparison of the schemas of two documents: every pair once, however often and deeply it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.document import Document, escape, is_object, targets
from pipeline.drift.rules.finding import Change, is_above
from pipeline.drift.schemas.access import is_same
from pipeline.drift.schemas.diff import diff_schemas
from pipeline.drift.schemas.pair import Part, SchemaPair
from pipeline.drift.schemas.phrases import last_part
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reader import SchemaReader
from pipeline.drift.schemas.reference import SchemaRef

Key = tuple[str, str, Position, str]
SAME: Key = ("", "", Position("", ""), "")
SCHEMAS = "#/components/schemas/"
BODIES = ("request-body", "response-body")


@dataclass(slots=True)
class SchemaDiff:
    """The changes between two versions of a schema, and the keys of their parts."""

    changes: list[Change] = field(default_factory=list[Change])
    parts: list[Key] = field(default_factory=list[Key])


class SchemaComparison:
    """The schemas of two documents compared, each pair at most once per position."""

    def __init__(self, base: SchemaReader, revision: SchemaReader) -> None:
        self.base = base
        self.revision = revision
        self._diffs: dict[Key, SchemaDiff] = {SAME: SchemaDiff()}
        self._replaced: dict[Key, tuple[Change, Key]] = {}
        self._components = components_by_reference(base.document), components_by_reference(revision.document)
        self._changed = changed_references(*self._components, base.document)

    def compare(self, base: SchemaRef, revision: SchemaRef, position: Position) -> Iterator[Change]:
        """Yield every change between two schemas and their parts."""
        yield from self._changes(self._use(base, revision, position, is_body=position.root in BODIES))

    def _changes(self, start: Key, *, is_detailed: bool = False) -> Iterator[Change]:
        """Yield the changes below a key; when `is_detailed`, also the fields of replaced schemas."""
        seen = {start}
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key in self._replaced:
                change, details = self._replaced[key]
                if not is_detailed and any(is_above(one.level, "non-breaking") for one in self._details(details)):
                    yield change
                elif details not in seen:
                    seen.add(details)
                    waiting.append(details)
                continue
            diff = self._diffs[key]
            yield from diff.changes
            for part in diff.parts:
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)

    def is_equal(self, base: SchemaRef, revision: SchemaRef, position: Position) -> bool:
        """Return whether two schemas do not differ."""
        return not any(self.compare(base, revision, position))

    def _details(self, key: Key) -> Iterator[Change]:
        """Yield the changes of all fields below a key."""
        return self._changes(key, is_detailed=True)

    def _use(self, base: SchemaRef, revision: SchemaRef, position: Position, *, is_body: bool = True) -> Key:
        """Compare the schemas of a field, an item or a body, and note whether one component took another's place."""
        if self._is_dangling(revision.target):
            # The reference is reported as such.
            return SAME
        key = self._diff(base, revision, position)
        if key == SAME or not is_body or not self._is_replaced(base.target, revision.target):
            return key
        words = {"name": position.label, "old": last_part(base.target), "new": last_part(revision.target)}
        change = Change(f"{position.root}-schema-replaced", base.pointer, revision.pointer, words)
        replaced: Key = (base.pointer, revision.pointer, position, "replaced")
        self._replaced[replaced] = change, key
        return replaced

    def _is_replaced(self, old: str | None, new: str | None) -> bool:
        """Return whether one component took the place of another one, which is not just its earlier name."""
        if not old or not new or old == new or not (old.startswith(SCHEMAS) and new.startswith(SCHEMAS)):
            return False
        before, after = self._components
        return old in after or new in before

    def _is_dangling(self, target: str | None) -> bool:
        """Return whether a reference that is written in the new document names a schema that it does not have."""
        if not target or not target.startswith(SCHEMAS) or target in self._components[1]:
            return False
        return target in targets(self.revision.document)

    def _diff(self, base: SchemaRef, revision: SchemaRef, position: Position) -> Key:
        """Compare two schemas unless that was done before, and return the key of the result."""
        if self._is_untouched(base, revision):
            return SAME
        old, new = self.base.normalise(base), self.revision.normalise(revision)
        names = old.names or new.names
        label = position.label
        if names and position.root != "request-parameter":
            # The parts of a component go by its own name, however it is reached, which keeps the paths of recursive
            # schemas short. What is written at the reference concerns only the field that has it.
            position = replace(position, name=names[0].rsplit("/", 1)[-1])
            label = position.label if old.is_component and new.is_component else label
        key = (old.id, new.id, position, label)
        if key not in self._diffs:
            diff = self._diffs[key] = SchemaDiff()
            for one in diff_schemas(SchemaPair(old, new, position, label, self.base, self.revision), self.compare):
                if isinstance(one, Part):
                    diff.parts.append(self._use(one.old, one.new, one.position))
                else:
                    diff.changes.append(one)
        return key

    def _is_untouched(self, base: SchemaRef, revision: SchemaRef) -> bool:
        """Return whether two schemas are written alike and lead to nothing that changed."""
        if base.more or revision.more or not is_same(base.raw, revision.raw):
            return False
        return not any(target in self._changed for target in targets({"properties": {"": base.raw}}))


def changed_references(old: Document, new: Document, base: Document) -> set[str]:
    """Return the references to components that are written differently or lead to such ones.

    Args:
        old: The components of the old document by the references to them.
        new: Those of the new one.
        base: The old document.
    """
    found = {reference for reference in old.keys() | new.keys() if not is_same(old.get(reference), new.get(reference))}
    users: dict[str, list[str]] = {}
    for owner, component in old.items():
        for reference in targets(component):
            users.setdefault(reference, []).append(owner)
            # A reference below a component counts as one to the component.
            users.setdefault(component_of(reference), []).append(owner)
    waiting = list(found)
    while waiting:
        for user in users.get(waiting.pop(), []):
            if user not in found:
                found.add(user)
                waiting.append(user)
    # A reference to anything but a component may lead anywhere.
    written = targets(base)
    others = {reference for reference in written if not reference.startswith("#/components/")}
    deeper = {reference for reference in written if component_of(reference) in found}
    return found | others | deeper


def component_of(reference: str) -> str:
    """Return the reference to the component that a reference leads into."""
    return "/".join(reference.split("/")[:4])


def components_by_reference(document: Document) -> Document:
    """Return the components of a document by the references to them."""
    kinds: Any = document.get("components")
    listed = {kind: one for kind, one in kinds.items() if is_object(one)} if is_object(kinds) else {}
    return {f"#/components/{kind}/{escape(name)}": one for kind, named in listed.items() for name, one in named.items()}
