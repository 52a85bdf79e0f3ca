"""Changes of classes and aliases: constructors, fields, JSON keys, literals and unions."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.drift.python.annotations import alternatives
from pipeline.drift.python.class_names import left_over_classes, union_members
from pipeline.drift.python.functions import is_same_default, type_words
from pipeline.drift.python.pair import Changes, SurfacePair, change, is_constant, without_none
from pipeline.drift.python.surface import Argument, Class, Surface
from pipeline.drift.schemas.phrases import code, code_pair

# Names of at least this ratio of common letters are similar.
SIMILAR_NAMES = 0.6
MOVED = "; the positional arguments have another order"


def class_changes(pair: SurfacePair) -> Changes:
    """Yield the changes of all classes and aliases, without their names."""
    lost, gained = union_members(pair)
    left_over = left_over_classes(pair)
    successors = pair.renames | pair.replaced_classes
    changed = {name for name, one in pair.old.classes.items() if name in pair.new.classes and is_refixed(pair, one)}
    for name, one in pair.old.classes.items():
        other = pair.new.classes.get(successors.get(name, name))
        if other and name not in left_over:
            yield from compare_classes(pair, one, other)
    for name, alias in pair.old.aliases.items():
        successor = pair.renames.get(name, name)
        if successor in pair.new.aliases:
            implied = literal_values(pair.old, lost | changed), literal_values(pair.new, gained | changed)
            yield from compare_aliases(pair, successor, alias, pair.new.aliases[successor], implied)


def is_refixed(pair: SurfacePair, old: Class) -> bool:
    """Return whether a field of a class is fixed to another value, such as the new name of an event."""
    new = pair.new.classes[old.name].fields
    return any(is_constant(one) and name in new and new[name].type != one.type for name, one in old.fields.items())


def literal_values(surface: Surface, classes: set[str]) -> set[str]:
    """Return the literals that fields of some classes are fixed to, such as the names of events."""
    types = (one.type for name in classes for one in surface.classes[name].fields.values())
    return {one for one in types if one.startswith("Literal[")}


@dataclass(frozen=True)
class Position:
    """The position of a field: whether users pass it, whether they read it, and whether the order has changed."""

    is_input: bool
    is_output: bool
    is_moved: bool


def compare_classes(pair: SurfacePair, old: Class, new: Class) -> Changes:
    """Yield the changes of one class."""
    is_input = old.name in pair.old.input_types or new.name in pair.new.input_types
    is_output = old.name in pair.old.output_types or new.name in pair.new.output_types
    renames = renamed_fields(pair, old, new)
    successors = renames or only_successor(pair, old, new)
    before = [renames.get(name, name) for name in old.fields if renames.get(name, name) in new.fields]
    is_moved = before != [name for name in new.fields if name in before]
    for name, one in old.fields.items():
        if name in renames:
            words = {"place": code(new.name), "old": code(name), "new": code(renames[name])}
            yield from change("python-field-renamed", "", (f"models.{new.name}.{name}",), **words)
        elif name not in new.fields:
            words = {"place": code(new.name), "name": code(name), "more": ""}
            if name in successors:
                words["more"] = f"; {code(successors[name])} is new and has the same type"
            yield from change("python-field-removed", "", (f"models.{new.name}.{name}",), **words)
        else:
            position = Position(is_input=is_input, is_output=is_output, is_moved=is_moved)
            yield from compare_fields(pair, old, new, one, new.fields[name], position)
    for name, one in new.fields.items():
        is_required = one.required and is_input
        if name not in old.fields and name not in renames.values() and (is_required or name not in successors.values()):
            rule = "python-field-added" + ("-required" if is_required else "")
            yield from change(rule, "", (f"models.{new.name}.{name}",), place=code(new.name), name=code(name))
    if is_moved and not is_moved_by_requirement(old, new, renames):
        yield from change("python-field-moved", "", (f"models.{new.name}",), place=code(new.name), more="")
    if [pair.renamed(base) for base in old.bases] != list(new.bases):
        words = {"old": code(", ".join(old.bases)), "new": code(", ".join(new.bases))}
        yield from change("python-other-changed", "", (f"models.{new.name}",), place=code(new.name), **words)


def is_moved_by_requirement(old: Class, new: Class, renames: dict[str, str]) -> bool:
    """Return whether the fields have another order only because some became required or optional."""
    same = {
        name: other
        for name, one in old.fields.items()
        if (other := renames.get(name, name)) in new.fields and one.required == new.fields[other].required
    }
    return list(same.values()) == [name for name in new.fields if name in same.values()]


def renamed_fields(pair: SurfacePair, old: Class, new: Class) -> dict[str, str]:
    """Return the new names of fields that have the same JSON key, or the same type in the same position.

    A field with the same type in another position is the same if the names are similar.
    """
    removed, added = (
        [one for one in old.fields if one not in new.fields],
        [one for one in new.fields if one not in old.fields],
    )
    before, after = list(old.fields), list(new.fields)
    found: dict[str, str] = {}
    for name in removed:
        for other in added:
            one, successor = old.fields[name], new.fields[other]
            is_alike = one.default == successor.default and pair.compare_types(one.type, successor.type) == "same"
            is_near = before.index(name) == after.index(other) and len(before) == len(after)
            is_near = is_near or SequenceMatcher(None, name, other).ratio() >= SIMILAR_NAMES
            if old.keys.get(name, name) == new.keys.get(other, other) or (is_alike and is_near):
                found.setdefault(name, other)
    return {name: other for name, other in found.items() if list(found.values()).count(other) == 1}


def only_successor(pair: SurfacePair, old: Class, new: Class) -> dict[str, str]:
    """Return the name of the only new field by that of the only removed one, if they have the same type."""
    removed, added = (
        [one for one in old.fields if one not in new.fields],
        [one for one in new.fields if one not in old.fields],
    )
    if len(removed) != 1 or len(added) != 1:
        return {}
    is_same = pair.compare_values(old.fields[removed[0]], new.fields[added[0]]) == "same"
    return {removed[0]: added[0]} if is_same else {}


def compare_fields(
    pair: SurfacePair, cls: Class, other: Class, old: Argument, new: Argument, position: Position
) -> Changes:
    """Yield the changes of one field."""
    old_type, new_type = code_pair(old.type, new.type)
    words = {"place": code(other.name), "name": code(new.name), "old": old_type, "new": new_type}
    words["types"] = f" ({old_type} became {new_type})" if old.type != new.type else ""
    words["more"] = MOVED if position.is_moved else ""
    names = (f"models.{other.name}.{new.name}",)
    if cls.keys.get(old.name) != other.keys.get(new.name):
        keys = {"old": code(cls.keys.get(old.name)), "new": code(other.keys.get(new.name))}
        yield from change("python-field-json-name-changed", "", names, **words | keys)
    if new.required and not old.required:
        yield from change(
            "python-field-became-required" if position.is_input else "python-field-always-there", "", names, **words
        )
    if old.required and not new.required:
        if position.is_output and is_new_none(old, new):
            yield from change("python-field-became-optional", "", names, **words)
        elif position.is_moved:
            more = f", since {code(new.name)} may now be omitted"
            yield from change("python-field-moved", "", names, **words | {"more": more})
        else:
            yield from change("python-field-may-be-left-out", "", names, **words)
    how = pair.compare_values(old, new)
    # Where the type changed, too, a default that only marks the value as absent adds nothing.
    is_marker = how != "same" and ("None" in (old.default, new.default) or is_constant(new))
    if not old.required and not new.required and not is_same_default(old, new) and not is_marker:
        defaults = {"old": code(old.default), "new": code(new.default)}
        yield from change("python-field-default-changed", "", names, **words | defaults)
    if how == "changed":
        yield from change("python-field-type-changed", "", names, **words)
    elif how == "widened":
        yield from change(
            "python-field-type-widened" if position.is_output else "python-field-input-widened", "", names, **words
        )
    elif how == "narrowed" and (position.is_input or not pair.loses_only_removed(old.type, new.type)):
        yield from change(
            "python-field-type-changed" if position.is_input else "python-field-type-narrowed", "", names, **words
        )


def is_new_none(old: Argument, new: Argument) -> bool:
    """Return whether a field can be None that could not be before."""
    return without_none(new.type) != new.type and without_none(old.type) == old.type


def compare_aliases(pair: SurfacePair, name: str, old: str, new: str, implied: tuple[set[str], set[str]]) -> Changes:
    """Yield the changes of one alias: a list of literals, or a union.

    Literals that are `implied` by members that left or joined a union are not listed, and neither are members whose
    class was removed.
    """
    before = alternatives(pair.renamed(old), {})
    after = alternatives(new, {})
    if before == after:
        return
    names = (f"models.{name}",)
    if all(one.startswith("Literal[") for one in before | after):
        removed, added = sorted(before - after - implied[0]), sorted(after - before - implied[1])
        if removed:
            yield from change("python-literal-value-removed", "", names, place=code(name), old=literals(removed))
        if added:
            rule = "python-literal-value-added" if name in pair.new.output_types else "python-literal-input-added"
            yield from change(rule, "", names, place=code(name), new=literals(added))
    elif before < after and name not in pair.new.output_types:
        yield from change(
            "python-field-input-widened",
            "",
            names,
            place=code(name),
            name="the union",
            old=code(old),
            new=code(new),
        )
    elif after < before and not (before - after) & pair.new.classes.keys():
        return
    else:
        # Every new event adds a member to the union of events, which is no more than a warning.
        rule = "python-union-widened" if before < after else "python-union-changed"
        rule = "python-union-narrowed" if after < before else rule
        yield from change(rule, "", names, place=code(name), **type_words(pair.renamed(old), new, {}))


def literals(found: list[str]) -> str:
    """Return literal values as they appear in a sentence."""
    return ", ".join(f"`{one[8:-1]}`" for one in found)
