"""Line numbers of JSON pointers in the text of a document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from json import decoder
from typing import Any, cast

SPACE = " \t\r\n"
SKIP = json.JSONDecoder().raw_decode
STRING = cast("Any", decoder).scanstring


def line_numbers(text: str, pointers: Iterable[str]) -> dict[str, int]:
    """Return the line of each pointer, counted from 1, without the pointers that do not exist.

    Only the parts that lead to the pointers are walked in Python; the C parser skips the others.
    """
    tree: dict[str, Any] = {}
    for pointer in pointers:
        node = tree
        for part in pointer.split("/")[1:]:
            node = node.setdefault(part.replace("~1", "/").replace("~0", "~"), {})
        node[""] = pointer
    found: dict[str, int] = {}
    Walker(text, found).value(tree, space(text, 0), 0)
    counted: dict[str, int] = {}
    line, last = 1, 0
    for pointer, offset in sorted(found.items(), key=lambda item: item[1]):
        line += text.count("\n", last, offset)
        last = offset
        counted[pointer] = line
    return counted


def space(text: str, at: int) -> int:
    """Return the offset of the next character that is not white space."""
    while text[at] in SPACE:
        at += 1
    return at


class Walker:
    """A walk along the wanted pointers."""

    def __init__(self, text: str, found: dict[str, int]) -> None:
        self.text = text
        self.found = found

    def value(self, tree: dict[str, Any], at: int, named: int) -> int:
        """Walk one value and return the offset after it; `named` is the offset of its key."""
        if isinstance(tree.get(""), str):
            self.found[tree[""]] = named
        if not tree.keys() - {""} or self.text[at] not in "{[":
            return SKIP(self.text, at)[1]
        return self.object(tree, at) if self.text[at] == "{" else self.array(tree, at)

    def object(self, tree: dict[str, Any], at: int) -> int:
        """Walk an object and return the offset after it."""
        at = space(self.text, at + 1)
        while self.text[at] != "}":
            key_at = at
            key, at = STRING(self.text, at + 1)
            at = space(self.text, space(self.text, at) + 1)
            at = self.value(tree[key], at, key_at) if key in tree else SKIP(self.text, at)[1]
            at = space(self.text, at)
            if self.text[at] == ",":
                at = space(self.text, at + 1)
        return at + 1

    def array(self, tree: dict[str, Any], at: int) -> int:
        """Walk an array and return the offset after it."""
        at = space(self.text, at + 1)
        index = 0
        while self.text[at] != "]":
            at = self.value(tree.get(str(index), {}), at, at)
            at = space(self.text, at)
            if self.text[at] == ",":
                at = space(self.text, at + 1)
            index += 1
        return at + 1
