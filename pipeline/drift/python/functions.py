"""Changes of functions: imports, arguments, results by status, and the requests they send."""

from __future__ import annotations

from pipeline.drift.python.annotations import alternatives
from pipeline.drift.python.pair import Changes, SurfacePair, change
from pipeline.drift.python.surface import FIRST_ERROR, Argument, Function, operation_key
from pipeline.drift.schemas.phrases import code, code_pair


def function_changes(pair: SurfacePair) -> Changes:
    """Yield the changes of all functions."""
    for old, new in pair.functions:
        if old and new:
            yield from compare_functions(pair, old, new)
        elif old:
            yield from change("python-function-removed", old.label, (old.module,), old=code(old.module))
        elif new:
            yield from change("python-function-added", new.label, (new.module,), new=code(new.module))


def compare_functions(pair: SurfacePair, old: Function, new: Function) -> Changes:
    """Yield the changes of one function."""
    if old.module != new.module:
        yield from change(
            "python-function-moved", new.label, (old.module,), old=f"`{old.module}`", new=f"`{new.module}`"
        )
    yield from compare_arguments(pair, old, new)
    how = pair.compare_types(old.returns, new.returns)
    if how != "same" and not (how == "narrowed" and pair.loses_only_removed(old.returns, new.returns)):
        words = type_words(pair.renamed(old.returns), new.returns, pair.new.aliases)
        rule = "python-return-known" if old.returns == "None" else f"python-return-{how}"
        yield from change(rule, new.label, (new.module,), place=code(new.module), **words)
    yield from compare_statuses(pair, old, new, is_same=how == "same" and not pair.is_replaced(old.returns))
    yield from compare_requests(pair, old, new)


def compare_arguments(pair: SurfacePair, old: Function, new: Function) -> Changes:
    """Yield the changes of the arguments of a function."""
    names, place = (new.module,), code(new.module)
    renames = renamed_arguments(old, new)
    for before, after in renames.items():
        words = {"old": code(before), "new": code(after)}
        yield from change("python-argument-renamed", new.label, names, place=place, **words)
    for name, argument in old.arguments.items():
        successor = new.arguments.get(renames.get(name, name))
        if successor:
            yield from compare_argument(pair, new, argument, successor)
        else:
            yield from change("python-argument-removed", new.label, names, place=place, name=code(name))
    for name, argument in new.arguments.items():
        if name not in old.arguments and name not in renames.values():
            rule = "python-argument-added" + ("-required" if argument.required else "")
            yield from change(rule, new.label, names, place=place, name=code(name))
    order = [renames.get(name, name) for name in old.positional]
    if order != new.positional and set(order) == set(new.positional):
        yield from change("python-argument-moved", new.label, names, place=place)


def renamed_arguments(old: Function, new: Function) -> dict[str, str]:
    """Return the new names of positional arguments, which are path parameters, if only their names changed."""
    if len(old.positional) != len(new.positional):
        return {}
    return {
        before: after
        for before, after in zip(old.positional, new.positional, strict=True)
        if before not in new.arguments and after not in old.arguments
    }


def compare_argument(pair: SurfacePair, function: Function, old: Argument, new: Argument) -> Changes:
    """Yield the changes of one argument."""
    old_type, new_type = code_pair(old.type, new.type)
    words = {"place": code(function.module), "name": code(new.name), "old": old_type, "new": new_type}
    names = (function.module,)
    how = pair.compare_values(old, new)
    if old.required and not new.required and how == "widened":
        # The new type with its None is one change.
        yield from change("python-argument-type-widened", function.label, names, **words)
        return
    if old.required != new.required:
        rule = "python-argument-became-" + ("required" if new.required else "optional")
        yield from change(rule, function.label, names, **words)
    elif not is_same_default(old, new):
        defaults = {"old": code(old.default), "new": code(new.default)}
        yield from change("python-argument-default-changed", function.label, names, **words | defaults)
    if how in ("narrowed", "changed"):
        yield from change("python-argument-type-narrowed", function.label, names, **words)
    elif how == "widened":
        yield from change("python-argument-type-widened", function.label, names, **words)


