"""The Python layer: what regenerating the client does to the imports, calls, constructors and types of its users."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.drift.python.annotations import alternatives, compare, renamed
from pipeline.drift.python.surface import Argument, Class, Function, Surface
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.phrases import code

# From here on two classes with different names are taken for the same one; 1.3 is an equal class in the same place.
LIKE = 0.7
Seen = Iterator[tuple[Change, str, tuple[str, ...]]]


@dataclass
class Difference:
    """Two surfaces; every change comes with its operation and the Python names it touches."""

    old: Surface
    new: Surface
    renames: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.renames = renames(self.old, self.new)

    def changes(self) -> Seen:
        """Functions first, then classes and aliases."""
        old, new = (
            {unnamed(function.label): function for function in side.functions.values()} for side in (self.old, self.new)
        )
        for label, function in old.items():
            if label in new:
                yield from self.function(function, new[label])
            else:
                yield from say("python-function-removed", function.label, (function.module,), old=code(function.module))
        for label, function in new.items():
            if label not in old:
                yield from say("python-function-added", function.label, (function.module,), new=code(function.module))
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
        """How a type changed; changes inside an alias are reported for the alias alone."""
        before, after = renamed(old, self.renames), new
        if before == after:
            return "same"
        return compare(old, new, (self.old.aliases, self.new.aliases), self.renames)

    # Functions

    def function(self, old: Function, new: Function) -> Seen:
        """One operation that both packages have."""
        names = (new.module,)
        if old.module != new.module:
            yield from say("python-function-moved", old.label, (old.module,), old=old.module, new=new.module)
        for name, argument in old.arguments.items():
            if name not in new.arguments:
                yield from say("python-argument-removed", old.label, names, place=code(new.module), name=code(name))
            else:
                yield from self.argument(old, new, argument, new.arguments[name])
        for name, argument in new.arguments.items():
            if name not in old.arguments:
                rule = "python-argument-added" + ("-required" if argument.required else "")
                yield from say(rule, old.label, names, place=code(new.module), name=code(name))
        before, after = ([one.name for one in side.arguments.values() if not one.keyword] for side in (old, new))
        if before != after and set(before) == set(after):
            yield from say("python-argument-moved", old.label, names, place=code(new.module))
        how = self.type(old.returns, new.returns)
        if how != "same":
            words = difference(renamed(old.returns, self.renames), new.returns, self.new.aliases)
            rule = "python-return-known" if old.returns == "None" else f"python-return-{how}"
            yield from say(rule, old.label, names, place="the function", **words)
        if (
            old.arguments == new.arguments
            and renamed(old.request, self.renames) != new.request
            and old.module == new.module
        ):
            lines = changed_line(renamed(old.request, self.renames), new.request)
            yield from say(
                "python-behaviour-changed",
                old.label,
                names,
                place=code(new.module),
                old=code(lines[0]),
                new=code(lines[1]),
            )

    def argument(self, function: Function, other: Function, old: Argument, new: Argument) -> Seen:
        """One argument that both have."""
        words = {"place": code(other.module), "name": code(new.name), "old": code(old.type), "new": code(new.type)}
        names = (other.module,)
        if old.required != new.required:
            rule = "python-argument-became-" + ("required" if new.required else "optional")
            yield from say(rule, function.label, names, **words)
        elif old.default != new.default:
            words |= {"old": code(old.default), "new": code(new.default)}
            yield from say("python-argument-default-changed", function.label, names, **words)
        how = self.type(without_unset(old.type), without_unset(new.type))
        if how in ("narrowed", "changed"):
            yield from say("python-argument-type-narrowed", function.label, names, **words)
        elif how == "widened":
            yield from say("python-argument-type-widened", function.label, names, **words)

    # Classes

    def names(self) -> Seen:
        """Classes and aliases that came, went or are called otherwise."""
        old = {**self.old.classes, **self.old.aliases}
        new = {**self.new.classes, **self.new.aliases}
        for name in old:
            if name in self.renames:
                yield from say("python-class-renamed", "", (f"models.{name}",), old=name, new=self.renames[name])
            elif name not in new:
                yield from say("python-class-removed", "", (f"models.{name}",), old=code(name))
        for name in new:
            if name not in old and name not in self.renames.values():
                yield from say("python-class-added", "", (f"models.{name}",), new=code(name))

    def cls(self, old: Class, new: Class) -> Seen:
        """One class that both packages have."""
        asked = old.name in self.old.asked or new.name in self.new.asked
        answered = old.name in self.old.answered or new.name in self.new.answered
        for name, one in old.fields.items():
            if name not in new.fields:
                yield from say(
                    "python-field-removed", "", (f"models.{new.name}.{name}",), place=code(new.name), name=code(name)
                )
            else:
                yield from self.field(old, new, one, new.fields[name], asked=asked, answered=answered)
        for name, one in new.fields.items():
            if name not in old.fields:
                rule = "python-field-added" + ("-required" if one.required and asked else "")
                yield from say(rule, "", (f"models.{new.name}.{name}",), place=code(new.name), name=code(name))
        before = [name for name in old.fields if name in new.fields]
        after = [name for name in new.fields if name in old.fields]
        if before != after:
            yield from say("python-field-moved", "", (f"models.{new.name}",), place=code(new.name))
        if [renamed(base, self.renames) for base in old.bases] != list(new.bases):
            words = {"old": code(", ".join(old.bases)), "new": code(", ".join(new.bases))}
            yield from say("python-other-changed", "", (f"models.{new.name}",), place=code(new.name), **words)

    def field(self, cls: Class, other: Class, old: Argument, new: Argument, *, asked: bool, answered: bool) -> Seen:
        """One field that both have."""
        words = {"place": code(other.name), "name": code(new.name), "old": code(old.type), "new": code(new.type)}
        names = (f"models.{other.name}.{new.name}",)
        if cls.keys.get(old.name) != other.keys.get(new.name):
            keys = {"old": code(cls.keys.get(old.name)), "new": code(other.keys.get(new.name))}
            yield from say("python-field-json-name-changed", "", names, **words | keys)
        if new.required and not old.required:
            yield from say("python-field-became-required" if asked else "python-field-always-there", "", names, **words)
        if old.required and not new.required:
            yield from say(
                "python-field-became-optional" if answered and "Unset" in new.type else "python-field-may-be-left-out",
                "",
                names,
                **words,
            )
        if not old.required and not new.required and old.default != new.default:
            defaults = {"old": code(old.default), "new": code(new.default)}
            yield from say("python-field-default-changed", "", names, **words | defaults)
        how = self.type(without_unset(old.type), without_unset(new.type))
        if how == "changed":
            yield from say("python-field-type-changed", "", names, **words)
        elif how == "widened":
            yield from say(
                "python-field-type-widened" if answered else "python-field-input-widened", "", names, **words
            )
        elif how == "narrowed":
            yield from say("python-field-type-changed" if asked else "python-field-type-narrowed", "", names, **words)

    def alias(self, name: str, old: str, new: str) -> Seen:
        """A list of literals, or a union."""
        before = alternatives(renamed(old, self.renames), {})
        after = alternatives(new, {})
        if before == after:
            return
        names = (f"models.{name}",)
        if all(one.startswith("Literal[") for one in before | after):
            gone, come = sorted(before - after), sorted(after - before)
            if gone:
                yield from say("python-literal-value-removed", "", names, place=code(name), old=literals(gone))
            if come:
                rule = "python-literal-value-added" if name in self.new.answered else "python-literal-input-added"
                yield from say(rule, "", names, place=code(name), new=literals(come))
        elif before < after and name not in self.new.answered:
            yield from say(
                "python-field-input-widened",
                "",
                names,
                place=code(name),
                name="the union",
                old=code(old),
                new=code(new),
            )
        else:
            # A union gains members with every new event; more of them is a warning, as streams tell.
            rule = "python-union-widened" if before < after else "python-union-changed"
            yield from say(rule, "", names, place=code(name), **difference(renamed(old, self.renames), new, {}))


def say(rule: str, label: str, names: tuple[str, ...], **words: str) -> Seen:
    """One change of the Python layer."""
    yield Change(rule, None, None, words), label, names


def unnamed(label: str) -> str:
    """An operation without the names of its path parameters."""
    return re.sub(r"\{[^}]*\}", "{}", label)


def without_unset(text: str) -> str:
    """A type without the mark for a missing value, which optionality reports."""
    parts = [part for part in re.split(r" \| (?![^\[]*\])", text) if part != "Unset"]
    return " | ".join(parts)


def difference(old: str, new: str, aliases: dict[str, str]) -> dict[str, str]:
    """What a type lost and gained, or the whole of both where that says nothing."""
    before, after = alternatives(old, aliases), alternatives(new, aliases)
    gone, come = sorted(before - after), sorted(after - before)
    return {"old": code(" | ".join(gone) or old), "new": code(" | ".join(come) or new)}


def literals(found: list[str]) -> str:
    """Literal values in a sentence."""
    return ", ".join(f"`{one[8:-1]}`" for one in found)


def changed_line(old: str, new: str) -> tuple[str, str]:
    """The first line that differs."""
    before, after = old.splitlines(), new.splitlines()
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    return (gone or before or [""])[0].strip(), (come or after or [""])[0].strip()


def renames(old: Surface, new: Surface) -> dict[str, str]:
    """Classes and aliases that are the same thing under another name: by where they are used, then by their fields."""
    gone = [name for name in (*old.classes, *old.aliases) if name not in new.classes and name not in new.aliases]
    come = [name for name in (*new.classes, *new.aliases) if name not in old.classes and name not in old.aliases]
    found: dict[str, str] = {}
    scored = sorted(((likeness(old, new, one, other), one, other) for one in gone for other in come), reverse=True)
    for score, one, other in scored:
        if score >= LIKE and one not in found and other not in found.values():
            found[one] = other
    return found


def likeness(old: Surface, new: Surface, name: str, other: str) -> float:
    """How much two classes have in common, from 0 to 1, equal types included; use in the same place adds."""
    if (name in old.classes) != (other in new.classes):
        return 0.0
    if name in old.classes:
        left, right = old.classes[name].fields, new.classes[other].fields
        alike = (shared(set(left), set(right)) + shared(typed(left), typed(right))) / 2
    else:
        alike = shared(set(alternatives(old.aliases[name], {})), set(alternatives(new.aliases[other], {})))
    return alike + 0.3 * bool(places(old, name) & places(new, other))


def shared(left: set[str], right: set[str]) -> float:
    """The part of two sets that both have."""
    return len(left & right) / len(left | right) if left | right else 0.5


def typed(fields: dict[str, Argument]) -> set[str]:
    """Fields with their types."""
    return {f"{one.name}: {one.type}" for one in fields.values()}


def places(surface: Surface, name: str) -> set[str]:
    """Where a class is used: answers, arguments and fields."""
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    used = {f"{one.label} answers" for one in surface.functions.values() if pattern.search(one.returns)}
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
