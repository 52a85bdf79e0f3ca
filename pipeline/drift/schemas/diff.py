"""One pair of schemas: types, formats, null, marks and keywords; values, choices and fields in modules of their own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.document import is_object
from pipeline.drift.rules import LOWER, SLOTS, UPPER
from pipeline.drift.rules.findings import Change
from pipeline.drift.schemas.deprecation import deprecations, unknown_stability
from pipeline.drift.schemas.fields import properties
from pipeline.drift.schemas.normal import NormalSchema, SchemaRef
from pipeline.drift.schemas.phrases import code
from pipeline.drift.schemas.unions import discriminators, unions
from pipeline.drift.schemas.values import values

if TYPE_CHECKING:
    from pipeline.drift.schemas.comparison import Comparison

TEXT, ARRAY = frozenset({"string"}), frozenset({"array"})
BOUNDS = frozenset((UPPER | LOWER).values())
WIDER_FORMATS = {("int32", "int64"), ("float", "double"), ("date", "date-time")}
# Keywords that are compared as a whole.
WHOLE = (
    "if",
    "then",
    "else",
    "patternProperties",
    "propertyNames",
    "contains",
    "prefixItems",
    "dependentRequired",
    "dependentSchemas",
    "contentEncoding",
    "contentMediaType",
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a schema stands: the first part of rule ids, the name people know it by, and how its values are written.

    `loose` says where everything is text on the wire: "query", or "text" for other parameters, headers, and bodies
    that are not JSON.
    `muted` is True for a read-only field of a request or a write-only field of an answer: its bounds bind nobody.
    """

    root: str
    name: str
    loose: str = ""
    muted: bool = False

    @property
    def request(self) -> bool:
        """Whether clients write such values."""
        return SLOTS[self.root][0]

    def inner(self, name: str, *, muted: bool = False) -> Position:
        """The slot of a part of this one."""
        root = {"request-body": "request-property", "response-body": "response-property"}.get(self.root, self.root)
        root = "request-parameter-property" if root == "request-parameter" else root
        return replace(self, root=root, name=name, muted=self.muted or muted)

    @property
    def shown(self) -> str:
        """The name in a sentence."""
        return f"`{self.name}`" if self.name else ""


Key = tuple[str, str, str, str, str, bool]


@dataclass(slots=True)
class Pair:
    """What two schemas have to say about each other, and the pairs of their parts."""

    changes: list[Change] = field(default_factory=list[Change])
    parts: list[Key] = field(default_factory=list[Key])