def is_same_default(old: Argument, new: Argument) -> bool:
    """Return whether a default is the same, maybe as a value of another type, whose change is reported as such."""
    spelled = [one.default.strip("'").removesuffix(".0") if one.default else one.default for one in (old, new)]
    return old.default == new.default or (old.type != new.type and spelled[0] == spelled[1])


def compare_statuses(pair: SurfacePair, old: Function, new: Function, *, is_same: bool) -> Changes:
    """Yield changes of what bodies are parsed to, and of the statuses that are unexpected.

    If the return type is not the same, the results by status have the same cause and are not listed.
    """
    names = (new.module,)
    changed: dict[tuple[str, str], list[str]] = {}
    for status in sorted(old.statuses | new.statuses):
        before, after = pair.renamed(old.result(status)), new.result(status)
        if before != after:
            changed.setdefault((before, after), []).append(status)
    # The same result for other statuses is one change.
    moved = [(before, after) for before, after in changed if after == "None" and (after, before) in changed]
    reported = set[str]()
    for before, after in moved if is_same else ():
        statuses, successors = changed.pop((before, after)), changed.pop((after, before))
        words = {"result": code(before), "old": ", ".join(statuses), "new": ", ".join(successors)}
        yield from change("python-result-moved", new.label, names, place=code(new.module), **words)
    for (before, after), statuses in changed.items() if is_same else ():
        words = {"status": ", ".join(statuses), "old": code(before), "new": code(after)}
        reported |= set(statuses)
        yield from change("python-status-result-changed", new.label, names, place=code(new.module), **words)
    before, after = pair.renamed(old.fallback), new.fallback
    if before != after:
        words = {"old": code(before), "new": code(after)}
        yield from change("python-fallback-changed", new.label, names, place=code(new.module), **words)
    declared = error_statuses(new.statuses - old.statuses - reported)
    undeclared = error_statuses(old.statuses - new.statuses - reported)
    if declared and undeclared:
        words = {"old": undeclared, "new": declared}
        yield from change("python-error-status-moved", new.label, names, place=code(new.module), **words)
    elif declared:
        yield from change("python-status-declared", new.label, names, place=code(new.module), status=declared)
    elif undeclared:
        yield from change("python-status-undeclared", new.label, names, place=code(new.module), status=undeclared)


def error_statuses(statuses: set[str]) -> str:
    """Return the error statuses among some statuses, for a sentence."""
    return ", ".join(sorted(status for status in statuses if int(status) >= FIRST_ERROR))


def compare_requests(pair: SurfacePair, old: Function, new: Function) -> Changes:
    """Yield a change of the request that the same call sends."""
    words: dict[str, str] = {}
    before = pair.renamed(old.request)
    if operation_key(old.label) != operation_key(new.label):
        words = {"old": code(old.label), "new": code(new.label)}
    elif old.arguments == new.arguments and before != new.request and old.module == new.module:
        lines = changed_line(before, new.request)
        words = dict(zip(("old", "new"), code_pair(*lines), strict=True))
    if words:
        yield from change("python-behaviour-changed", new.label, (new.module,), place=code(new.module), **words)


def type_words(old: str, new: str, aliases: dict[str, str]) -> dict[str, str]:
    """Return the removed and the added alternatives of a type, or else the complete types."""
    before, after = alternatives(old, aliases), alternatives(new, aliases)
    removed, added = sorted(before - after), sorted(after - before)
    old_text, new_text = code_pair(" | ".join(removed) or old, " | ".join(added) or new)
    return {"old": old_text, "new": new_text}


def changed_line(old: str, new: str) -> tuple[str, str]:
    """Return the first line of either text that the other does not have."""
    before, after = old.splitlines(), new.splitlines()
    removed, added = [one for one in before if one not in after], [one for one in after if one not in before]
    return (removed or before or [""])[0].strip(), (added or after or [""])[0].strip()
