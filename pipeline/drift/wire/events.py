"""Changes of stream events: two versions of a stream and of each of its events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import escape
from pipeline.drift.rules.finding import Change
from pipeline.drift.rules.grouping import Use
from pipeline.drift.schemas.phrases import code, last_part
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.streams import SCHEMAS, Event, Stream, bases, streams
from pipeline.drift.wire.views import DocumentView, Views, components

EVENT = Position("event-field", "")


def changes(views: Views) -> Iterator[Use]:
    """Yield every change of a stream with the event it reaches."""
    old, new = streams(views.base), streams(views.revision)
    matches = match_streams(old, new)
    for name, stream in old.items():
        if name in matches:
            yield from StreamPair(views, stream, new[matches[name]]).changes()
        else:
            yield Change("event-stream-removed", stream.pointer, None, {"old": code(name)}), stream.label
    for name in new.keys() - set(matches.values()):
        yield Change("event-stream-added", None, new[name].pointer, {"new": code(name)}), new[name].label


def match_streams(old: dict[str, Stream], new: dict[str, Stream]) -> dict[str, str]:
    """Return the new name of each old stream: its own, else that of the stream with most events in common."""
    found = {name: name for name in old if name in new}
    for name, stream in old.items():
        unmatched = [other for other in new if other not in found.values()]
        best = max(unmatched, key=lambda other: len(stream.events.keys() & new[other].events.keys()), default=None)
        if name not in found and best and stream.events.keys() & new[best].events.keys():
            found[name] = best
    return found


@dataclass(frozen=True)
class StreamPair:
    """Two versions of one stream."""

    views: Views
    old: Stream
    new: Stream

    def changes(self) -> Iterator[Use]:
        """Yield the changes of the stream and of its events."""
        if self.old.tag != self.new.tag:
            words = {"name": code(self.old.name), "old": code(self.old.tag), "new": code(self.new.tag)}
            change = Change("event-discriminator-changed", self.old.pointer, self.new.pointer, words)
            yield change, self.old.label
        before, after = self.old.events, self.new.events
        removed, added = [name for name in before if name not in after], [name for name in after if name not in before]
        for name in list(removed):
            successor = next((other for other in added if self.is_renamed(before[name], after[other])), None)
            if successor is not None:
                removed.remove(name)
                added.remove(successor)
                words = {"old": code(name), "new": code(successor)}
                yield Change("event-renamed", before[name].pointer, after[successor].pointer, words), before[name].label
                yield from ((one, before[name].label) for one in self.diff_event(before[name], after[successor]))
        for name in removed:
            yield Change("event-removed", before[name].pointer, None, {"old": code(name)}), before[name].label
        for name in added:
            yield Change("event-added", None, after[name].pointer, {"new": code(name)}), after[name].label
        yield from self.diff_unlisted()
        for name in before:
            if name in after:
                yield from ((one, before[name].label) for one in self.diff_event(before[name], after[name]))

    def diff_unlisted(self) -> Iterator[Use]:
        """Yield the changes of names that the mapping has, although the enum of the tag does not list them."""
        old, new = (stream.mapped | stream.events.keys() for stream in (self.old, self.new))
        added, removed = new - old - self.new.events.keys(), old - new - self.old.events.keys()
        for name in sorted(added):
            yield Change("event-added", None, f"{self.new.pointer}/discriminator", {"new": code(name)}), f"event {name}"
        for name in sorted(removed):
            yield (
                Change("event-removed", f"{self.old.pointer}/discriminator", None, {"old": code(name)}),
                f"event {name}",
            )

    def is_renamed(self, old: Event, new: Event) -> bool:
        """Return whether two events with different names have the same schema."""
        if old.target == new.target:
            return True
        found = self.views.schemas.compare(old.schema, new.schema, EVENT)
        return all("enum" in change.rule for change in found) and old.name not in self.new.mapped

    def diff_event(self, old: Event, new: Event) -> Iterator[Change]:
        """Yield the changes of an event that both versions have."""
        pointers = (old.pointer, new.pointer)
        if old.target != new.target == SCHEMAS + escape(self.new.name):
            # The new document names the event without a schema, so that only the fields of all events are known.
            words = {"name": code(old.name), "old": last_part(old.target), "new": last_part(new.target)}
            yield Change("event-retargeted", *pointers, words)
            return
        found = list(self.views.schemas.compare(old.schema, new.schema, EVENT))
        if old.target != new.target:
            words = {"name": code(old.name), "old": last_part(old.target), "new": last_part(new.target)}
            is_renamed = self.is_schema_renamed(old, found)
            yield Change("event-schema-renamed" if is_renamed else "event-retargeted", *pointers, words)
            if not is_renamed and any(change.level == "breaking" for change in found):
                # The fields of another schema are no changes of their own.
                return
        if new.name in self.old.mapped and new.name not in self.new.mapped:
            yield Change("event-mapping-implicit", *pointers, {"name": code(self.old.name), "old": code(old.name)})
        lost, gained = self.base_schemas(old, new)
        removes_fields, adds_fields = (any(f"field-{how}" in one.rule for one in found) for how in ("removed", "added"))
        lost_fields = fields_of(self.views.base, lost) if removes_fields else set[str]()
        gained_fields = fields_of(self.views.revision, gained) if adds_fields else set[str]()
        before = self.views.base.reader.follow(old.schema)[0].pointer
        after = self.views.revision.reader.follow(new.schema)[0].pointer
        for one in lost if lost_fields else ():
            yield Change("event-base-dropped", before, after, {"name": code(old.name), "old": last_part(one)})
        for one in gained if gained_fields else ():
            yield Change("event-base-added", before, after, {"name": code(old.name), "new": last_part(one)})
        explained = {"event-field-removed": lost_fields, "event-field-added": gained_fields}
        for change in found:
            is_explained = change.pointer in explained.get(change.rule, ())
            is_event_name = change.rule.startswith("event-field-enum-value") and self.is_tag(change)
            if not is_explained and not is_event_name:
                yield change

    def base_schemas(self, old: Event, new: Event) -> tuple[list[str], list[str]]:
        """Return the base schemas that an event lost and gained; none where the stream has another name now.

        Its own schema is one of the bases then, and a rename is no loss.
        """
        if self.old.name != self.new.name:
            return [], []
        before = bases(self.views.base.reader.follow(old.schema)[0].raw)
        after = bases(self.views.revision.reader.follow(new.schema)[0].raw)
        return [one for one in before if one not in after], [one for one in after if one not in before]

    def is_schema_renamed(self, old: Event, found: list[Change]) -> bool:
        """Return whether an event's schema only has another name, given the changes between both schemas."""
        exists = old.target.removeprefix(SCHEMAS) in components(self.views.revision.document, "schemas")
        return not exists or not any("removed" in change.rule or "added" in change.rule for change in found)

    def is_tag(self, change: Change) -> bool:
        """Return whether a change is in the enum of event names, whose changes the events report."""
        return change.pointer in {f"{stream.pointer}/properties/{stream.tag}" for stream in (self.old, self.new)}


def fields_of(view: DocumentView, targets: list[str]) -> set[str]:
    """Return the pointers of the fields that some schemas define."""
    schemas = [view.reader.normalise(SchemaRef({"$ref": one}, "")) for one in targets]
    return {ref.pointer for schema in schemas for ref in schema.properties.values()}
