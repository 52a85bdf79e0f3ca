"""Pairs of surfaces: which functions, classes and fields of the old package correspond to which of the new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.drift.python import annotations as types
from pipeline.drift.python.annotations import alternatives, renamed
from pipeline.drift.python.replacements import replacements
from pipeline.drift.python.surface import Argument, Function, Surface, operation_key
from pipeline.drift.rules.finding import Change

# Classes of at least this similarity are the same under another name; an equal class in the same place has 1.3.
SIMILAR = 0.7
SAME_PLACE = 0.3
# An import from a module next to models or in their package, as the generator writes it.
IMPORT = re.compile(r"^ *from \.+(?:models)?\.?(\w+) import ", re.MULTILINE)
# A change with its operation and the Python names it touches.
Changes = Iterator[tuple[Change, str, tuple[str, ...]]]


@dataclass(frozen=True)
class SurfacePair:
    """The surfaces of the old and the new package."""

    old: Surface
    new: Surface

    @cached_property
    def known_old(self) -> dict[str, object]:
        """The classes and aliases of the old package by name."""
        return {**self.old.classes, **self.old.aliases}

    @cached_property
    def known_new(self) -> dict[str, object]:
        """The classes and aliases of the new package by name."""
        return {**self.new.classes, **self.new.aliases}

    @cached_property
    def renames(self) -> dict[str, str]:
        """New names of classes and aliases by the old ones."""
        return renames(self.old, self.new)

    @cached_property
    def replaced(self) -> dict[str, str]:
        """The types that took the place of classes and aliases everywhere, by the old names."""
        return replacements(self.old, self.new, list(self.common_types()))

    @cached_property
    def replaced_classes(self) -> dict[str, str]:
        """Those of them that are new classes with nearly the same fields."""
        return {
            name: other
            for name, other in self.replaced.items()
            if name in self.old.classes and other in self.new.classes
            if similarity(self.old, self.new, name, other) >= SIMILAR
        }

    def common_types(self) -> Iterator[tuple[str, str]]:
        """Yield the types of all results, arguments and fields that both packages have, with renamed classes."""
        for old, new in self.functions:
            if old and new:
                yield renamed(old.returns, self.renames), new.returns
                for name in old.arguments.keys() & new.arguments.keys():
                    yield renamed(old.arguments[name].type, self.renames), new.arguments[name].type
        for name, one in self.old.classes.items():
            other = self.new.classes.get(self.renames.get(name, name))
            for key in one.fields.keys() & other.fields.keys() if other else ():
                yield renamed(one.fields[key].type, self.renames), other.fields[key].type if other else ""

    @cached_property
    def functions(self) -> list[tuple[Function | None, Function | None]]:
        """Old and new functions that correspond: those with the same import, then those of the same operation."""
        modules = {one.module: one for one in self.new.functions.values()}
        found: list[tuple[Function | None, Function | None]] = []
        moved = {key: one for key, one in self.old.functions.items() if one.module not in modules}
        found += [(one, modules[one.module]) for one in self.old.functions.values() if one.module in modules]
        taken = {one.module for one in self.old.functions.values()}
        fresh = {key: one for key, one in self.new.functions.items() if one.module not in taken}
        found += [(one, fresh.pop(key, None)) for key, one in moved.items()]
        return [*found, *((None, one) for one in fresh.values())]

    @cached_property
    def changed_modules(self) -> set[str]:
        """The modules whose code differs, and those that import such modules."""
        old, new = self.old.code, self.new.code
        changed = {module for module in old.keys() | new.keys() if old.get(module) != new.get(module)}
        # The table of all models is no code that a model depends on.
        waiting = list(changed - {"models.__init__"})
        if any(not module.startswith(("api.", "models.")) for module in waiting):
            return old.keys() | new.keys()
        users: dict[str, set[str]] = {}
        for code in (old, new):
            for module, text in code.items():
                for imported in IMPORT.findall(text):
                    users.setdefault(f"models.{imported}", set()).add(module)
        while waiting:
            fresh = users.get(waiting.pop(), set()) - changed
            changed |= fresh
            waiting += fresh
        return changed

    def has_same_code(self, label: str) -> bool:
        """Return whether both packages parse the responses of an operation, or an event, with the same code."""
        if label.startswith("event "):
            name = label.removeprefix("event ")
            classes = {surface.variants.get(name, "") for surface in (self.old, self.new)}
            modules = {surface.modules.get(one) for surface in (self.old, self.new) for one in classes}
        else:
            key = operation_key(label)
            functions = (self.old.functions.get(key), self.new.functions.get(key))
            modules = {one.module if one else None for one in functions}
        return len(modules) == 1 and None not in modules and self.changed_modules.isdisjoint(modules)

    def renamed(self, text: str) -> str:
        """Return a type or source of the old package with the new names of classes."""
        return renamed(text, self.all_renames)

    @cached_property
    def all_renames(self) -> dict[str, str]:
        """The new names or types by the names of classes and aliases that were renamed or replaced."""
        return self.renames | self.replaced

    def loses_only_removed(self, old: str, new: str) -> bool:
        """Return whether a type only lost classes that no longer exist, whose removal is reported."""
        lost = alternatives(self.renamed(old), {}) - alternatives(new, {})
        return lost <= self.old.classes.keys() - self.new.classes.keys()

    def is_replaced(self, text: str) -> bool:
        """Return whether a type of the old package contains a class that was replaced."""
        return renamed(text, self.replaced) != text

    def compare_types(self, old: str, new: str) -> types.Change:
        """Return how a type changed; changes within an alias count only for the alias."""
        if self.renamed(old) == new:
            return "same"
        return types.compare(old, new, (self.old.aliases, self.new.aliases), self.all_renames)

    def compare_values(self, old: Argument, new: Argument) -> types.Change:
        """Return how the type of an argument or field changed; None for a missing one is compared as optionality."""
        if old.required and new.required:
            return self.compare_types(old.type, new.type)
        return self.compare_types(without_none(old.type), without_none(new.type))


def change(rule: str, label: str, names: tuple[str, ...], **words: str) -> Changes:
    """Yield one change."""
    yield Change(rule, None, None, words), label, names


def without_none(text: str) -> str:
    """Return a type without `None`, the value of a missing key."""
    parts = [part for part in re.split(r" \| (?![^\[]*\])", text) if part != "None"]
    return " | ".join(parts)


def renames(old: Surface, new: Surface) -> dict[str, str]:
    """Match the removed with the added classes and aliases; return the new names by the old ones."""
    removed = [name for name in (*old.classes, *old.aliases) if name not in new.classes and name not in new.aliases]
    added = [name for name in (*new.classes, *new.aliases) if name not in old.classes and name not in old.aliases]
    if not (removed and added):
        return {}
    old_places, new_places = places(old, set(removed)), places(new, set(added))
    found: dict[str, str] = {}
    scored = sorted(
        (
            (similarity(old, new, one, other) + SAME_PLACE * bool(old_places[one] & new_places[other]), one, other)
            for one in removed
            for other in added
            if (one in old.classes) == (other in new.classes)
        ),
        reverse=True,
    )
    for score, one, other in scored:
        if score >= SIMILAR and one not in found and other not in found.values():
            found[one] = other
    return found


def similarity(old: Surface, new: Surface, name: str, other: str) -> float:
    """Return the similarity of two classes or two aliases, from 0 to 1; events of different names have none."""
    if name in old.classes:
        left, right = old.classes[name].fields, new.classes[other].fields
        if any(is_constant(left[key]) and left[key].type != right[key].type for key in left.keys() & right.keys()):
            return 0.0
        return (overlap(set(left), set(right)) + overlap(typed(left), typed(right))) / 2
    return overlap(set(alternatives(old.aliases[name], {})), set(alternatives(new.aliases[other], {})))


def is_constant(field: Argument) -> bool:
    """Return whether a field always has the same value, such as the name of an event."""
    return field.type == f"Literal[{field.default}]"


def overlap(left: set[str], right: set[str]) -> float:
    """Return the ratio of common items to all items of two sets."""
    return len(left & right) / len(left | right) if left | right else 0.5


def typed(fields: dict[str, Argument]) -> set[str]:
    """Return the fields together with their types."""
    return {f"{one.name}: {one.type}" for one in fields.values()}


def places(surface: Surface, names: set[str]) -> dict[str, set[str]]:
    """Return the uses of classes and aliases: responses, arguments, fields and events."""
    uses = [(f"{one.label} returns", one.returns) for one in surface.functions.values()]
    uses += [
        (f"{one.label} {arg.name}", arg.type) for one in surface.functions.values() for arg in one.arguments.values()
    ]
    uses += [(f"{cls.name}.{one.name}", one.type) for cls in surface.classes.values() for one in cls.fields.values()]
    uses += [(f"event {key}", value) for key, value in surface.variants.items()]
    found: dict[str, set[str]] = {name: set() for name in names}
    for place, text in uses:
        for name in names.intersection(re.findall(r"\w+", text)):
            found[name].add(place)
    return found
