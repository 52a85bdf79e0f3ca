"""Differences between two generated packages, as users see them: imports, calls, constructors and types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.drift.python.annotations import alternatives, compare, renamed
from pipeline.drift.python.surface import Argument, Class, Function, Surface
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.phrases import code, code_pair

# Classes of at least this similarity are the same under another name; an equal class in the same place has 1.3.
SIMILAR = 0.7
# A change with its operation and the Python names it touches.
Changes = Iterator[tuple[Change, str, tuple[str, ...]]]


@dataclass
class Difference:
    """Two surfaces, and their differences with the operation and the Python names of each."""

    old: Surface
    new: Surface
    renames: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.renames = renames(self.old, self.new)

    def changes(self) -> Changes:
        """Yield the changes of functions, then those of classes and aliases."""
        old, new = (
            {label_key(function.label): function for function in side.functions.values()}
            for side in (self.old, self.new)
        )
        for label, function in old.items():
            if label in new:
                yield from self.function(function, new[label])
            else:
                yield from change(
                    "python-function-removed", function.label, (function.module,), old=code(function.module)
                )
        for label, function in new.items():
            if label not in old:
                yield from change(
                    "python-function-added", function.label, (function.module,), new=code(function.module)
                )
        yield from self.names()
        for name, one in self.old.classes.items():
            other = self.new.classes.get(self.renames.get(name, name))
            if other:
                yield from self.cls(one, other)
        for name, alias in self.old.aliases.items():
            successor = self.renames.get(name, name)
            if successor in self.new.aliases:
                yield from self.alias(successor, alias, self.new.aliases[successor])

    def type(self, old: str, new: str) -> str:
        """Return how a type changed; changes within an alias count only for the alias."""
        before, after = renamed(old, self.renames), new
        if before == after:
            return "same"
        return compare(old, new, (self.old.aliases, self.new.aliases), self.renames)

    def function(self, old: Function, new: Function) -> Changes:
        """Yield the changes of one operation."""
        names = (new.module,)
        if old.module != new.module:
            yield from change("python-function-moved", old.label, (old.module,), old=old.module, new=new.module)
        for name, argument in old.arguments.items():
            if name not in new.arguments:
                yield from change("python-argument-removed", old.label, names, place=code(new.module), name=code(name))
            else:
                yield from self.argument(old, new, argument, new.arguments[name])
        for name, argument in new.arguments.items():
            if name not in old.arguments:
                rule = "python-argument-added" + ("-required" if argument.required else "")
                yield from change(rule, old.label, names, place=code(new.module), name=code(name))
        before, after = ([one.name for one in side.arguments.values() if not one.keyword] for side in (old, new))
        if before != after and set(before) == set(after):
            yield from change("python-argument-moved", old.label, names, place=code(new.module))
        how = self.type(old.returns, new.returns)
        if how != "same":
            words = difference(renamed(old.returns, self.renames), new.returns, self.new.aliases)
            rule = "python-return-known" if old.returns == "None" else f"python-return-{how}"
            yield from change(rule, old.label, names, place="the function", **words)
        if (
            old.arguments == new.arguments
            and renamed(old.request, self.renames) != new.request
            and old.module == new.module
        ):
            lines = changed_line(renamed(old.request, self.renames), new.request)
            yield from change(
                "python-behaviour-changed",
                old.label,
                names,
                place=code(new.module),
                old=code(lines[0]),
                new=code(lines[1]),
            )

    def argument(self, function: Function, other: Function, old: Argument, new: Argument) -> Changes:
        """Yield the changes of one argument."""
        old_type, new_type = code_pair(old.type, new.type)
        words = {"place": code(other.module), "name": code(new.name), "old": old_type, "new": new_type}
        names = (other.module,)
        if old.required != new.required:
            rule = "python-argument-became-" + ("required" if new.required else "optional")
            yield from change(rule, function.label, names, **words)
        elif old.default != new.default:
            words |= {"old": code(old.default), "new": code(new.default)}
            yield from change("python-argument-default-changed", function.label, names, **words)
        how = self.type(without_unset(old.type), without_unset(new.type))
        if how in ("narrowed", "changed"):
            yield from change("python-argument-type-narrowed", function.label, names, **words)
        elif how == "widened":
            yield from change("python-argument-type-widened", function.label, names, **words)

    def names(self) -> Changes:
        """Yield the added, removed and renamed classes and aliases."""
        old = {**self.old.classes, **self.old.aliases}
        new = {**self.new.classes, **self.new.aliases}
        for name in old:
            if name in self.renames:
                yield from change("python-class-renamed", "", (f"models.{name}",), old=name, new=self.renames[name])
            elif name not in new:
                yield from change("python-class-removed", "", (f"models.{name}",), old=code(name))
        for name in new:
            if name not in old and name not in self.renames.values():
                yield from change("python-class-added", "", (f"models.{name}",), new=code(name))

    def cls(self, old: Class, new: Class) -> Changes:
        """Yield the changes of one class."""
        is_input = old.name in self.old.input_types or new.name in self.new.input_types
        is_output = old.name in self.old.output_types or new.name in self.new.output_types
        for name, one in old.fields.items():
            if name not in new.fields:
                yield from change(
                    "python-field-removed", "", (f"models.{new.name}.{name}",), place=code(new.name), name=code(name)
                )
            else:
                yield from self.field(old, new, one, new.fields[name], is_input=is_input, is_output=is_output)
        for name, one in new.fields.items():
            if name not in old.fields:
                rule = "python-field-added" + ("-required" if one.required and is_input else "")
                yield from change(rule, "", (f"models.{new.name}.{name}",), place=code(new.name), name=code(name))
        before = [name for name in old.fields if name in new.fields]
        after = [name for name in new.fields if name in old.fields]
        if before != after:
            yield from change("python-field-moved", "", (f"models.{new.name}",), place=code(new.name))
        if [renamed(base, self.renames) for base in old.bases] != list(new.bases):
            words = {"old": code(", ".join(old.bases)), "new": code(", ".join(new.bases))}
            yield from change("python-other-changed", "", (f"models.{new.name}",), place=code(new.name), **words)

    def field(
        self, cls: Class, other: Class, old: Argument, new: Argument, *, is_input: bool, is_output: bool
    ) -> Changes:
        """Yield the changes of one field."""
        old_type, new_type = code_pair(old.type, new.type)
        words = {"place": code(other.name), "name": code(new.name), "old": old_type, "new": new_type}
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
                "python-field-became-optional" if is_output and "Unset" in new.type else "python-field-may-be-left-out",
                "",
                names,
                **words,
            )
        if not old.required and not new.required and old.default != new.default:
            defaults = {"old": code(old.default), "new": code(new.default)}
            yield from change("python-field-default-changed", "", names, **words | defaults)
        how = self.type(without_unset(old.type), without_unset(new.type))
        if how == "changed":
            yield from change("python-field-type-changed", "", names, **words)
        elif how == "widened":
            yield from change(
                "python-field-type-widened" if is_output else "python-field-input-widened", "", names, **words
            )
        elif how == "narrowed":
            yield from change(
                "python-field-type-changed" if is_input else "python-field-type-narrowed", "", names, **words
            )

    def alias(self, name: str, old: str, new: str) -> Changes:
        """Yield the changes of one alias: a list of literals, or a union."""
        before = alternatives(renamed(old, self.renames), {})
        after = alternatives(new, {})
        if before == after:
            return
        names = (f"models.{name}",)
        if all(one.startswith("Literal[") for one in before | after):
            removed, added = sorted(before - after), sorted(after - before)
            if removed:
                yield from change("python-literal-value-removed", "", names, place=code(name), old=literals(removed))
            if added:
                rule = "python-literal-value-added" if name in self.new.output_types else "python-literal-input-added"
                yield from change(rule, "", names, place=code(name), new=literals(added))
        elif before < after and name not in self.new.output_types:
            yield from change(
                "python-field-input-widened",
                "",
                names,
                place=code(name),
                name="the union",
                old=code(old),
                new=code(new),
            )
        else:
            # Every new event adds a member to the union of events, which is no more than a warning.
            rule = "python-union-widened" if before < after else "python-union-changed"
            rule = "python-union-narrowed" if after < before else rule
            yield from change(rule, "", names, place=code(name), **difference(renamed(old, self.renames), new, {}))


def change(rule: str, label: str, names: tuple[str, ...], **words: str) -> Changes:
    """Yield one change."""
    yield Change(rule, None, None, words), label, names


def label_key(label: str) -> str:
    """Return an operation's label without the names of its path parameters."""
    return re.sub(r"\{[^}]*\}", "{}", label)


