"""Differences of unions: oneOf and anyOf member by member, and their discriminators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.document import escape, leads
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.normal import OBJECT, NormalSchema, Union
from pipeline.drift.schemas.pair import Difference, Part, SchemaPair
from pipeline.drift.schemas.phrases import code, last_part
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef, ref_to

# Yields every change between two schemas and their parts.
Compare = Callable[[SchemaRef, SchemaRef, Position], Iterable[Change]]
Match = tuple[SchemaRef, SchemaRef]


def diff_unions(pair: SchemaPair, compare: Compare) -> Iterator[Difference]:
    """Yield the differences of oneOf and anyOf."""
    old, new = pair.old.union, pair.new.union
    if old and new:
        yield from diff_members(pair, old, new, compare)
    elif new:
        yield wrapped(pair, new, compare)
    elif old:
        yield unwrapped(pair, old, compare)


def diff_members(pair: SchemaPair, old: Union, new: Union, compare: Compare) -> Iterator[Difference]:
    """Yield the differences of common, added and removed members."""
    kind = "any-of" if old.kind == new.kind == "anyOf" else "one-of"
    matches, removed, added = match_members(pair, old, new, compare)
    for one, other in matches:
        yield Part(one, other, pair.inner)
    if added:
        yield pair.change(f"{kind}-added", new=", ".join(map(pair.new_reader.name, added)))
    if removed:
        yield pair.change(f"{kind}-removed", old=", ".join(map(pair.old_reader.name, removed)))


def match_members(
    pair: SchemaPair, old: Union, new: Union, compare: Compare
) -> tuple[list[Match], list[SchemaRef], list[SchemaRef]]:
    """Return the members that correspond to each other, the removed and the added ones.

    Members correspond by component, by title, by equality, and at last by similarity.
    """

    def is_same_component(one: SchemaRef, other: SchemaRef) -> bool:
        return one.target is not None and one.raw == other.raw

    def has_same_title(one: SchemaRef, other: SchemaRef) -> bool:
        return one.raw.get("title") is not None and one.raw.get("title") == other.raw.get("title")

    def look_alike(one: SchemaRef, other: SchemaRef) -> bool:
        return are_similar(pair.old_reader.normalise(one), pair.new_reader.normalise(other))

    def are_equal(one: SchemaRef, other: SchemaRef) -> bool:
        # A component that the new document still has was not renamed, even where its successor looks the same.
        is_renamed = not (other.target and leads(pair.new_reader.document, one.target))
        return look_alike(one, other) and not any(compare(one, other, pair.inner)) and is_renamed

    def are_versions(one: SchemaRef, other: SchemaRef) -> bool:
        return not (one.target and other.target) and look_alike(one, other)

    matches: list[Match] = []
    removed, added = list(old.members), list(new.members)
    for corresponds in (is_same_component, has_same_title, are_equal, are_versions):
        for one in list(removed):
            other = next((ref for ref in added if corresponds(one, ref)), None)
            if other is not None:
                matches.append((one, other))
                removed.remove(one)
                added.remove(other)
    return matches, removed, added


def wrapped(pair: SchemaPair, new: Union, compare: Compare) -> Change:
    """Return the change of a schema into a union."""
    names = ", ".join(map(pair.new_reader.name, new.members))
    # Writers' rules decide: the union accepts the old values if one member does.
    position = replace(pair.inner, root="request-property")
    old = ref_to(pair.old.pointer)
    accepts_old = any(not has_breaking(compare(old, one, position)) for one in new.members)
    is_scalar = bool(pair.old.types) and not pair.old.types & OBJECT
    if accepts_old and pair.position.is_request and new.kind == "anyOf":
        return pair.change("any-of-added", new=names)
    # Of several alternatives of a oneOf, objects easily match more than one, which is invalid.
    if accepts_old and is_scalar:
        return pair.change("one-of-added", new=names)
    if not pair.old.types and not pair.old.properties:
        aspect = "type-changed" if pair.position.is_request else "type-specialized"
        return pair.change(aspect, old="any type", new=names)
    return pair.change("wrapped-in-one-of", new=names)


def unwrapped(pair: SchemaPair, old: Union, compare: Compare) -> Change:
    """Return the change of a union into a schema."""
    names = ", ".join(map(pair.old_reader.name, old.members))
    if not pair.new.types and not pair.new.properties:
        aspect = "type-generalized" if pair.position.is_request else "type-changed"
        return pair.change(aspect, old=names, new="any type")
    new = ref_to(pair.new.pointer)
    is_member = any(not has_breaking(compare(one, new, pair.inner)) for one in old.members)
    return pair.change("one-of-removed" if is_member else "type-changed", old=names, new=pair.new.type_name)


def diff_discriminators(pair: SchemaPair, compare: Compare) -> Iterator[Difference]:
    """Yield the differences of discriminators. The events of a stream inherit theirs, which the stream reports."""
    old, new = pair.old.discriminator, pair.new.discriminator
    is_inherited = pair.position.is_event and not (pair.old.union or pair.new.union)
    if old == new or is_inherited:
        return
    if old is None or new is None:
        known = code((new or old or {}).get("propertyName", "?"))
        yield pair.change("discriminator-added" if old is None else "discriminator-removed", new=known, old=known)
        return
    if old.get("propertyName") != new.get("propertyName"):
        words = {"old": code(old.get("propertyName")), "new": code(new.get("propertyName"))}
        yield pair.change("discriminator-property-name-changed", **words)
    before, after = object_at(old, "mapping"), object_at(new, "mapping")
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            yield pair.change("discriminator-mapping-added", new=code(name))
        elif name not in after:
            yield pair.change("discriminator-mapping-deleted", old=code(name))
        elif before[name] != after[name]:
            words = {"old": last_part(before[name]), "new": last_part(after[name])}
            change = pair.change("discriminator-mapping-changed", **words)
            # A value that now means an equal schema binds nobody.
            is_renamed = not any(compare(mapped_schema(before[name]), mapped_schema(after[name]), pair.inner))
            yield replace(change, is_non_binding=change.is_non_binding or is_renamed)


def mapped_schema(value: object) -> SchemaRef:
    """Return the schema that a value of a discriminator's mapping means: a reference, or the name of a component."""
    target = str(value)
    pointer = target.removeprefix("#") if target.startswith("#") else f"/components/schemas/{escape(target)}"
    return ref_to(pointer)


def has_breaking(changes: Iterable[Change]) -> bool:
    """Return whether any of the changes is breaking."""
    return any(change.level == "breaking" for change in changes)


def are_similar(old: NormalSchema, new: NormalSchema) -> bool:
    """Return whether two members can be versions of one: equal types, and for objects at least half of the fields."""
    if old.types != new.types or (old.union is None) != (new.union is None):
        return False
    common = old.properties.keys() & new.properties.keys()
    return not (old.properties or new.properties) or len(common) * 2 >= max(len(old.properties), len(new.properties))
