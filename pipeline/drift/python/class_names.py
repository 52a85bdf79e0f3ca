"""Added, removed, renamed and replaced classes and aliases, each one finding with the change that causes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.drift.python.annotations import alternatives
from pipeline.drift.python.pair import Changes, SurfacePair, change
from pipeline.drift.python.surface import Surface
from pipeline.drift.rules import RULES
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.phrases import code


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


def left_over_classes(pair: SurfacePair) -> set[str]:
    """Return the classes that left a union and are no longer used, although they still exist."""
    return union_members(pair)[0] & pair.new.unused_types - pair.old.unused_types


def name_changes(pair: SurfacePair, changes: Iterable[tuple[Change, str, tuple[str, ...]]]) -> Changes:
    """Yield the other changes, with the names of the classes that they add or remove, and those of names alone.

    A class that something new brings in is not reported separately, nor is one that goes with something that
    breaks code anyway.
    """
    explained = set[str]()
    for one, label, names in changes:
        before, after = types_at(pair, names)
        added = {name for name in pair.new.closure(after) if name not in pair.known_old}
        removed = {name for name in pair.old.closure(before) if name not in pair.known_new}
        classes = sorted((added | removed) - {*pair.renames, *pair.renames.values(), *pair.replaced})
        explained |= added | (removed if RULES[one.rule].level == "breaking" else set[str]())
        yield one, label, (*names, *(f"models.{name}" for name in classes))
    yield from compare_names(pair, explained | pair.new.closure(pair.replaced.values()) | joined(pair))


def joined(pair: SurfacePair) -> set[str]:
    """Return the classes that joined a union, which reports them, and those in the fields of left-over ones."""
    fields = (field.type for name in left_over_classes(pair) for field in pair.new.classes[name].fields.values())
    return union_members(pair)[1] | pair.new.closure(fields)


def types_at(pair: SurfacePair, names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the old and the new types of functions, fields and aliases by their names."""
    before, after = (types(surface, names) for surface in (pair.old, pair.new))
    return before, after


def types(surface: Surface, names: tuple[str, ...]) -> list[str]:
    """Return the types of functions, fields and aliases by their names."""
    found: list[str] = []
    for name in names:
        first, *parts = name.split(".")
        known = surface.classes.get(parts[0]) if first == "models" else None
        if known and parts[1:]:
            found += [field.type for key, field in known.fields.items() if key == parts[1]]
        elif first == "models":
            found += [surface.aliases[parts[0]]] if parts[0] in surface.aliases else []
        else:
            functions = [one for one in surface.functions.values() if one.module == name]
            found += [one.returns for one in functions]
            found += [argument.type for one in functions for argument in one.arguments.values()]
    return found


def compare_names(pair: SurfacePair, explained: set[str]) -> Changes:
    """Yield the added, removed, renamed and replaced classes and aliases, without those that others explain."""
    for name in pair.known_old:
        if name in pair.renames:
            yield from change("python-class-renamed", "", (f"models.{name}",), old=name, new=pair.renames[name])
        elif name in pair.replaced:
            names = (f"models.{name}", *users(pair.old, name))
            yield from change("python-class-replaced", "", names, old=code(name), new=code(pair.replaced[name]))
        elif name not in pair.known_new and name not in explained:
            yield from change("python-class-removed", "", (f"models.{name}",), old=code(name))
    for name in pair.known_new:
        if name not in pair.known_old and name not in pair.renames.values() and name not in explained:
            yield from change("python-class-added", "", (f"models.{name}",), new=code(name))


def users(surface: Surface, name: str) -> list[str]:
    """Return the fields and functions that use a class or alias."""
    uses = [
        (f"models.{cls.name}.{one.name}", one.type) for cls in surface.classes.values() for one in cls.fields.values()
    ]
    uses += [
        (one.module, " ".join([one.returns, *(argument.type for argument in one.arguments.values())]))
        for one in surface.functions.values()
    ]
    return [place for place, text in uses if re.search(rf"\b{name}\b", text)]
