"""Annotations as sets of alternatives, to compare what they accept."""

from __future__ import annotations

import ast
import re
from typing import Literal

Change = Literal["same", "widened", "narrowed", "changed"]
# Types that type checkers accept in place of others.
WIDER = {("int", "float"), ("bool", "int"), ("bool", "float")}


def alternatives(text: str, aliases: dict[str, str]) -> frozenset[str]:
    """Return the members of a union, with single literal values and with aliases expanded."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return frozenset({text})
    found: set[str] = set()
    waiting: list[ast.expr] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.BinOp) and isinstance(one.op, ast.BitOr):
            waiting += [one.left, one.right]
        elif isinstance(one, ast.Subscript) and ast.unparse(one.value) == "Literal":
            values = one.slice.elts if isinstance(one.slice, ast.Tuple) else [one.slice]
            found |= {f"Literal[{ast.unparse(value)}]" for value in values}
        elif isinstance(one, ast.Name) and one.id in aliases and aliases[one.id] != text:
            found |= alternatives(aliases[one.id], aliases)
        else:
            found.add(ast.unparse(one))
    return frozenset(found)


def compare(old: str, new: str, aliases: tuple[dict[str, str], dict[str, str]], renames: dict[str, str]) -> Change:
    """Return how `new` differs from `old`, with renamed classes as equal."""
    before = alternatives(
        renamed(old, renames), {renames.get(name, name): renamed(one, renames) for name, one in aliases[0].items()}
    )
    after = alternatives(new, aliases[1])
    if before == after:
        return "same"
    wider = all(accepts(after, one) for one in before)
    narrower = all(accepts(before, one) for one in after)
    if wider and narrower:
        return "same"
    return "widened" if wider else "narrowed" if narrower else "changed"


def accepts(types: frozenset[str], one: str) -> bool:
    """Return whether a union accepts a type."""
    if one in types or "Any" in types:
        return True
    if any((one, other) in WIDER for other in types):
        return True
    if one.startswith("Literal["):
        value = ast.literal_eval(one[8:-1])
        return type(value).__name__ in types
    inner, outer = re.fullmatch(r"list\[(.*)\]", one), [re.fullmatch(r"list\[(.*)\]", other) for other in types]
    return bool(inner) and any(other and accepts(alternatives(other[1], {}), inner[1]) for other in outer if inner)


def renamed(text: str, renames: dict[str, str]) -> str:
    """Return a type with renamed classes."""
    return re.sub(r"\b[A-Za-z_]\w*\b", lambda match: renames.get(match[0], match[0]), text)