@dataclass(slots=True)
class Differ:
    """The comparison of one pair of schemas."""

    comparison: Comparison
    pair: Pair
    slot: Position
    old: NormalSchema
    new: NormalSchema

    def say(self, aspect: str, **words: str) -> None:
        """Note a change of this schema."""
        muted = self.slot.muted and ("enum" in aspect or aspect.rpartition("-")[0] in BOUNDS)
        words = {"name": self.slot.shown, **words}
        self.pair.changes.append(Change(f"{self.slot.root}-{aspect}", self.old.pointer, self.new.pointer, words, muted))

    def part(self, old: SchemaRef, new: SchemaRef, slot: Position) -> None:
        """Compare a part of this schema."""
        self.pair.parts.append(self.comparison.pair(old, new, slot))

    def run(self) -> None:
        """Look at everything."""
        self.types()
        self.nullability()
        values(self)
        self.marks()
        unions(self)
        discriminators(self)
        self.rest()
        properties(self)
        if self.old.items and self.new.items:
            self.part(self.old.items, self.new.items, self.slot.inner(f"{self.slot.name}[]"))
        elif (self.old.items or self.new.items) and self.old.types == self.new.types:
            self.say("items-schema-added" if self.new.items else "items-schema-removed")

    # Types and formats

    def types(self) -> None:
        """Types and formats, as sets of what they allow."""
        old, new = self.old, self.new
        if old.union or new.union:
            return
        chosen = "x-choice" in old.plain or "x-choice" in new.plain
        wider, narrower = covers(new.types, old.types), covers(old.types, new.types)
        words = {"old": replace(old, nullable=False).words(), "new": replace(new, nullable=False).words()}
        if old.types != new.types and not (wider and narrower):
            if self.texts_are_alike() and not chosen:
                self.say("type-generalized" if self.slot.root == "request-parameter" else "type-compatible", **words)
            elif wider:
                self.say(self.widened(chosen), **words)
            elif narrower:
                self.say(self.narrowed(chosen), **words)
            elif chosen and self.slot.request:
                self.say("list-of-types-narrowed", **words)
            elif chosen:
                self.say("list-of-types-widened", **words)
            else:
                self.say("type-changed", **words)
                return
        self.formats(words)

    def widened(self, chosen: bool) -> str:
        """The aspect of a type that takes more."""
        if not self.new.types and not self.slot.request:
            return "type-changed"
        return "list-of-types-widened" if chosen else "type-generalized"

    def narrowed(self, chosen: bool) -> str:
        """The aspect of a type that takes less."""
        if chosen:
            return "list-of-types-narrowed"
        nested = self.slot.root == "request-parameter-property"
        return "type-changed" if self.slot.request and not nested else "type-specialized"

    def texts_are_alike(self) -> bool:
        """Whether the other type is written the same way where everything is text."""
        if not self.slot.loose:
            return False
        old, new = self.old, self.new
        if self.slot.root == "request-parameter":
            if new.types == ARRAY and "array" not in old.types and self.slot.loose == "query":
                item = self.comparison.revision.normalise(new.items) if new.items else None
                return item is not None and covers(item.types, old.types)
            return "string" in new.types and not new.format and not old.types & {"array", "object"}
        if self.slot.request:
            return new.types == TEXT and not new.format
        return old.types == TEXT and not old.format

    def formats(self, words: dict[str, str]) -> None:
        """Formats narrow a type the way a smaller type does."""
        old, new = self.old.format, self.new.format
        if old == new or (
            old
            and new
            and old != new
            and not self.new.types & self.old.types
            and not covers(self.new.types, self.old.types)
        ):
            return
        if self.old.types != self.new.types and (old is None or new is None):
            # The format came or went with the type, whose change is reported.
            return
        wider = new is None or (old, new) in WIDER_FORMATS
        narrower = old is None or (new, old) in WIDER_FORMATS
        if wider and self.slot.request:
            self.say("type-generalized", **words)
        elif narrower and not self.slot.request:
            self.say("type-specialized", **words)
        else:
            self.say("type-changed", **words)

    def nullability(self) -> None:
        """Null allowed or not."""
        if self.old.nullable != self.new.nullable:
            self.say("became-nullable" if self.new.nullable else "became-not-nullable")

    # Marks

    def marks(self) -> None:
        """Read-only, write-only, deprecation and stability."""
        for keyword, name in (("readOnly", "read-only"), ("writeOnly", "write-only")):
            old, new = (bool(shape.plain.get(keyword)) for shape in (self.old, self.new))
            if old != new:
                self.say(f"became-{'' if new else 'not-'}{name}")
        for aspect, words in deprecations(self.old.plain, self.new.plain):
            self.say(aspect, **words)
        for level in unknown_stability(self.old.plain, self.new.plain):
            words = {"operation": self.slot.shown, "new": code(level)}
            self.pair.changes.append(Change("api-invalid-stability-level", self.old.pointer, self.new.pointer, words))

    def rest(self) -> None:
        """not, additional fields, and keywords without rules of their own."""
        if self.old.excluded != self.new.excluded:
            old, new = self.old.excluded, self.new.excluded
            if is_object(old) and is_object(new):
                slot = self.slot.inner(self.slot.name)
                self.part(SchemaRef(old, f"{self.old.pointer}/not"), SchemaRef(new, f"{self.new.pointer}/not"), slot)
            else:
                self.say("not-changed")
        for keyword in WHOLE:
            if self.old.plain.get(keyword) != self.new.plain.get(keyword):
                self.say("constraint-changed", new=keyword)
        old, new = self.old.additional, self.new.additional
        if isinstance(old, SchemaRef) and isinstance(new, SchemaRef):
            self.part(old, new, self.slot.inner(f"{self.slot.name}{{}}"))
        elif (old is False) != (new is False):
            self.say("additional-properties-closed" if new is False else "additional-properties-opened")
        elif isinstance(old, SchemaRef) != isinstance(new, SchemaRef):
            looser = isinstance(old, SchemaRef)
            self.say("additional-properties-opened" if looser else "additional-properties-narrowed")


def covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    """Whether every value of the types `narrow` has a type in `wide`."""
    if not wide:
        return True
    return bool(narrow) and all(one in wide or (one == "integer" and "number" in wide) for one in narrow)
