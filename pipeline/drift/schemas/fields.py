"""Fields: the properties of two objects that stayed, came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.document import is_list, is_object
from pipeline.drift.rules.findings import Change
from pipeline.drift.schemas.normal import PROSE, SchemaRef
from pipeline.drift.schemas.phrases import called, code

if TYPE_CHECKING:
    from pipeline.drift.schemas.diff import Differ


def properties(differ: Differ) -> None:
    """Fields that stayed, came and went."""
    old, new = differ.old, differ.new
    for name in old.properties:
        if name in new.properties:
            stayed(differ, name)
        else:
            went(differ, name)
    added = [name for name in new.properties if name not in old.properties]
    more = further(differ)
    if more and differ.slot.root != "event-field":
        differ.say("all-of-added", new=", ".join(called(differ.comparison.revision, one) for one in more))
    gone = fewer(differ)
    if gone and differ.slot.root != "event-field":
        differ.say("all-of-removed", old=", ".join(called(differ.comparison.base, one) for one in gone))
    for name in added:
        came(differ, name)
    if new.parts > old.parts and not added and annotated(differ):
        differ.say("all-of-added-annotation-only")


def annotated(differ: Differ) -> bool:
    """Whether a member of allOf that only annotates is new."""
    raw = differ.comparison.revision.follow(SchemaRef({"$ref": f"#{differ.new.pointer}"}, ""))[0].raw
    members = raw.get("allOf") if is_object(raw) else None
    return is_list(members) and any(is_object(one) and not set(one) - PROSE for one in members)


def further(differ: Differ) -> list[SchemaRef]:
    """Members of allOf that are new beside all the old ones, and constrain something."""
    old, new = differ.comparison.base.members(differ.old), differ.comparison.revision.members(differ.new)
    return fresh(old, new) if len(old) > 1 and len(new) > len(old) and not fresh(new, old) else []


def fewer(differ: Differ) -> list[SchemaRef]:
    """Members of allOf that are gone, while all others stayed."""
    old, new = differ.comparison.base.members(differ.old), differ.comparison.revision.members(differ.new)
    return fresh(new, old) if len(new) > 1 and len(old) > len(new) and not fresh(old, new) else []


def named(differ: Differ, name: str, spot: SchemaRef) -> str:
    """A field with the component that defines it, which is another one where allOf brings it in."""
    parts = spot.pointer.split("/")
    if parts[1:3] == ["components", "schemas"] and parts[4:-1] == ["properties"]:
        return f"{parts[3]}.{name}"
    return f"{differ.slot.name}.{name}" if differ.slot.name else name


def stayed(differ: Differ, name: str) -> None:
    """A field that both have."""
    old, new = differ.old.properties[name], differ.new.properties[name]
    before, after = differ.comparison.base.normalise(old), differ.comparison.revision.normalise(new)
    ignored = bool(after.plain.get("readOnly" if differ.slot.request else "writeOnly"))
    inner = differ.slot.inner(named(differ, name, old), muted=ignored)
    differ.part(old, new, inner)
    was, now = name in differ.old.required, name in differ.new.required
    aspect = None
    if now and not was:
        aspect = "became-required"
        if differ.slot.request and "default" in after.plain:
            aspect = "became-required-with-default"
    elif was and not now:
        aspect = "became-optional"
    if aspect:
        words = {"name": inner.shown, "new": code(after.plain.get("default"))}
        differ.pair.changes.append(Change(f"{inner.root}-{aspect}", old.pointer, new.pointer, words, inner.muted))
    if was and now and not differ.slot.request and before.plain.get("writeOnly") and not after.plain.get("writeOnly"):
        rule = "response-required-property-became-not-write-only"
        differ.pair.changes.append(Change(rule, old.pointer, new.pointer, {"name": inner.shown}))


def went(differ: Differ, name: str) -> None:
    """A field that is gone."""
    spot = differ.old.properties[name]
    shape = differ.comparison.base.normalise(spot)
    inner = differ.slot.inner(named(differ, name, spot))
    if differ.slot.request:
        rule = "request-property-removed"
    elif shape.plain.get("writeOnly"):
        rule = "response-write-only-property-removed"
    elif differ.slot.root == "event-field":
        rule = "event-field-removed"
    else:
        rule = f"response-{'required' if name in differ.old.required else 'optional'}-property-removed"
    differ.pair.changes.append(Change(rule, spot.pointer, None, {"name": inner.shown}))


def came(differ: Differ, name: str) -> None:
    """A field that is new."""
    spot = differ.new.properties[name]
    shape = differ.comparison.revision.normalise(spot)
    inner = differ.slot.inner(named(differ, name, spot))
    needed = name in differ.new.required
    if differ.slot.root == "event-field":
        rule = "event-field-added"
    elif not differ.slot.request:
        rule = f"response-{'required' if needed else 'optional'}-property-added"
    elif needed and not shape.plain.get("readOnly"):
        rule = "new-required-request-property" + ("-with-default" if "default" in shape.plain else "")
    else:
        rule = "new-optional-request-property"
    differ.pair.changes.append(Change(rule, None, spot.pointer, {"name": inner.shown}))


def fresh(old: list[SchemaRef], new: list[SchemaRef]) -> list[SchemaRef]:
    """The members of `new` that `old` does not have."""
    return [spot for spot in new if all(spot.raw != other.raw for other in old)]
