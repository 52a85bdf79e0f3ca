"""All pairs of schemas of two documents that were looked at, each once, with what stands where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.document import Document, escape, is_object, references
from pipeline.drift.rules.findings import Change
from pipeline.drift.schemas.diff import Differ, Key, Pair, Position
from pipeline.drift.schemas.normal import NormalSchema, SchemaReader, SchemaRef

SAME: Key = ("", "", "", "", "", False)


class Comparison:
    """All pairs of schemas that were looked at, each once."""

    def __init__(self, base: SchemaReader, revision: SchemaReader) -> None:
        self.base = base
        self.revision = revision
        self.pairs: dict[Key, Pair] = {SAME: Pair()}
        self.touched = touched(base.document, revision.document)

    def untouched(self, base: SchemaRef, revision: SchemaRef) -> bool:
        """Whether two schemas are written alike and lead to nothing that changed."""
        if base.more or revision.more or base.raw != revision.raw:
            return False
        return not any(reference in self.touched for _, reference in references({"properties": {"": base.raw}}))

    def pair(self, base: SchemaRef, revision: SchemaRef, slot: Position) -> Key:
        """Compare two schemas, unless that was done before; gives what `reached` takes."""
        if self.untouched(base, revision):
            return SAME
        old, new = self.base.normalise(base), self.revision.normalise(revision)
        named = old.names or new.names
        if named and slot.root != "request-parameter":
            # A component is known by its own name, however it is reached; so recursive schemas have short paths.
            slot = replace(slot, name=named[0].rsplit("/", 1)[-1])
        key = (identity(old, base), identity(new, revision), slot.root, slot.name, slot.loose, slot.muted)
        if key not in self.pairs:
            pair = self.pairs[key] = Pair()
            Differ(self, pair, slot, old, new).run()
        return key

    def reached(self, key: Key) -> Iterator[Change]:
        """Every change in a pair and its parts."""
        seen = {key}
        waiting = [key]
        while waiting:
            pair = self.pairs[waiting.pop()]
            yield from pair.changes
            for part in pair.parts:
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)

    def alike(self, base: SchemaRef, revision: SchemaRef, slot: Position) -> bool:
        """Whether two schemas do not differ."""
        return next(self.reached(self.pair(base, revision, slot)), None) is None


def touched(base: Document, revision: Document) -> set[str]:
    """The references to components that are written otherwise, or lead to such ones."""
    old, new = (flat(document) for document in (base, revision))
    found = {reference for reference in old.keys() | new.keys() if old.get(reference) != new.get(reference)}
    users: dict[str, list[str]] = {}
    for owner, component in old.items():
        for _, reference in references(component):
            users.setdefault(reference, []).append(owner)
            # A reference below a component counts as one to the component.
            users.setdefault("/".join(reference.split("/")[:4]), []).append(owner)
    waiting = list(found)
    while waiting:
        for user in users.get(waiting.pop(), []):
            if user not in found:
                found.add(user)
                waiting.append(user)
    # What leads out of the components may lead anywhere.
    paths = {reference for _, reference in references(base) if not reference.startswith("#/components/")}
    deeper = {reference for _, reference in references(base) if "/".join(reference.split("/")[:4]) in found}
    return found | paths | deeper


def flat(document: Document) -> Document:
    """The components by reference."""
    kinds: Any = document.get("components")
    listed = {kind: one for kind, one in kinds.items() if is_object(one)} if is_object(kinds) else {}
    return {f"#/components/{kind}/{escape(name)}": one for kind, named in listed.items() for name, one in named.items()}


def identity(shape: NormalSchema, spot: SchemaRef) -> str:
    """What tells schemas apart once references are followed."""
    return "+".join([shape.pointer, *(one.id for one in spot.more)])
