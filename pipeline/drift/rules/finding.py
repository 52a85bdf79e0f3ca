"""Changes as they are observed, and findings: one root cause each, with every place it touches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pipeline.drift.rules import LEVELS, RULES, Level

Layer = Literal["wire", "python"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its rule, its place in both documents, and the words for the rule's sentence.

    `is_non_binding` is set where nobody reads or writes the value, so that it breaks nothing.
    """

    rule: str
    base: str | None
    revision: str | None
    words: dict[str, str] = field(default_factory=dict[str, str], hash=False)
    is_non_binding: bool = False

    @property
    def level(self) -> Level:
        """The level of its rule, or non-breaking where the value binds nobody."""
        level = RULES[self.rule].level
        return "non-breaking" if self.is_non_binding and is_above(level, "non-breaking") else level

    @property
    def pointer(self) -> str:
        """The place in the new document, or in the old one for what was removed."""
        return self.revision if self.revision is not None else self.base or ""


@dataclass(frozen=True, slots=True)
class Place:
    """One use of a change: the operation or event it reaches, and the JSON pointers with their lines."""

    operation: str
    base: str | None
    revision: str | None
    base_line: int | None = None
    revision_line: int | None = None

    @property
    def pointer(self) -> str:
        """The pointer in the new document, or in the old one for what was removed."""
        return self.revision if self.revision is not None else self.base or ""

    @property
    def line(self) -> int | None:
        """The line of that pointer."""
        return self.revision_line if self.revision is not None else self.base_line

    def as_json(self) -> dict[str, Any]:
        """Return the place as the JSON report shows it."""
        return {
            "operation": self.operation,
            "base": self.base,
            "revision": self.revision,
            "base_line": self.base_line,
            "revision_line": self.revision_line,
        }


@dataclass(frozen=True)
class Finding:
    """One root cause with everything it touches."""

    id: str
    level: Level
    layer: Layer
    text: str
    hint: str
    places: tuple[Place, ...]
    also: tuple[str, ...] = ()
    python: tuple[str, ...] = ()
    absorbed: str | None = None
    waived: str | None = None
    payload: Any = None
    table: tuple[tuple[str, str], ...] = ()
    # The sentence for the same change in several schemas, classes or functions, with `{count}` for their number.
    shared_text: str = ""

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations and events it reaches, each once."""
        return tuple(dict.fromkeys(place.operation for place in self.places if place.operation))

    @property
    def operation(self) -> str:
        """The first of them, with the number of others."""
        names = self.operations
        return names[0] + (f" (+{len(names) - 1} more)" if names[1:] else "") if names else ""

    @property
    def pointer(self) -> str:
        """The first place, in the new document or in the old one for what was removed."""
        return self.places[0].pointer if self.places else ""

    @property
    def line(self) -> int | None:
        """The line of that pointer."""
        return self.places[0].line if self.places else None

    @property
    def fingerprint(self) -> str:
        """The key that waivers match: made of rule, places and words, but of neither lines nor order."""
        places = sorted({f"{place.base}>{place.revision}" for place in self.places})
        return hashlib.sha256("\n".join([self.id, self.text, *places]).encode()).hexdigest()[:12]

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the JSON report shows it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "level": self.level,
            "layer": self.layer,
            "operation": next(iter(self.operations), ""),
            "pointer": self.pointer,
            "text": self.text,
            "python": list(self.python),
            "hint": self.hint,
            "fingerprint": self.fingerprint,
            "operations": list(self.operations),
            "places": [place.as_json() for place in self.places],
        }
        extra = {"also": list(self.also), "absorbed": self.absorbed, "waived": self.waived, "payload": self.payload}
        table = [{"from": old, "to": new} for old, new in self.table]
        return shown | {key: value for key, value in {**extra, "table": table}.items() if value}


def is_above(level: Level, other: Level) -> bool:
    """Return whether a level is more severe than another one."""
    return LEVELS.index(level) > LEVELS.index(other)


def most_severe(levels: Iterable[Level]) -> Level:
    """Return the most severe of some levels; no-change when there are none."""
    return LEVELS[max((LEVELS.index(level) for level in levels), default=0)]


def severity_key(finding: Finding) -> tuple[int, str, str]:
    """Return the sort key of a report: most severe first, then by rule and text."""
    return (-LEVELS.index(finding.level), finding.id, finding.text)


def with_level(finding: Finding, level: Level) -> Finding:
    """Return the finding at another level."""
    return replace(finding, level=level)
