"""Replacements: types that took the place of a class or alias wherever it was used."""

from __future__ import annotations

import re

from pipeline.drift.python.surface import Surface


def replacements(old: Surface, new: Surface, types: list[tuple[str, str]]) -> dict[str, str]:
    """Return the types that took the place of classes and aliases everywhere, by the old names.

    Args:
        old: The old package.
        new: The new one, in which a replaced class is gone, or no operation uses it any more.
        types: The old and new types of the places that both have.
    """
    known = {*old.classes, *old.aliases}
    found: dict[str, set[str | None]] = {}
    for before, after in types:
        for name in known.intersection(re.findall(r"\w+", before)):
            if before != after or name not in found:
                found.setdefault(name, set()).add(successor(before, after, name) if before != after else name)
    used = {*new.classes, *new.aliases} - new.unused_types
    in_unions = " ".join([*old.aliases.values(), *old.variants.values()])
    return {
        name: other
        for name, others in found.items()
        for other in others
        if other and len(others) == 1 and other not in known and name not in used
        if not re.search(rf"\b{name}\b", in_unions)
    }


def successor(before: str, after: str, name: str) -> str | None:
    """Return what a new type has in the place of a name of the old one; None if they differ otherwise, too."""
    first, *others = re.split(rf"\b{name}\b", before)
    pattern = re.escape(first) + "(?P<new>.+)" + "(?P=new)".join(map(re.escape, others))
    match = re.fullmatch(pattern, after)
    text = match["new"] if match else ""
    is_type = text.count("[") == text.count("]") and "None" not in text
    return text if text and is_type else None
