"""Two versions of a schema at one position, and the differences that comparing them yields."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.drift.rules import LOWER_BOUNDS, UPPER_BOUNDS
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.normal import NormalSchema
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reader import SchemaReader
from pipeline.drift.schemas.reference import SchemaRef

BOUNDS = frozenset((UPPER_BOUNDS | LOWER_BOUNDS).values())


@dataclass(frozen=True, slots=True)
class Part:
    """Two versions of a part of a schema, still to be compared."""

    old: SchemaRef
    new: SchemaRef
    position: Position


Difference = Change | Part


@dataclass(frozen=True, slots=True)
class SchemaPair:
    """Two versions of a schema, and the readers of the documents they come from.

    `position` names its parts, and `label` the schema itself.
    """

    old: NormalSchema
    new: NormalSchema
    position: Position
    label: str
    old_reader: SchemaReader
    new_reader: SchemaReader

    @property
    def inner(self) -> Position:
        """The position of a part without a name."""
        return self.position.inner(self.position.name)

    def change(self, aspect: str, **words: str) -> Change:
        """Return a change of this schema."""
        is_bound = "enum" in aspect or aspect.rpartition("-")[0] in BOUNDS
        return Change(
            f"{self.position.root}-{aspect}",
            self.old.pointer,
            self.new.pointer,
            {"name": self.label, **words},
            self.position.is_non_binding and is_bound,
        )
