"""A schema as a document writes it, together with its JSON pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.document import escape, is_object


@dataclass(frozen=True, slots=True)
class SchemaRef:
    """A schema and the JSON pointer to it. `more` lists further schemas that its values must satisfy."""

    raw: Any
    pointer: str
    more: tuple[SchemaRef, ...] = ()

    def child(self, *keys: object) -> SchemaRef:
        """Return the schema below some keys."""
        node = self.raw
        pointer = self.pointer
        for key in keys:
            node = node[key]
            pointer = f"{pointer}/{escape(str(key))}"
        return SchemaRef(node, pointer)

    @property
    def target(self) -> str | None:
        """The value of its `$ref`, if it has one."""
        found: Any = self.raw.get("$ref") if is_object(self.raw) else None
        return found if isinstance(found, str) else None

    @property
    def id(self) -> str:
        """A key for this schema within its document."""
        return "+".join([self.pointer, *(ref.id for ref in self.more)])


def ref_to(pointer: str) -> SchemaRef:
    """Return a reference to the schema at a JSON pointer."""
    return SchemaRef({"$ref": f"#{pointer}"}, pointer)