def without_unset(text: str) -> str:
    """Return a type without `Unset`, which is compared as optionality."""
    parts = [part for part in re.split(r" \| (?![^\[]*\])", text) if part != "Unset"]
    return " | ".join(parts)


def difference(old: str, new: str, aliases: dict[str, str]) -> dict[str, str]:
    """Return the removed and the added alternatives of a type, or else the complete types."""
    before, after = alternatives(old, aliases), alternatives(new, aliases)
    removed, added = sorted(before - after), sorted(after - before)
    old_text, new_text = code_pair(" | ".join(removed) or old, " | ".join(added) or new)
    return {"old": old_text, "new": new_text}


def literals(found: list[str]) -> str:
    """Return literal values as they appear in a sentence."""
    return ", ".join(f"`{one[8:-1]}`" for one in found)


def changed_line(old: str, new: str) -> tuple[str, str]:
    """Return the first line of either text that the other does not have."""
    before, after = old.splitlines(), new.splitlines()
    removed, added = [one for one in before if one not in after], [one for one in after if one not in before]
    return (removed or before or [""])[0].strip(), (added or after or [""])[0].strip()


def renames(old: Surface, new: Surface) -> dict[str, str]:
    """Match the removed with the added classes and aliases; return the new names by the old ones."""
    removed = [name for name in (*old.classes, *old.aliases) if name not in new.classes and name not in new.aliases]
    added = [name for name in (*new.classes, *new.aliases) if name not in old.classes and name not in old.aliases]
    found: dict[str, str] = {}
    scored = sorted(
        ((similarity(old, new, one, other), one, other) for one in removed for other in added), reverse=True
    )
    for score, one, other in scored:
        if score >= SIMILAR and one not in found and other not in found.values():
            found[one] = other
    return found


