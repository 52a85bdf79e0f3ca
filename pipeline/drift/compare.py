"""Two schemas against each other: what changed, for those who write such values and for those who read them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, references, resolve
from pipeline.drift.findings import Change
from pipeline.drift.rules import LOWER, SLOTS, UPPER
from pipeline.drift.schemas import PROSE, Reader, Shape, Spot, Union, section

STABILITY = ("draft", "alpha", "beta", "stable")
LONGEST = 60
TEXT, ARRAY = frozenset({"string"}), frozenset({"array"})
BOUNDS = frozenset((UPPER | LOWER).values())
WIDER_FORMATS = {("int32", "int64"), ("float", "double"), ("date", "date-time")}


@dataclass(frozen=True, slots=True)
class Slot:
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

    def inner(self, name: str, *, muted: bool = False) -> Slot:
        """The slot of a part of this one."""
        root = {"request-body": "request-property", "response-body": "response-property"}.get(self.root, self.root)
        root = "request-parameter-property" if root == "request-parameter" else root
        return replace(self, root=root, name=name, muted=self.muted or muted)

    @property
    def shown(self) -> str:
        """The name in a sentence."""
        return f"`{self.name}`" if self.name else ""


Key = tuple[str, str, str, str, str, bool]


SAME: Key = ("", "", "", "", "", False)


@dataclass(slots=True)
class Pair:
    """What two schemas have to say about each other, and the pairs of their parts."""

    changes: list[Change] = field(default_factory=list[Change])
    parts: list[Key] = field(default_factory=list[Key])


class Comparison:
    """All pairs of schemas that were looked at, each once."""

    def __init__(self, base: Reader, revision: Reader) -> None:
        self.base = base
        self.revision = revision
        self.pairs: dict[Key, Pair] = {SAME: Pair()}
        self.touched = touched(base.document, revision.document)

    def untouched(self, base: Spot, revision: Spot) -> bool:
        """Whether two schemas are written alike and lead to nothing that changed."""
        if base.more or revision.more or base.raw != revision.raw:
            return False
        return not any(reference in self.touched for _, reference in references({"properties": {"": base.raw}}))

    def pair(self, base: Spot, revision: Spot, slot: Slot) -> Key:
        """Compare two schemas, unless that was done before; gives what `reached` takes."""
        if self.untouched(base, revision):
            return SAME
        old, new = self.base.shape(base), self.revision.shape(revision)
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

    def alike(self, base: Spot, revision: Spot, slot: Slot) -> bool:
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


def identity(shape: Shape, spot: Spot) -> str:
    """What tells schemas apart once references are followed."""
    return "+".join([shape.pointer, *(one.id for one in spot.more)])


@dataclass(slots=True)
class Differ:
    """The comparison of one pair of schemas."""

    comparison: Comparison
    pair: Pair
    slot: Slot
    old: Shape
    new: Shape

    def say(self, aspect: str, **words: str) -> None:
        """Note a change of this schema."""
        muted = self.slot.muted and ("enum" in aspect or aspect.rpartition("-")[0] in BOUNDS)
        words = {"name": self.slot.shown, **words}
        self.pair.changes.append(Change(f"{self.slot.root}-{aspect}", self.old.pointer, self.new.pointer, words, muted))

    def part(self, old: Spot, new: Spot, slot: Slot) -> None:
        """Compare a part of this schema."""
        self.pair.parts.append(self.comparison.pair(old, new, slot))

    def run(self) -> None:
        """Look at everything."""
        self.types()
        self.nullability()
        self.enums()
        self.bounds()
        self.patterns()
        self.defaults()
        self.marks()
        self.unions()
        self.discriminators()
        self.rest()
        self.properties()
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
                item = self.comparison.revision.shape(new.items) if new.items else None
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

    # Values

    def enums(self) -> None:
        """The list of allowed values."""
        old, new = self.old.enum, self.new.enum
        if new is not None and old is None:
            self.say("became-enum", new=listed(new))
        elif old is not None and new is None:
            self.say("enum-removed", old=listed(old))
        elif old is not None and new is not None:
            added = [value for value in new if value not in old]
            removed = [value for value in old if value not in new]
            if added:
                self.say("enum-value-added", new=listed(added))
            if removed:
                self.say("enum-value-removed", old=listed(removed))
        gone = [
            value
            for value in listable(self.old, "x-extensible-enum")
            if value not in listable(self.new, "x-extensible-enum")
        ]
        if gone:
            self.say("x-extensible-enum-value-removed", old=listed(gone))

    def bounds(self) -> None:
        """Upper and lower bounds."""
        for keyword, name in (UPPER | LOWER).items():
            old, new = self.old.plain.get(keyword), self.new.plain.get(keyword)
            if old == new:
                continue
            if old is None or new is None:
                self.say(f"{name}-{'set' if old is None else 'unset'}", old=code(old), new=code(new))
            elif isinstance(old, int | float) and isinstance(new, int | float):
                self.say(f"{name}-{'increased' if new > old else 'decreased'}", old=code(old), new=code(new))
            else:
                self.say("constraint-changed", new=keyword)
        old, new = (bool(shape.plain.get("uniqueItems")) for shape in (self.old, self.new))
        if old != new:
            self.say("unique-items-set" if new else "unique-items-unset")
        old, new = (shape.plain.get("multipleOf") for shape in (self.old, self.new))
        if old != new:
            self.say("multiple-of-changed", old=code(old), new=code(new))

    def patterns(self) -> None:
        """The regular expression of a string."""
        old, new = self.old.plain.get("pattern"), self.new.plain.get("pattern")
        if old == new:
            return
        if old is None:
            self.say("pattern-added", new=code(new))
        elif new is None:
            self.say("pattern-removed", old=code(old))
        else:
            everything = new in (".*", "^.*$", "^.*", ".*$", "") and self.slot.request
            self.say("pattern-generalized" if everything else "pattern-changed", old=code(old), new=code(new))

    def defaults(self) -> None:
        """The value that stands for a missing one."""
        old, new = self.old.plain.get("default", PROSE), self.new.plain.get("default", PROSE)
        if old == new:
            return
        how = "added" if old is PROSE else "removed" if new is PROSE else "changed"
        self.say(f"default-value-{how}", old=code(old), new=code(new))

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

    # Choices

    def unions(self) -> None:
        """OneOf and anyOf, member by member."""
        old, new = self.old.union, self.new.union
        if old and new:
            self.members(old, new)
        elif new:
            self.wrapped(new)
        elif old:
            self.unwrapped(old)

    def members(self, old: Union, new: Union) -> None:
        """Members that stayed, changed, came and went."""
        kind = "any-of" if old.kind == new.kind == "anyOf" else "one-of"
        base, revision = self.comparison.base, self.comparison.revision
        pairs, gone, come = self.matched(list(old.members), list(new.members))
        for one, other in pairs:
            self.part(one, other, self.slot.inner(self.slot.name))
        if come:
            self.say(f"{kind}-added", new=", ".join(called(revision, one) for one in come))
        if gone:
            self.say(f"{kind}-removed", old=", ".join(called(base, one) for one in gone))

    def matched(self, old: list[Spot], new: list[Spot]) -> tuple[list[tuple[Spot, Spot]], list[Spot], list[Spot]]:
        """Pairs of members that mean the same thing: by component, by title, by equality, then by likeness."""
        base, revision, slot = self.comparison.base, self.comparison.revision, self.slot.inner(self.slot.name)
        pairs: list[tuple[Spot, Spot]] = []

        def take(same: Callable[[Spot, Spot], bool]) -> None:
            for one in list(old):
                other = next((spot for spot in new if same(one, spot)), None)
                if other is not None:
                    pairs.append((one, other))
                    old.remove(one)
                    new.remove(other)

        take(lambda a, b: "$ref" in a.raw and a.raw == b.raw)
        take(lambda a, b: a.raw.get("title") is not None and a.raw.get("title") == b.raw.get("title"))
        # A component that is still there was not renamed, even where its successor looks the same.
        take(
            lambda a, b: (
                alike(base.shape(a), revision.shape(b))
                and self.comparison.alike(a, b, slot)
                and not ("$ref" in b.raw and leads(revision, a))
            )
        )
        take(lambda a, b: not ("$ref" in a.raw and "$ref" in b.raw) and alike(base.shape(a), revision.shape(b)))
        return pairs, old, new

    def wrapped(self, new: Union) -> None:
        """One schema became a choice."""
        revision = self.comparison.revision
        words = ", ".join(called(revision, one) for one in new.members)
        slot = replace(self.slot.inner(self.slot.name), root="request-property")
        spot = Spot({"$ref": f"#{self.old.pointer}"}, self.old.pointer)
        kept = any(not breaking(self.comparison.reached(self.comparison.pair(spot, one, slot))) for one in new.members)
        scalar = bool(self.old.types) and not self.old.types & {"object"}
        if kept and scalar:
            self.say("one-of-added", new=words)
        elif not self.old.types and not self.old.properties:
            self.say("type-changed" if self.slot.request else "type-specialized", old="any type", new=words)
        else:
            self.say("wrapped-in-one-of", new=words)

    def unwrapped(self, old: Union) -> None:
        """A choice became one schema."""
        base = self.comparison.base
        words = ", ".join(called(base, one) for one in old.members)
        slot = self.slot.inner(self.slot.name)
        spot = Spot({"$ref": f"#{self.new.pointer}"}, self.new.pointer)
        if not self.new.types and not self.new.properties:
            self.say("type-generalized" if self.slot.request else "type-changed", old=words, new="any type")
            return
        kept = any(not breaking(self.comparison.reached(self.comparison.pair(one, spot, slot))) for one in old.members)
        self.say("one-of-removed" if kept else "type-changed", old=words, new=self.new.words())

    def discriminators(self) -> None:
        """How the members of a choice are told apart."""
        old, new = self.old.discriminator, self.new.discriminator
        inherited = self.slot.root == "event-field" and not (self.old.union or self.new.union)
        if old == new or inherited:
            return
        if old is None or new is None:
            known = (new or old or {}).get("propertyName", "?")
            self.say(
                "discriminator-added" if old is None else "discriminator-removed", new=code(known), old=code(known)
            )
            return
        if old.get("propertyName") != new.get("propertyName"):
            words = {"old": code(old.get("propertyName")), "new": code(new.get("propertyName"))}
            self.say("discriminator-property-name-changed", **words)
        before, after = section(old, "mapping"), section(new, "mapping")
        for name in sorted(before.keys() | after.keys()):
            if name not in before:
                self.say("discriminator-mapping-added", new=code(name))
            elif name not in after:
                self.say("discriminator-mapping-deleted", old=code(name))
            elif before[name] != after[name]:
                self.say("discriminator-mapping-changed", old=last(before[name]), new=last(after[name]))

    def rest(self) -> None:
        """not, additional fields, and keywords without rules of their own."""
        if self.old.excluded != self.new.excluded:
            old, new = self.old.excluded, self.new.excluded
            if is_object(old) and is_object(new):
                slot = self.slot.inner(self.slot.name)
                self.part(Spot(old, f"{self.old.pointer}/not"), Spot(new, f"{self.new.pointer}/not"), slot)
            else:
                self.say("not-changed")
        keys = {
            "if",
            "then",
            "else",
            "patternProperties",
            "propertyNames",
            "contains",
            "prefixItems",
            "dependentRequired",
        }
        for keyword in sorted(keys | {"dependentSchemas", "contentEncoding", "contentMediaType"}):
            if self.old.plain.get(keyword) != self.new.plain.get(keyword):
                self.say("constraint-changed", new=keyword)
        old, new = self.old.additional, self.new.additional
        if isinstance(old, Spot) and isinstance(new, Spot):
            self.part(old, new, self.slot.inner(f"{self.slot.name}{{}}"))
        elif (old is False) != (new is False):
            self.say("additional-properties-closed" if new is False else "additional-properties-opened")
        elif isinstance(old, Spot) != isinstance(new, Spot):
            looser = isinstance(old, Spot)
            self.say("additional-properties-opened" if looser else "additional-properties-narrowed")

    # Fields

    def properties(self) -> None:
        """Fields that stayed, came and went."""
        old, new = self.old, self.new
        for name in old.properties:
            if name in new.properties:
                self.stayed(name)
            else:
                self.went(name)
        added = [name for name in new.properties if name not in old.properties]
        further = self.further()
        if further and self.slot.root != "event-field":
            self.say("all-of-added", new=", ".join(called(self.comparison.revision, one) for one in further))
        gone = self.fewer()
        if gone and self.slot.root != "event-field":
            self.say("all-of-removed", old=", ".join(called(self.comparison.base, one) for one in gone))
        for name in added:
            self.came(name)
        if new.parts > old.parts and not added and self.annotated():
            self.say("all-of-added-annotation-only")

    def annotated(self) -> bool:
        """Whether a member of allOf that only annotates is new."""
        raw = self.comparison.revision.follow(Spot({"$ref": f"#{self.new.pointer}"}, ""))[0].raw
        members = raw.get("allOf") if is_object(raw) else None
        return is_list(members) and any(is_object(one) and not set(one) - PROSE for one in members)

    def further(self) -> list[Spot]:
        """Members of allOf that are new beside all the old ones, and constrain something."""
        old, new = self.comparison.base.members(self.old), self.comparison.revision.members(self.new)
        return fresh(old, new) if len(old) > 1 and len(new) > len(old) and not fresh(new, old) else []

    def fewer(self) -> list[Spot]:
        """Members of allOf that are gone, while all others stayed."""
        old, new = self.comparison.base.members(self.old), self.comparison.revision.members(self.new)
        return fresh(new, old) if len(new) > 1 and len(old) > len(new) and not fresh(old, new) else []

    def named(self, name: str, spot: Spot) -> str:
        """A field with the component that defines it, which is another one where allOf brings it in."""
        parts = spot.pointer.split("/")
        if parts[1:3] == ["components", "schemas"] and parts[4:-1] == ["properties"]:
            return f"{parts[3]}.{name}"
        return f"{self.slot.name}.{name}" if self.slot.name else name

    def stayed(self, name: str) -> None:
        """A field that both have."""
        old, new = self.old.properties[name], self.new.properties[name]
        before, after = self.comparison.base.shape(old), self.comparison.revision.shape(new)
        ignored = bool(after.plain.get("readOnly" if self.slot.request else "writeOnly"))
        inner = self.slot.inner(self.named(name, old), muted=ignored)
        self.part(old, new, inner)
        was, now = name in self.old.required, name in self.new.required
        aspect = None
        if now and not was:
            aspect = "became-required"
            if self.slot.request and "default" in after.plain:
                aspect = "became-required-with-default"
        elif was and not now:
            aspect = "became-optional"
        if aspect:
            words = {"name": inner.shown, "new": code(after.plain.get("default"))}
            self.pair.changes.append(Change(f"{inner.root}-{aspect}", old.pointer, new.pointer, words, inner.muted))
        if was and now and not self.slot.request and before.plain.get("writeOnly") and not after.plain.get("writeOnly"):
            rule = "response-required-property-became-not-write-only"
            self.pair.changes.append(Change(rule, old.pointer, new.pointer, {"name": inner.shown}))

    def went(self, name: str) -> None:
        """A field that is gone."""
        spot = self.old.properties[name]
        shape = self.comparison.base.shape(spot)
        inner = self.slot.inner(self.named(name, spot))
        if self.slot.request:
            rule = "request-property-removed"
        elif shape.plain.get("writeOnly"):
            rule = "response-write-only-property-removed"
        elif self.slot.root == "event-field":
            rule = "event-field-removed"
        else:
            rule = f"response-{'required' if name in self.old.required else 'optional'}-property-removed"
        self.pair.changes.append(Change(rule, spot.pointer, None, {"name": inner.shown}))

    def came(self, name: str) -> None:
        """A field that is new."""
        spot = self.new.properties[name]
        shape = self.comparison.revision.shape(spot)
        inner = self.slot.inner(self.named(name, spot))
        needed = name in self.new.required
        if self.slot.root == "event-field":
            rule = "event-field-added"
        elif not self.slot.request:
            rule = f"response-{'required' if needed else 'optional'}-property-added"
        elif needed and not shape.plain.get("readOnly"):
            rule = "new-required-request-property" + ("-with-default" if "default" in shape.plain else "")
        else:
            rule = "new-optional-request-property"
        self.pair.changes.append(Change(rule, None, spot.pointer, {"name": inner.shown}))


def breaking(changes: Iterable[Change]) -> bool:
    """Whether any of the changes breaks something."""
    return any(change.level == "breaking" for change in changes)


def covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    """Whether every value of the types `narrow` has a type in `wide`."""
    if not wide:
        return True
    return bool(narrow) and all(one in wide or (one == "integer" and "number" in wide) for one in narrow)


def fresh(old: list[Spot], new: list[Spot]) -> list[Spot]:
    """The members of `new` that `old` does not have."""
    return [spot for spot in new if all(spot.raw != other.raw for other in old)]


def leads(reader: Reader, spot: Spot) -> bool:
    """Whether a reference leads to a component of another document too."""
    reference = spot.raw.get("$ref") if is_object(spot.raw) else None
    if not isinstance(reference, str):
        return False
    try:
        resolve(reader.document, reference)
    except LookupError:
        return False
    return True


def alike(old: Shape, new: Shape) -> bool:
    """Whether two members of a choice can be the same one: equal types, and for objects some fields in common."""
    if old.types != new.types or (old.union is None) != (new.union is None):
        return False
    both = old.properties.keys() & new.properties.keys()
    return not (old.properties or new.properties) or len(both) * 2 >= max(len(old.properties), len(new.properties))


def called(reader: Reader, spot: Spot) -> str:
    """A member of a choice as people know it."""
    shape = reader.shape(spot)
    if shape.names:
        return last(shape.names[0])
    title = spot.raw.get("title") if is_object(spot.raw) else None
    return f"`{title}`" if isinstance(title, str) else shape.words()


def last(reference: object) -> str:
    """The last part of a reference."""
    return f"`{str(reference).rsplit('/', 1)[-1]}`"


def listable(shape: Shape, keyword: str) -> list[Any]:
    """A keyword's list, or none."""
    found = shape.plain.get(keyword)
    return found if is_list(found) else []


