"""Variables of a run, and the templates that use them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from local_dify.json_types import is_list
from local_dify.script import VARIABLE

BIG = 150_000


@dataclass(frozen=True)
class Segment:
    """Piece of a template: a constant, or the variable at `selector`."""

    text: str
    selector: tuple[str, ...] = ()


def parse_segments(template: str) -> list[Segment]:
    """Split a template at its variables."""
    parts = VARIABLE.split(template)
    pieces = [
        Segment(part, tuple(part.strip().split(".", 1))) if n % 2 else Segment(part) for n, part in enumerate(parts)
    ]
    return [piece for piece in pieces if piece.text]


class Pool:
    """Variables by group and name: `sys`, `query`, `inputs`, `conversation`, and one group for each node."""

    def __init__(self, groups: dict[str, dict[str, Any]]) -> None:
        self.groups = groups

    def set(self, group: str, values: Mapping[str, Any]) -> None:
        """Add variables to a group."""
        self.groups.setdefault(group, {}).update(values)

    def drop(self, groups: Iterable[str]) -> None:
        """Remove groups."""
        for group in groups:
            self.groups.pop(group, None)

    def has(self, selector: tuple[str, ...]) -> bool:
        """Return True if the variable has a value."""
        return selector[-1] in self.groups.get(selector[0], {})

    def get(self, selector: tuple[str, ...]) -> Any:
        """Return the variable's value, or None for an unknown variable."""
        return self.groups.get(selector[0], {}).get(selector[-1])

    def text(self, template: str) -> str:
        """Return the template with its variables filled in."""
        return "".join(to_text(self.get(s.selector)) if s.selector else s.text for s in parse_segments(template))

    def files(self, template: str) -> list[Any]:
        """Return the files among the variables of a template."""
        values = [self.get(segment.selector) for segment in parse_segments(template) if segment.selector]
        return [item for value in values for item in as_list(value) if is_file(item)]


def query_variables(query: str) -> dict[str, Any]:
    """Return the variables that a script can use of a query: its first number and a text of 150 KB."""
    number = re.search(r"\d+(\.\d+)?", query)
    return {"number": number[0] if number else "0", "big": "x" * BIG}


def is_file(value: Any) -> bool:
    """Return True for a file as events show it."""
    return isinstance(value, dict) and "dify_model_identity" in value


def to_text(value: Any) -> str:
    """Return a value as text: files as Markdown links or images, None as an empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if is_file(value):
        link = f"[{value['filename']}]({value['url']})"
        return f"!{link}" if value["type"] == "image" else link
    if isinstance(value, list) and all(map(is_file, as_list(value))):
        return "\n".join(map(to_text, as_list(value)))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def as_list(value: Any) -> list[Any]:
    """Return the items of a list, or the value as the only item."""
    return value if is_list(value) else [value]