def similarity(old: Surface, new: Surface, name: str, other: str) -> float:
    """Return the similarity of two classes: 0 to 1 for their fields, and 0.3 for use in the same place."""
    if (name in old.classes) != (other in new.classes):
        return 0.0
    if name in old.classes:
        left, right = old.classes[name].fields, new.classes[other].fields
        common = (overlap(set(left), set(right)) + overlap(typed(left), typed(right))) / 2
    else:
        common = overlap(set(alternatives(old.aliases[name], {})), set(alternatives(new.aliases[other], {})))
    return common + 0.3 * bool(places(old, name) & places(new, other))


def overlap(left: set[str], right: set[str]) -> float:
    """Return the ratio of common items to all items of two sets."""
    return len(left & right) / len(left | right) if left | right else 0.5


def typed(fields: dict[str, Argument]) -> set[str]:
    """Return the fields together with their types."""
    return {f"{one.name}: {one.type}" for one in fields.values()}


def places(surface: Surface, name: str) -> set[str]:
    """Return the uses of a class: responses, arguments and fields."""
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    used = {f"{one.label} returns" for one in surface.functions.values() if pattern.search(one.returns)}
    used |= {
        f"{one.label} {arg.name}"
        for one in surface.functions.values()
        for arg in one.arguments.values()
        if pattern.search(arg.type)
    }
    used |= {
        f"{cls.name}.{one.name}"
        for cls in surface.classes.values()
        for one in cls.fields.values()
        if pattern.search(one.type)
    }
    return used | {f"event {key}" for key, value in surface.variants.items() if value == name}
