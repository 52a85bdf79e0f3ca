"""Values: enums, bounds, patterns and defaults of two schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.document import is_list
from pipeline.drift.rules import LOWER, UPPER
from pipeline.drift.schemas.normal import NormalSchema
from pipeline.drift.schemas.phrases import code, listed

if TYPE_CHECKING:
    from pipeline.drift.schemas.diff import Differ

ABSENT = object()


def values(differ: Differ) -> None:
    """Everything that says which values of a type are allowed."""
    enums(differ)
    bounds(differ)
    patterns(differ)
    defaults(differ)


def enums(differ: Differ) -> None:
    """The list of allowed values."""
    old, new = differ.old.enum, differ.new.enum
    if new is not None and old is None:
        differ.say("became-enum", new=listed(new))
    elif old is not None and new is None:
        differ.say("enum-removed", old=listed(old))
    elif old is not None and new is not None:
        added = [value for value in new if value not in old]
        removed = [value for value in old if value not in new]
        if added:
            differ.say("enum-value-added", new=listed(added))
        if removed:
            differ.say("enum-value-removed", old=listed(removed))
    gone = [
        value
        for value in listable(differ.old, "x-extensible-enum")
        if value not in listable(differ.new, "x-extensible-enum")
    ]
    if gone:
        differ.say("x-extensible-enum-value-removed", old=listed(gone))


def bounds(differ: Differ) -> None:
    """Upper and lower bounds."""
    for keyword, name in (UPPER | LOWER).items():
        old, new = differ.old.plain.get(keyword), differ.new.plain.get(keyword)
        if old == new:
            continue
        if old is None or new is None:
            differ.say(f"{name}-{'set' if old is None else 'unset'}", old=code(old), new=code(new))
        elif isinstance(old, int | float) and isinstance(new, int | float):
            differ.say(f"{name}-{'increased' if new > old else 'decreased'}", old=code(old), new=code(new))
        else:
            differ.say("constraint-changed", new=keyword)
    old, new = (bool(shape.plain.get("uniqueItems")) for shape in (differ.old, differ.new))
    if old != new:
        differ.say("unique-items-set" if new else "unique-items-unset")
    old, new = (shape.plain.get("multipleOf") for shape in (differ.old, differ.new))
    if old != new:
        differ.say("multiple-of-changed", old=code(old), new=code(new))


def patterns(differ: Differ) -> None:
    """The regular expression of a string."""
    old, new = differ.old.plain.get("pattern"), differ.new.plain.get("pattern")
    if old == new:
        return
    if old is None:
        differ.say("pattern-added", new=code(new))
    elif new is None:
        differ.say("pattern-removed", old=code(old))
    else:
        everything = new in (".*", "^.*$", "^.*", ".*$", "") and differ.slot.request
        differ.say("pattern-generalized" if everything else "pattern-changed", old=code(old), new=code(new))


def defaults(differ: Differ) -> None:
    """The value that stands for a missing one."""
    old, new = differ.old.plain.get("default", ABSENT), differ.new.plain.get("default", ABSENT)
    if old == new:
        return
    how = "added" if old is ABSENT else "removed" if new is ABSENT else "changed"
    differ.say(f"default-value-{how}", old=code(old), new=code(new))


def listable(shape: NormalSchema, keyword: str) -> list[Any]:
    """A keyword's list, or none."""
    found = shape.plain.get(keyword)
    return found if is_list(found) else []
