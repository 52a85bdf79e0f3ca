"""Words that several reports share."""

from __future__ import annotations

from pipeline.drift.findings import Finding, Report

LAYERS = (
    ("wire", "What the server does (programs with the shipped client)"),
    ("python", "What regenerating does (users' code)"),
)


def headline(report: Report) -> list[tuple[str, str]]:
    """The verdicts as sentences, each with its level."""
    counts = report.as_json()["counts"]
    shown = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    lines: list[tuple[str, str]] = [(f"wire: {report.verdict}" + (f" ({shown})" if shown else ""), report.verdict)]
    if report.python is not None:
        level = {"breaking": "breaking", "changed": "warning", "none": "no-change"}[report.python]
        lines.append((f"python: {report.python}", level))
    if report.selected:
        lines.append((report.selected, ""))
    return lines


def where(finding: Finding, limit: int) -> list[str]:
    """The places of a finding, one line each."""
    lines: list[str] = []
    for place in finding.places[:limit]:
        pointer = place.revision if place.revision is not None else place.base
        number = place.revision_line if place.revision is not None else place.base_line
        side = "" if place.revision is not None else "old "
        at = f"{side}line {number}: {pointer}" if number else pointer or ""
        lines.append(f"{place.operation}  {at}".strip())
    rest = len(finding.places) - limit
    return [*lines, f"… and {rest} more places"] if rest > 0 else lines


def more(number: int) -> str:
    """What follows a list that was cut short."""
    return f" … and {number} more" if number > 0 else ""
