"""Changes of classes and aliases: names, constructors, fields, JSON keys, literals and unions."""

from __future__ import annotations

from pipeline.drift.python.annotations import alternatives
from pipeline.drift.python.functions import type_words
from pipeline.drift.python.pair import Changes, SurfacePair, change, without_none
from pipeline.drift.python.surface import Argument, Class, Surface
from pipeline.drift.schemas.phrases import code, code_pair


def class_changes(pair: SurfacePair) -> Changes:
    """Yield the changes of all classes and aliases."""
    lost, gained = union_members(pair)
    left_over = lost & pair.new.unused_types - pair.old.unused_types
    yield from compare_names(pair, gained | members_of(pair.new, left_over))
    for name, one in pair.old.classes.items():
        other = pair.new.classes.get(pair.renames.get(name, name))
        if other and name not in left_over:
            yield from compare_classes(pair, one, other)
    for name, alias in pair.old.aliases.items():
        successor = pair.renames.get(name, name)
        if successor in pair.new.aliases:
            implied = literal_values(pair.old, lost), literal_values(pair.new, gained)
            yield from compare_aliases(pair, successor, alias, pair.new.aliases[successor], implied)


def union_members(pair: SurfacePair) -> tuple[set[str], set[str]]:
    """Return the classes that left a union, and those that joined one."""
    lost, gained = set[str](), set[str]()
    for name, alias in pair.old.aliases.items():
        before = alternatives(pair.renamed(alias), {})
        after = alternatives(pair.new.aliases.get(pair.renames.get(name, name), ""), {})
        if after & before & pair.new.classes.keys():
            lost |= before - after
            gained |= after - before
    return lost & pair.old.classes.keys(), gained & pair.new.classes.keys()


def members_of(surface: Surface, classes: set[str]) -> set[str]:
    """Return the classes and aliases in the fields of some classes."""
    return surface.closure(field.type for name in classes for field in surface.classes[name].fields.values())


def literal_values(surface: Surface, classes: set[str]) -> set[str]:
    """Return the literals that fields of some classes are fixed to, such as the names of events."""
    types = (one.type for name in classes for one in surface.classes[name].fields.values())
    return {one for one in types if one.startswith("Literal[")}


def compare_names(pair: SurfacePair, gained: set[str]) -> Changes:
    """Yield the added, removed and renamed classes and aliases, without the added ones that a union reports."""
    old = {**pair.old.classes, **pair.old.aliases}
    new = {**pair.new.classes, **pair.new.aliases}
    for name in old:
        if name in pair.renames:
            yield from change("python-class-renamed", "", (f"models.{name}",), old=name, new=pair.renames[name])
        elif name not in new:
            yield from change("python-class-removed", "", (f"models.{name}",), old=code(name))
    for name in new:
        if name not in old and name not in pair.renames.values() and name not in gained:
            yield from change("python-class-added", "", (f"models.{name}",), new=code(name))


def compare_classes(pair: SurfacePair, old: Class, new: Class) -> Changes:
    """Yield the changes of one class."""
    is_input = old.name in pair.old.input_types or new.name in pair.new.input_types
    is_output = old.name in pair.old.output_types or new.name in pair.new.output_types
    for name, one in old.fields.items():
        if name not in new.fields:
            yield from change(
                "python-field-removed", "", (f"models.{new.name}.{name}",), place=code(new.name), name=code(name)
            )
        else:
            yield from compare_fields(pair, old, new, one, new.fields[name], is_input=is_input, is_output=is_output)
    for name, one in new.fields.items():
        if name not in old.fields:
            rule = "python-field-added" + ("-required" if one.required and is_input else "")
            yield from change(rule, "", (f"models.{new.name}.{name}",), place=code(new.name), name=code(name))
    before = [name for name in old.fields if name in new.fields]
    after = [name for name in new.fields if name in old.fields]
    if before != after:
        yield from change("python-field-moved", "", (f"models.{new.name}",), place=code(new.name))
    if [pair.renamed(base) for base in old.bases] != list(new.bases):
        words = {"old": code(", ".join(old.bases)), "new": code(", ".join(new.bases))}
        yield from change("python-other-changed", "", (f"models.{new.name}",), place=code(new.name), **words)


def compare_fields(
    pair: SurfacePair, cls: Class, other: Class, old: Argument, new: Argument, *, is_input: bool, is_output: bool
) -> Changes:
    """Yield the changes of one field."""
    old_type, new_type = code_pair(old.type, new.type)
    words = {"place": code(other.name), "name": code(new.name), "old": old_type, "new": new_type}
    words["types"] = f" ({old_type} became {new_type})" if old.type != new.type else ""
    names = (f"models.{other.name}.{new.name}",)
    if cls.keys.get(old.name) != other.keys.get(new.name):
        keys = {"old": code(cls.keys.get(old.name)), "new": code(other.keys.get(new.name))}
        yield from change("python-field-json-name-changed", "", names, **words | keys)
    if new.required and not old.required:
        yield from change(
            "python-field-became-required" if is_input else "python-field-always-there", "", names, **words
        )
    if old.required and not new.required:
        yield from change(
            "python-field-became-optional" if is_output and is_new_none(old, new) else "python-field-may-be-left-out",
            "",
            names,
            **words,
        )
    how = pair.compare_values(old, new)
    # Where the type changed, too, a default that only marks the value as absent adds nothing.
    is_marker = how != "same" and "None" in (old.default, new.default)
    if not old.required and not new.required and old.default != new.default and not is_marker:
        defaults = {"old": code(old.default), "new": code(new.default)}
        yield from change("python-field-default-changed", "", names, **words | defaults)
    if how == "changed":
        yield from change("python-field-type-changed", "", names, **words)
    elif how == "widened":
        yield from change(
            "python-field-type-widened" if is_output else "python-field-input-widened", "", names, **words
        )
    elif how == "narrowed":
        yield from change("python-field-type-changed" if is_input else "python-field-type-narrowed", "", names, **words)


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
