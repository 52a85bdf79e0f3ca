"""The result of one comparison: all findings, and the verdict over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.drift.rules import LEVELS, Level
from pipeline.drift.rules.finding import Finding, is_above, most_severe

THRESHOLDS: dict[str, Level] = {"breaking": "breaking", "warning": "warning", "any": "docs-only"}


@dataclass(frozen=True)
class Report:
    """The findings of one comparison.

    `notes` list what is left out. `fail_on` is the threshold for failing: breaking, warning or any.
    """

    base: str
    revision: str
    findings: tuple[Finding, ...]
    python_compared: bool = False
    notes: tuple[str, ...] = ()
    fail_on: str = "breaking"

    @property
    def counted(self) -> tuple[Finding, ...]:
        """The findings that are not waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def verdict(self) -> Level:
        """The most severe level of the wire layer."""
        return most_severe(finding.level for finding in self.counted if finding.layer == "wire")

    @property
    def python(self) -> str | None:
        """The effect of regeneration on users' code (breaking, changed or none); None if it was not compared."""
        if not self.python_compared:
            return None
        level = most_severe(finding.level for finding in self.counted if finding.layer == "python")
        return "breaking" if level == "breaking" else "changed" if is_above(level, "docs-only") else "none"

    @property
    def fails(self) -> bool:
        """True if a finding is at or above the threshold."""
        return any(self.is_failing(finding) for finding in self.findings)

    def is_failing(self, finding: Finding) -> bool:
        """Return whether a finding is at or above the threshold."""
        return not finding.waived and not is_above(THRESHOLDS[self.fail_on], finding.level)

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs."""
        counts = dict.fromkeys(reversed(LEVELS[1:]), 0)
        absorbed = [finding for finding in self.counted if finding.absorbed]
        for finding in self.counted:
            counts[finding.level] += not finding.absorbed
        return {
            "verdict": self.verdict,
            "python": self.python,
            "base": self.base,
            "revision": self.revision,
            "notes": list(self.notes),
            "changes": [finding.as_json() for finding in self.findings],
            "counts": {**counts, "absorbed": len(absorbed), "waived": len(self.findings) - len(self.counted)},
        }
