"""Differences of objects and arrays: their properties, allOf members, undocumented properties and items."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import is_object
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import is_same, list_at
from pipeline.drift.schemas.normal import ANNOTATIONS, OBJECT
from pipeline.drift.schemas.pair import Difference, Part, SchemaPair
from pipeline.drift.schemas.phrases import code
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef, ref_to


def diff_properties(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the differences of common, removed and added properties."""
    old, new = pair.old, pair.new
    if (old.union and not old.properties and new.union is None) or (new.union and not new.properties and not old.union):
        # One version is a union, whose alternatives have the fields.
        return
    if old.types & OBJECT and new.types and not new.types & OBJECT:
        # The change of the type reports that the fields are gone.
        return
    added_names = [name for name in new.properties if name not in old.properties]
    successors = renamed_properties(pair, added_names)
    for name in old.properties:
        if name in new.properties:
            yield from diff_common(pair, name)
        else:
            yield removed(pair, name, successors.get(name))
    yield from diff_all_of(pair)
    for one in (added(pair, name) for name in added_names):
        # The removal names an optional successor.
        is_named = any(one.revision == new.properties[name].pointer for name in successors.values())
        if not is_named or one.level != "non-breaking":
            yield one
    if new.all_of_count > old.all_of_count and not added_names and has_annotation_member(pair):
        yield pair.change("all-of-added-annotation-only")


def diff_all_of(pair: SchemaPair) -> Iterator[Difference]:
    """Yield allOf members that were added or removed while all others stayed."""
    if pair.position.is_event:
        return
    old, new = pair.old_reader.all_of_members(pair.old), pair.new_reader.all_of_members(pair.new)
    more, fewer = missing_from(old, new), missing_from(new, old)
    if len(old) > 1 and len(new) > len(old) and more and not fewer:
        yield pair.change("all-of-added", new=", ".join(map(pair.new_reader.name, more)))
    if len(new) > 1 and len(old) > len(new) and fewer and not more:
        yield pair.change("all-of-removed", old=", ".join(map(pair.old_reader.name, fewer)))


def diff_additional(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the difference of undocumented properties."""
    old, new = pair.old.additional, pair.new.additional
    if isinstance(old, SchemaRef) and isinstance(new, SchemaRef):
        yield Part(old, new, pair.position.inner(f"{owner_of(pair, old)}{{}}"))
    elif (old is False) != (new is False):
        yield pair.change("additional-properties-closed" if new is False else "additional-properties-opened")
    elif isinstance(old, SchemaRef):
        yield pair.change("additional-properties-opened")
    elif isinstance(new, SchemaRef):
        yield pair.change("additional-properties-narrowed")


def diff_items(pair: SchemaPair) -> Iterator[Difference]:
    """Yield the difference of the items of an array."""
    old, new = pair.old.items, pair.new.items
    if old and new:
        yield Part(old, new, pair.position.inner(f"{owner_of(pair, old)}[]"))
    elif (old or new) and pair.old.types == pair.new.types:
        yield pair.change("items-schema-added" if new else "items-schema-removed")


def diff_common(pair: SchemaPair, name: str) -> Iterator[Difference]:
    """Yield the differences of a property that both versions have."""
    old, new = pair.old.properties[name], pair.new.properties[name]
    before, after = pair.old_reader.normalise(old), pair.new_reader.normalise(new)
    is_request = pair.position.is_request
    position = position_of(pair, name, old, non_binding=after.has("readOnly" if is_request else "writeOnly"))
    yield Part(old, new, position)
    was_required, is_required = name in pair.old.required, name in pair.new.required
    if was_required != is_required:
        aspect = "became-required" if is_required else "became-optional"
        if is_required and is_request and "default" in after.plain:
            aspect = "became-required-with-default"
        words = {"name": position.label, "new": code(after.plain.get("default"))}
        yield Change(f"{position.root}-{aspect}", old.pointer, new.pointer, words, position.is_non_binding)
    elif is_required and not is_request and before.has("writeOnly") and not after.has("writeOnly"):
        rule = "response-required-property-became-not-write-only"
        yield Change(rule, old.pointer, new.pointer, {"name": position.label})


def renamed_properties(pair: SchemaPair, added_names: list[str]) -> dict[str, str]:
    """Return the new names of removed properties, where exactly one new property is written like the removed one.

    Properties with no more than a type are not matched.
    """
    found: dict[str, str] = {}
    for name, ref in pair.old.properties.items():
        if name not in pair.new.properties and is_object(ref.raw) and set(ref.raw) - {"type", "format", "nullable"}:
            same = [other for other in added_names if is_same(pair.new.properties[other].raw, ref.raw)]
            found |= {name: same[0]} if len(same) == 1 else {}
    return {name: other for name, other in found.items() if list(found.values()).count(other) == 1}


def removed(pair: SchemaPair, name: str, successor: str | None = None) -> Change:
    """Return the removal of a property, with the property that seems to be the same under another name."""
    ref = pair.old.properties[name]
    if pair.position.is_request:
        rule = "request-property-removed"
    elif pair.old_reader.normalise(ref).has("writeOnly"):
        rule = "response-write-only-property-removed"
    elif pair.position.is_event:
        rule = "event-field-removed"
    else:
        rule = f"response-{'required' if name in pair.old.required else 'optional'}-property-removed"
    words = {"name": position_of(pair, name, ref).label, "more": ""}
    if successor is not None:
        words["more"] = f"; {code(successor)} is new and described alike"
    return Change(rule, ref.pointer, None, words)


def added(pair: SchemaPair, name: str) -> Change:
    """Return the addition of a property."""
    ref = pair.new.properties[name]
    schema = pair.new_reader.normalise(ref)
    is_required = name in pair.new.required
    if pair.position.is_event:
        rule = "event-field-added"
    elif not pair.position.is_request:
        rule = f"response-{'required' if is_required else 'optional'}-property-added"
    elif is_required and not schema.has("readOnly"):
        rule = "new-required-request-property" + ("-with-default" if "default" in schema.plain else "")
    else:
        rule = "new-optional-request-property"
    return Change(rule, None, ref.pointer, {"name": position_of(pair, name, ref).label})


def position_of(pair: SchemaPair, name: str, ref: SchemaRef, *, non_binding: bool = False) -> Position:
    """Return the position of a property, named after the component that defines it, which allOf may bring in."""
    owner = owner_of(pair, ref)
    return pair.position.inner(f"{owner}.{name}" if owner else name, non_binding=non_binding)


def owner_of(pair: SchemaPair, ref: SchemaRef) -> str:
    """Return the name of the component that a part belongs to directly, or else that of the position."""
    parts = ref.pointer.split("/")
    is_direct = parts[4:-1] == ["properties"] or parts[4:] in (["items"], ["additionalProperties"])
    return parts[3] if is_direct and parts[1:3] == ["components", "schemas"] else pair.position.name


def has_annotation_member(pair: SchemaPair) -> bool:
    """Return whether the new version has an allOf member without constraints."""
    raw = pair.new_reader.follow(ref_to(pair.new.pointer))[0].raw
    return any(is_object(one) and not set(one) - ANNOTATIONS for one in list_at(raw, "allOf"))


def missing_from(known: list[SchemaRef], members: list[SchemaRef]) -> list[SchemaRef]:
    """Return the members that `known` does not have."""
    return [ref for ref in members if all(ref.raw != other.raw for other in known)]
