"""Stream events: two versions of a family, and of each event, compared as answers are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.phrases import code, last_part
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.streams import SCHEMAS, Event, Stream, bases, streams
from pipeline.drift.wire.views import DocumentView, Views, components


def changes(sides: Views) -> Iterator[tuple[Change, str]]:
    """Every change of a stream with the event it reaches."""
    old, new = streams(sides.base), streams(sides.revision)
    partners = partner(old, new)
    for name, stream in old.items():
        if name in partners:
            yield from Events(sides, stream, new[partners[name]]).changes()
        else:
            yield Change("event-stream-removed", stream.pointer, None, {"old": code(name)}), f"stream {name}"
    for name in new.keys() - set(partners.values()):
        yield Change("event-stream-added", None, new[name].pointer, {"new": code(name)}), f"stream {name}"


def partner(old: dict[str, Stream], new: dict[str, Stream]) -> dict[str, str]:
    """Which family is which: by name, else by most events in common."""
    found = {name: name for name in old if name in new}
    for name, stream in old.items():
        left = [other for other in new if other not in found.values()]
        best = max(left, key=lambda other: len(stream.events.keys() & new[other].events.keys()), default=None)
        if name not in found and best and stream.events.keys() & new[best].events.keys():
            found[name] = best
    return found


@dataclass(frozen=True)
class Events:
    """Two versions of one family of events."""

    sides: Views
    old: Stream
    new: Stream

    def changes(self) -> Iterator[tuple[Change, str]]:
        """What came, went, moved and changed."""
        if self.old.tag != self.new.tag:
            words = {"name": code(self.old.name), "old": code(self.old.tag), "new": code(self.new.tag)}
            yield (
                Change("event-discriminator-changed", self.old.pointer, self.new.pointer, words),
                f"stream {self.old.name}",
            )
        before, after = self.old.events, self.new.events
        gone, come = [name for name in before if name not in after], [name for name in after if name not in before]
        for name in list(gone):
            successor = next((other for other in come if self.same(before[name], after[other])), None)
            if successor is not None:
                gone.remove(name)
                come.remove(successor)
                words = {"old": code(name), "new": code(successor)}
                yield Change("event-renamed", before[name].pointer, after[successor].pointer, words), before[name].label
                yield from ((one, before[name].label) for one in self.event(before[name], after[successor]))
        for name in gone:
            yield Change("event-removed", before[name].pointer, None, {"old": code(name)}), before[name].label
        for name in come:
            yield Change("event-added", None, after[name].pointer, {"new": code(name)}), after[name].label
        yield from self.only_mapped()
        for name in before:
            if name in after:
                yield from ((one, before[name].label) for one in self.event(before[name], after[name]))

    def only_mapped(self) -> Iterator[tuple[Change, str]]:
        """Names that the mapping knows, although the list of names does not have them."""
        old, new = (stream.mapped | stream.events.keys() for stream in (self.old, self.new))
        come, gone = new - old - self.new.events.keys(), old - new - self.old.events.keys()
        places = f"{self.old.pointer}/discriminator", f"{self.new.pointer}/discriminator"
        for name in sorted(come):
            yield Change("event-added", None, places[1], {"new": code(name)}), f"event {name}"
        for name in sorted(gone):
            yield Change("event-removed", places[0], None, {"old": code(name)}), f"event {name}"

    def same(self, old: Event, new: Event) -> bool:
        """Whether two events with different names have the same schema."""
        if old.target == new.target:
            return True
        slot = Position("event-field", "")
        seen = self.sides.comparison.compare(old.spot, new.spot, slot)
        return all("enum" in change.rule for change in seen) and old.name not in self.new.mapped

    def event(self, old: Event, new: Event) -> Iterator[Change]:
        """One event that both documents have."""
        pointers = (old.pointer, new.pointer)
        base, revision = self.sides.base, self.sides.revision
        before, after = (base.reader.follow(old.spot)[0], revision.reader.follow(new.spot)[0])
        found = list(self.sides.comparison.compare(old.spot, new.spot, Position("event-field", "")))
        if old.target != new.target:
            words = {"name": code(old.name), "old": last_part(old.target), "new": last_part(new.target)}
            still = components(revision.document, "schemas").keys() & {old.target.removeprefix(SCHEMAS)}
            renamed = not still or not any("removed" in one.rule or "added" in one.rule for one in found)
            yield Change("event-schema-renamed" if renamed else "event-retargeted", *pointers, words)
        if new.name in self.old.mapped and new.name not in self.new.mapped:
            yield Change("event-mapping-implicit", *pointers, {"name": code(self.old.name), "old": code(old.name)})
        lost = [one for one in bases(before.raw) if one not in bases(after.raw)] if not self.renamed() else []
        gained = [one for one in bases(after.raw) if one not in bases(before.raw)] if not self.renamed() else []
        own = self.fields(base, lost) if lost and any("field-removed" in one.rule for one in found) else set[str]()
        for one in lost if own else []:
            yield Change(
                "event-base-dropped", before.pointer, after.pointer, {"name": code(old.name), "old": last_part(one)}
            )
        for one in gained if any("field-added" in found_one.rule for found_one in found) else []:
            yield Change(
                "event-base-added", before.pointer, after.pointer, {"name": code(old.name), "new": last_part(one)}
            )
        for change in found:
            gone_field = change.rule == "event-field-removed" and change.pointer in own
            if not gone_field and not (change.rule.startswith("event-field-enum-value") and self.is_tag(change)):
                yield change

    def renamed(self) -> bool:
        """Whether the family itself has another name, so that bases cannot be told apart by theirs."""
        return self.old.name != self.new.name

    def is_tag(self, change: Change) -> bool:
        """Whether a change is the list of event names, which the events themselves report."""
        return change.pointer in {f"{stream.pointer}/properties/{stream.tag}" for stream in (self.old, self.new)}

    def fields(self, side: DocumentView, references: list[str]) -> set[str]:
        """The pointers of the fields that some schemas define."""
        shapes = [side.reader.normalise(SchemaRef({"$ref": one}, "")) for one in references]
        return {spot.pointer for shape in shapes for spot in shape.properties.values()}
