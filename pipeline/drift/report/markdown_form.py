"""Markdown, for a job summary or a comment on a pull request."""

from __future__ import annotations

from pipeline.drift.findings import Finding, Report
from pipeline.drift.report.words import LAYERS, headline, more, where

SIGNS = {"breaking": "🔴", "warning": "🟠", "non-breaking": "🟢", "docs-only": "⚪", "no-change": "⚪"}
SHOWN = 10
# GitHub takes comments of up to 65,536 characters.
LONGEST = 60_000


def render(report: Report) -> str:
    """The verdicts, then a table per layer, then what each finding touches."""
    lines = ["# Drift", "", f"`{report.base}` → `{report.revision}`", ""]
    lines += [f"- {SIGNS.get(level, '⚪')} {line}" for line, level in headline(report)]
    for layer, title in LAYERS:
        found = [finding for finding in report.findings if finding.layer == layer]
        if found:
            lines += ["", f"## {title}", "", "| | change | where |", "| --- | --- | --- |", *map(row, found)]
            lines += ["", *(line for finding in found for line in details(finding))]
    text = "\n".join(lines) + "\n"
    return (
        text
        if len(text) <= LONGEST
        else text[:LONGEST].rsplit("\n", 1)[0] + "\n\n… cut here; run the comparison for the rest.\n"
    )


def row(finding: Finding) -> str:
    """One line of the table."""
    sign = "✔️ waived" if finding.waived else f"{SIGNS[finding.level]} {finding.level}"
    place = finding.operation or finding.pointer
    at = f" (line {finding.line})" if finding.line else ""
    return f"| {sign} | {cell(finding.text)} | {cell(place)}{at} |"


def cell(text: str) -> str:
    """Text that does not end a table's cell."""
    return text.replace("|", "\\|").replace("\n", " ")


def details(finding: Finding) -> list[str]:
    """What one finding touches, folded away."""
    lines = [f"<details><summary><code>{finding.id}</code> {escaped(finding.text)}</summary>", ""]
    if finding.table:
        lines += [
            "| before | now |",
            "| --- | --- |",
            *(f"| {cell(old)} | {cell(new)} |" for old, new in finding.table),
            "",
        ]
    else:
        lines += [f"- {escaped(line)}" for line in where(finding, SHOWN)]
    if finding.python:
        names = ", ".join(f"`{name}`" for name in finding.python[:SHOWN])
        lines.append(f"- Python: {names}{more(len(finding.python) - SHOWN)}")
    lines += [f"- absorbed by {finding.absorbed}"] if finding.absorbed else []
    lines += [f"- waived: {escaped(finding.waived)}"] if finding.waived else []
    lines += [f"- {finding.hint}"] if finding.hint else []
    return [*lines, f"- fingerprint `{finding.fingerprint}`", "", "</details>"]


def escaped(text: str) -> str:
    """Text that holds no HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
