"""The comparison of the schemas of two documents: every pair once, however often and deeply it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.document import Document, escape, is_object, references
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import is_same
from pipeline.drift.schemas.diff import diff_schemas
from pipeline.drift.schemas.pair import Part, SchemaPair
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reader import SchemaReader
from pipeline.drift.schemas.reference import SchemaRef

Key = tuple[str, str, Position, str]
SAME: Key = ("", "", Position("", ""), "")


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
        self._changed = changed_references(base.document, revision.document)

    def compare(self, base: SchemaRef, revision: SchemaRef, position: Position) -> Iterator[Change]:
        """Yield every change between two schemas and their parts."""
        key = self._diff(base, revision, position)
        seen = {key}
        waiting = [key]
        while waiting:
            diff = self._diffs[waiting.pop()]
            yield from diff.changes
            for part in diff.parts:
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)

    def is_equal(self, base: SchemaRef, revision: SchemaRef, position: Position) -> bool:
        """Return whether two schemas do not differ."""
        return not any(self.compare(base, revision, position))

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
                    diff.parts.append(self._diff(one.old, one.new, one.position))
                else:
                    diff.changes.append(one)
        return key

    def _is_untouched(self, base: SchemaRef, revision: SchemaRef) -> bool:
        """Return whether two schemas are written alike and lead to nothing that changed."""
        if base.more or revision.more or not is_same(base.raw, revision.raw):
            return False
        return not any(target in self._changed for _, target in references({"properties": {"": base.raw}}))


def changed_references(base: Document, revision: Document) -> set[str]:
    """Return the references to components that are written differently or lead to such ones."""
    old, new = (components_by_reference(document) for document in (base, revision))
    found = {reference for reference in old.keys() | new.keys() if not is_same(old.get(reference), new.get(reference))}
    users: dict[str, list[str]] = {}
    for owner, component in old.items():
        for _, reference in references(component):
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
    others = {reference for _, reference in references(base) if not reference.startswith("#/components/")}
    deeper = {reference for _, reference in references(base) if component_of(reference) in found}
    return found | others | deeper


def component_of(reference: str) -> str:
    """Return the reference to the component that a reference leads into."""
    return "/".join(reference.split("/")[:4])


def components_by_reference(document: Document) -> Document:
    """Return the components of a document by the references to them."""
    kinds: Any = document.get("components")
    listed = {kind: one for kind, one in kinds.items() if is_object(one)} if is_object(kinds) else {}
    return {f"#/components/{kind}/{escape(name)}": one for kind, named in listed.items() for name, one in named.items()}
