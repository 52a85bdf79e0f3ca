"""What a comparison says: changes as they are seen, findings with one root cause each, and the verdict over them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pipeline.drift.rules import LEVELS, RULES, Level

Layer = Literal["wire", "python"]
PYTHON_VERDICTS = ("none", "changed", "breaking")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the rule it falls under, where it stands in both documents, and the words for the sentence."""

    rule: str
    base: str | None
    revision: str | None
    words: dict[str, str] = field(default_factory=dict[str, str], hash=False)
    muted: bool = False

    @property
    def level(self) -> Level:
        """The level of its rule; what stands where nobody reads or writes it breaks nothing."""
        level = RULES[self.rule].level
        return "non-breaking" if self.muted and LEVELS.index(level) > LEVELS.index("non-breaking") else level

    @property
    def pointer(self) -> str:
        """Where to look: in the new document, or in the old one for what is gone."""
        return self.revision if self.revision is not None else self.base or ""


@dataclass(frozen=True, slots=True)
class Place:
    """One use of a change: the operation or event it reaches, and the JSON pointers with their lines."""

    operation: str
    base: str | None
    revision: str | None
    base_line: int | None = None
    revision_line: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The place as the JSON report shows it."""
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
        """The first place, in the new document or in the old one for what is gone."""
        first = self.places[0] if self.places else None
        return "" if first is None else first.revision if first.revision is not None else first.base or ""

    @property
    def line(self) -> int | None:
        """The line of that pointer."""
        first = self.places[0] if self.places else None
        return None if first is None else first.revision_line if first.revision is not None else first.base_line

    @property
    def fingerprint(self) -> str:
        """What a waiver is matched by: rule, places and words, but neither lines nor order."""
        places = sorted({f"{place.base}>{place.revision}" for place in self.places})
        return hashlib.sha256("\n".join([self.id, self.text, *places]).encode()).hexdigest()[:12]

    def as_json(self) -> dict[str, Any]:
        """The finding as the JSON report shows it."""
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


@dataclass(frozen=True)
class Report:
    """Everything one comparison has to say. `python` is None when the Python layer was not asked for."""

    base: str
    revision: str
    findings: tuple[Finding, ...]
    python_compared: bool = False
    selected: str | None = None
    fail_on: str = "breaking"

    @property
    def counted(self) -> tuple[Finding, ...]:
        """The findings that are not waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def verdict(self) -> Level:
        """The worst level of the wire layer."""
        return worst(finding.level for finding in self.counted if finding.layer == "wire")

    @property
    def python(self) -> str | None:
        """What regenerating does to users' code: breaking, changed or none."""
        if not self.python_compared:
            return None
        level = worst(finding.level for finding in self.counted if finding.layer == "python")
        return "breaking" if level == "breaking" else "none" if level in ("no-change", "docs-only") else "changed"

    @property
    def fails(self) -> bool:
        """Whether either layer is at or above the threshold."""
        return any(self.failing(finding) for finding in self.findings)

    def failing(self, finding: Finding) -> bool:
        """Whether a finding is at or above the threshold: breaking, warning or any."""
        level = {"breaking": "breaking", "warning": "warning", "any": "docs-only"}[self.fail_on]
        return not finding.waived and LEVELS.index(finding.level) >= LEVELS.index(level)

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        counts = dict.fromkeys(reversed(LEVELS[1:]), 0)
        for finding in self.counted:
            counts[finding.level] += 1
        return {
            "verdict": self.verdict,
            "python": self.python,
            "base": self.base,
            "revision": self.revision,
            "changes": [finding.as_json() for finding in self.findings],
            "counts": {**counts, "waived": len(self.findings) - len(self.counted)},
        }


def worst(levels: Iterable[Level]) -> Level:
    """The gravest of some levels; no-change when there are none."""
    found = list(levels)
    return max(found, key=LEVELS.index) if found else "no-change"


def group(seen: Iterable[tuple[Change, str]], layer: Layer = "wire") -> list[Finding]:
    """One finding per root cause from (change, operation) pairs.

    What is the same in the document, or the same words about the same name in several places, is one cause; of its
    rules the gravest gives the name, and the others are listed.
    """
    causes: list[list[tuple[str, Change]]] = []
    known: dict[tuple[Any, ...], list[tuple[str, Change]]] = {}
    uses: list[tuple[str, Change]] | None
    for change, operation in seen:
        rule = RULES[change.rule]
        said = (rule.id,) if rule.plural else (rule.aspect, *sorted(change.words.items()))
        words = sorted((key, value) for key, value in change.words.items() if key != "name")
        # The same place can be reached under several names; in the Python layer places are whole classes.
        at = (rule.aspect, change.base, change.revision, *words) if layer == "wire" and not rule.plural else said
        uses = known.get(said) or known.get(at)
        if uses is None:
            uses = []
            causes.append(uses)
        known[said] = known[at] = uses
        uses.append((operation, change))
    return sorted((finding_of(uses, layer) for uses in causes), key=severity_key)


def finding_of(uses: list[tuple[str, Change]], layer: Layer) -> Finding:
    """The finding for all the uses of one cause."""
    _, gravest = max(uses, key=lambda use: LEVELS.index(use[1].level))
    rule = RULES[gravest.rule]
    places = tuple(dict.fromkeys(Place(operation, change.base, change.revision) for operation, change in uses))
    rows = tuple(dict.fromkeys((change.words.get("old", ""), change.words.get("new", "")) for _, change in uses))
    plural = bool(rule.plural and rows[1:])
    return Finding(
        id=gravest.rule,
        level=gravest.level,
        layer=layer,
        text=rule.plural.format(count=len(rows))
        if plural
        else re.sub(r"  +", " ", rule.sentence.format_map(gravest.words)),
        hint=rule.hint,
        places=places,
        also=tuple(dict.fromkeys(change.rule for _, change in uses if change.rule != gravest.rule)),
        table=rows if plural else (),
    )


def severity_key(finding: Finding) -> tuple[int, str, str]:
    """The order of a report: gravest first, then by rule and text."""
    return (-LEVELS.index(finding.level), finding.id, finding.text)


def with_level(finding: Finding, level: Level) -> Finding:
    """The finding at another level."""
    return replace(finding, level=level)