def listed(values: list[Any]) -> str:
    """Values in a sentence."""
    shown = [code(value) for value in values[:8]]
    return ", ".join(shown) + (f" and {len(values) - 8} more" if values[8:] else "")


def code(value: Any) -> str:
    """A value in a sentence."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return f"`{text if len(text) <= LONGEST else text[:57] + '…'}`"


def day(value: Any) -> date | None:
    """The date of a sunset, or None for what is no date."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d($|T)", value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def deprecations(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The aspects of deprecation, sunset and stability, for schemas, parameters and operations."""
    was, now = bool(old.get("deprecated")), bool(new.get("deprecated"))
    before, after = old.get("x-sunset"), new.get("x-sunset")
    words = {"old": code(before), "new": code(after)}
    if now and not was:
        if after is None:
            yield "deprecated", words
        else:
            yield ("deprecated-with-sunset" if day(after) else "deprecated-sunset-invalid"), words
    elif was and not now:
        yield "reactivated", {}
    elif was and now and before != after:
        if after is None:
            yield "sunset-deleted", words
        elif day(after) is None or (before is not None and day(before) is None):
            yield "sunset-parse", words if day(after) is None else {"new": code(before)}
        elif before is not None and (day(after) or date.max) < (day(before) or date.min):
            yield "sunset-date-changed-too-small", words
    stable, less = old.get("x-stability-level"), new.get("x-stability-level")
    if stable in STABILITY and less in STABILITY and STABILITY.index(less) < STABILITY.index(stable):
        yield "stability-decreased", {"old": code(stable), "new": code(less)}


def unknown_stability(old: dict[str, Any], new: dict[str, Any]) -> list[Any]:
    """Stability levels that nobody knows, where they changed."""
    before, after = old.get("x-stability-level"), new.get("x-stability-level")
    known = (None, "ga", *STABILITY)
    return [] if before == after else [level for level in (before, after) if level not in known][:1]
