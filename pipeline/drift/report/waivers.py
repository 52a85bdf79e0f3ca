"""Waivers: accepted changes, each with a reason, an owner and an expiry date, and other levels for rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from pipeline import yaml_file
from pipeline.document import is_list, is_object
from pipeline.drift.rules import LEVELS, RULES, Level
from pipeline.drift.rules.finding import Change, Finding, with_level
from pipeline.drift.rules.grouping import to_finding
from pipeline.errors import PipelineError

REQUIRED = ("id", "reason", "owner", "expires")


@dataclass(frozen=True)
class Waiver:
    """One accepted change: a rule, and the fingerprint or place of the finding."""

    id: str
    fingerprint: str | None
    place: str | None
    reason: str
    owner: str
    expires: date

    def covers(self, finding: Finding) -> bool:
        """Return whether a finding is the accepted change; a place has to be its only one."""
        if finding.id != self.id:
            return False
        if self.fingerprint:
            return finding.fingerprint == self.fingerprint
        pointers = {pointer for place in finding.places for pointer in (place.base, place.revision) if pointer}
        return pointers <= {self.place} or set(finding.operations) == {self.place}


@dataclass(frozen=True)
class Waivers:
    """The content of a waiver file."""

    waivers: tuple[Waiver, ...] = ()
    levels: dict[str, Level] = field(default_factory=dict[str, Level])

    @classmethod
    def load(cls, path: Path) -> Waivers:
        """Return the waivers in a file; raise PipelineError for an entry that is incomplete."""
        content, _ = yaml_file.load(path, "waivers")
        if not content:
            return cls()
        if not is_object(content) or set(content) - {"waivers", "levels"}:
            raise PipelineError(path, "has other keys than waivers and levels; remove them")
        entries: Any = content.get("waivers") or []
        levels: Any = content.get("levels") or {}
        if not is_list(entries) or not is_object(levels):
            raise PipelineError(path, "must have a list of waivers, and levels as rule: level")
        for rule, level in levels.items():
            if rule not in RULES or level not in LEVELS:
                problem = f"levels: {rule!r}: {level!r} is not a rule with one of the levels {', '.join(LEVELS)}"
                raise PipelineError(path, problem)
        waivers = tuple(parse_waiver(f"{path}, waiver {number}", entry) for number, entry in enumerate(entries, 1))
        return cls(waivers, cast("dict[str, Level]", levels))

    def apply(self, findings: Iterable[Finding], layer: str = "all") -> list[Finding]:
        """Return the findings at their levels and with their waivers, and findings for expired and unused waivers.

        A waiver for a layer that was not compared does not count as unused.
        """
        found = [with_level(one, self.levels.get(one.id, one.level)) for one in findings]
        today = datetime.now(UTC).date()
        notes: list[Finding] = []
        for waiver in self.waivers:
            covered = [index for index, finding in enumerate(found) if waiver.covers(finding)]
            if waiver.expires < today:
                notes.append(self.note("waiver-expired", waiver))
            elif not covered and layer in ("all", layer_of(waiver.id)):
                notes.append(self.note("waiver-unused", waiver))
            else:
                for index in covered:
                    text = f"{waiver.reason} ({waiver.owner}, until {waiver.expires})"
                    found[index] = replace(found[index], waived=text)
        return [*found, *notes]

    def note(self, rule: str, waiver: Waiver) -> Finding:
        """Return a finding about a waiver."""
        name = f"`{waiver.id}` ({waiver.fingerprint or waiver.place})"
        words = {"name": name, "new": waiver.owner, "old": str(waiver.expires)}
        note = to_finding([(Change(rule, None, None, words), "")], "wire")
        return with_level(note, self.levels.get(rule, note.level))


def layer_of(rule: str) -> str:
    """Return the layer that has the findings of a rule."""
    return "python" if rule.startswith(("python-", "generated-", "correction-")) else "wire"


def parse_waiver(place: str, entry: Any) -> Waiver:
    """Return one entry of the file; raise PipelineError if it is incomplete."""
    if not is_object(entry):
        raise PipelineError(place, f"is not a mapping with {', '.join(REQUIRED)}")
    missing = [key for key in REQUIRED if not entry.get(key)]
    if missing:
        raise PipelineError(place, f"has no {' and no '.join(missing)}; every waiver needs {', '.join(REQUIRED)}")
    if entry["id"] not in RULES:
        raise PipelineError(place, f"names an unknown rule: {entry['id']!r}; docs/drift-rules.md lists the rules")
    if not entry.get("fingerprint") and not entry.get("place"):
        raise PipelineError(
            place, "has neither fingerprint nor place; add one (a place is a JSON pointer or an operation)"
        )
    try:
        expires = date.fromisoformat(str(entry["expires"]))
    except ValueError:
        raise PipelineError(place, f"has an invalid date: {entry['expires']!r}; write YYYY-MM-DD") from None
    return Waiver(
        str(entry["id"]),
        as_text(entry.get("fingerprint")),
        as_text(entry.get("place")),
        str(entry["reason"]),
        str(entry["owner"]),
        expires,
    )


def as_text(value: Any) -> str | None:
    """Return a value as text, and None as it is."""
    return None if value is None else str(value)
