"""Waivers: accepted changes, each with a reason, an owner and an end, and other levels for some rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from pipeline.document import is_list, is_object
from pipeline.drift.rules import LEVELS, RULES, Level
from pipeline.drift.rules.finding import Change, Finding, with_level
from pipeline.drift.rules.grouping import to_finding
from pipeline.errors import PipelineError


@dataclass(frozen=True)
class Waiver:
    """One accepted change: the rule, and the fingerprint or the place that says which one is meant."""

    place: str
    id: str
    fingerprint: str | None
    where: str | None
    reason: str
    owner: str
    expires: date

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is the accepted change; a place has to be the only one."""
        if finding.id != self.id:
            return False
        if self.fingerprint:
            return finding.fingerprint == self.fingerprint
        pointers = {pointer for place in finding.places for pointer in (place.base, place.revision) if pointer}
        return pointers <= {self.where} or set(finding.operations) == {self.where}


@dataclass(frozen=True)
class Waivers:
    """A waiver file."""

    path: Path
    waivers: tuple[Waiver, ...] = ()
    levels: dict[str, Level] = field(default_factory=dict[str, Level])

    @classmethod
    def load(cls, path: Path) -> Waivers:
        """The waivers in a file; PipelineError names the entry that lacks something."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        try:
            # As text all of it: a fingerprint such as 12345e678901 is no number.
            read: Any = cast("Any", YAML(typ="base")).load(path.read_text(encoding="utf-8"))
        except (YAMLError, UnicodeDecodeError, OSError) as error:
            raise PipelineError(path, f"is not a readable YAML file: {error}") from None
        if not read:
            return cls(path)
        if not is_object(read) or set(read) - {"waivers", "levels"}:
            raise PipelineError(path, "may have the keys waivers and levels, nothing else")
        listed: Any = read.get("waivers") or []
        levels: Any = read.get("levels") or {}
        if not is_list(listed) or not is_object(levels):
            raise PipelineError(path, "needs a list of waivers, and levels as rule: level")
        for rule, level in levels.items():
            if rule not in RULES or level not in LEVELS:
                raise PipelineError(
                    path, f"levels: {rule!r}: {level!r} is not a rule with one of the levels {', '.join(LEVELS)}"
                )
        return cls(
            path,
            tuple(waiver(path, number, one) for number, one in enumerate(listed, 1)),
            cast("dict[str, Level]", levels),
        )

    def apply(self, findings: Iterable[Finding], layer: str = "all") -> list[Finding]:
        """The findings at their levels, those accepted marked; expired and unused waivers are findings too.

        A waiver for a layer that was not compared is not unused.
        """
        found = [with_level(one, self.levels[one.id]) if one.id in self.levels else one for one in findings]
        today = datetime.now(UTC).date()
        notes: list[Finding] = []
        for one in self.waivers:
            meant = [index for index, finding in enumerate(found) if one.covers(finding)]
            if one.expires < today:
                notes.append(self.note("waiver-expired", one))
            elif not meant and layer in ("all", layer_of(one.id)):
                notes.append(self.note("waiver-unused", one))
            else:
                for index in meant:
                    found[index] = replace(found[index], waived=f"{one.reason} ({one.owner}, until {one.expires})")
        return [*found, *notes]

    def note(self, rule: str, one: Waiver) -> Finding:
        """A finding about a waiver."""
        words = {"name": f"`{one.id}` ({one.fingerprint or one.where})", "new": one.owner, "old": str(one.expires)}
        note = to_finding([(Change(rule, None, None, words), "")], "wire")
        return with_level(note, self.levels.get(rule, note.level))


def layer_of(rule: str) -> str:
    """The layer whose findings fall under a rule."""
    return "python" if rule.startswith(("python-", "generated-", "correction-")) else "wire"


def waiver(path: Path, number: int, entry: Any) -> Waiver:
    """One entry, checked for what every waiver owes its readers."""
    place = f"{path}, waiver {number}"
    if not is_object(entry):
        raise PipelineError(place, "is no mapping with id, reason, owner and expires")
    missing = [key for key in ("id", "reason", "owner", "expires") if not entry.get(key)]
    if missing:
        raise PipelineError(place, f"has no {' and no '.join(missing)}")
    if entry["id"] not in RULES:
        raise PipelineError(
            place, f"names the rule {entry['id']!r}, which does not exist; docs/drift-rules.md lists them"
        )
    if not entry.get("fingerprint") and not entry.get("place"):
        raise PipelineError(place, "needs a fingerprint, or a place (a JSON pointer or an operation)")
    try:
        expires = date.fromisoformat(str(entry["expires"]))
    except ValueError:
        raise PipelineError(place, f"expires on {entry['expires']!r}, which is no date; write YYYY-MM-DD") from None
    where = entry.get("place")
    return Waiver(
        place,
        str(entry["id"]),
        text(entry.get("fingerprint")),
        text(where),
        str(entry["reason"]),
        str(entry["owner"]),
        expires,
    )


def text(value: Any) -> str | None:
    """A value as text; None stays."""
    return None if value is None else str(value)
