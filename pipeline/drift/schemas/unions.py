"""Choices: oneOf and anyOf member by member, and how their members are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.document import leads
from pipeline.drift.rules.findings import Change
from pipeline.drift.schemas.normal import NormalSchema, SchemaRef, Union, section
from pipeline.drift.schemas.phrases import called, code, last

if TYPE_CHECKING:
    from pipeline.drift.schemas.diff import Differ


def unions(differ: Differ) -> None:
    """OneOf and anyOf, member by member."""
    old, new = differ.old.union, differ.new.union
    if old and new:
        members(differ, old, new)
    elif new:
        wrapped(differ, new)
    elif old:
        unwrapped(differ, old)


def members(differ: Differ, old: Union, new: Union) -> None:
    """Members that stayed, changed, came and went."""
    kind = "any-of" if old.kind == new.kind == "anyOf" else "one-of"
    base, revision = differ.comparison.base, differ.comparison.revision
    pairs, gone, come = matched(differ, list(old.members), list(new.members))
    for one, other in pairs:
        differ.part(one, other, differ.slot.inner(differ.slot.name))
    if come:
        differ.say(f"{kind}-added", new=", ".join(called(revision, one) for one in come))
    if gone:
        differ.say(f"{kind}-removed", old=", ".join(called(base, one) for one in gone))


def matched(
    differ: Differ, old: list[SchemaRef], new: list[SchemaRef]
) -> tuple[list[tuple[SchemaRef, SchemaRef]], list[SchemaRef], list[SchemaRef]]:
    """Pairs of members that mean the same thing: by component, by title, by equality, then by likeness."""
    base, revision, slot = differ.comparison.base, differ.comparison.revision, differ.slot.inner(differ.slot.name)
    pairs: list[tuple[SchemaRef, SchemaRef]] = []

    def take(same: Callable[[SchemaRef, SchemaRef], bool]) -> None:
        for one in list(old):
            other = next((spot for spot in new if same(one, spot)), None)
            if other is not None:
                pairs.append((one, other))
                old.remove(one)
                new.remove(other)

    take(lambda a, b: a.reference is not None and a.raw == b.raw)
    take(lambda a, b: a.raw.get("title") is not None and a.raw.get("title") == b.raw.get("title"))
    # A component that is still there was not renamed, even where its successor looks the same.
    take(
        lambda a, b: (
            alike(base.normalise(a), revision.normalise(b))
            and differ.comparison.alike(a, b, slot)
            and not (b.reference and leads(revision.document, a.reference))
        )
    )
    take(lambda a, b: not (a.reference and b.reference) and alike(base.normalise(a), revision.normalise(b)))
    return pairs, old, new


def wrapped(differ: Differ, new: Union) -> None:
    """One schema became a choice."""
    revision = differ.comparison.revision
    words = ", ".join(called(revision, one) for one in new.members)
    slot = replace(differ.slot.inner(differ.slot.name), root="request-property")
    spot = SchemaRef({"$ref": f"#{differ.old.pointer}"}, differ.old.pointer)
    kept = any(not breaking(differ.comparison.reached(differ.comparison.pair(spot, one, slot))) for one in new.members)
    scalar = bool(differ.old.types) and not differ.old.types & {"object"}
    if kept and scalar:
        differ.say("one-of-added", new=words)
    elif not differ.old.types and not differ.old.properties:
        differ.say("type-changed" if differ.slot.request else "type-specialized", old="any type", new=words)
    else:
        differ.say("wrapped-in-one-of", new=words)


def unwrapped(differ: Differ, old: Union) -> None:
    """A choice became one schema."""
    base = differ.comparison.base
    words = ", ".join(called(base, one) for one in old.members)
    slot = differ.slot.inner(differ.slot.name)
    spot = SchemaRef({"$ref": f"#{differ.new.pointer}"}, differ.new.pointer)
    if not differ.new.types and not differ.new.properties:
        differ.say("type-generalized" if differ.slot.request else "type-changed", old=words, new="any type")
        return
    kept = any(not breaking(differ.comparison.reached(differ.comparison.pair(one, spot, slot))) for one in old.members)
    differ.say("one-of-removed" if kept else "type-changed", old=words, new=differ.new.words())


def discriminators(differ: Differ) -> None:
    """How the members of a choice are told apart."""
    old, new = differ.old.discriminator, differ.new.discriminator
    inherited = differ.slot.root == "event-field" and not (differ.old.union or differ.new.union)
    if old == new or inherited:
        return
    if old is None or new is None:
        known = (new or old or {}).get("propertyName", "?")
        differ.say("discriminator-added" if old is None else "discriminator-removed", new=code(known), old=code(known))
        return
    if old.get("propertyName") != new.get("propertyName"):
        words = {"old": code(old.get("propertyName")), "new": code(new.get("propertyName"))}
        differ.say("discriminator-property-name-changed", **words)
    before, after = section(old, "mapping"), section(new, "mapping")
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            differ.say("discriminator-mapping-added", new=code(name))
        elif name not in after:
            differ.say("discriminator-mapping-deleted", old=code(name))
        elif before[name] != after[name]:
            differ.say("discriminator-mapping-changed", old=last(before[name]), new=last(after[name]))


def breaking(changes: Iterable[Change]) -> bool:
    """Whether any of the changes breaks something."""
    return any(change.level == "breaking" for change in changes)


def alike(old: NormalSchema, new: NormalSchema) -> bool:
    """Whether two members of a choice can be the same one: equal types, and for objects some fields in common."""
    if old.types != new.types or (old.union is None) != (new.union is None):
        return False
    both = old.properties.keys() & new.properties.keys()
    return not (old.properties or new.properties) or len(both) * 2 >= max(len(old.properties), len(new.properties))
