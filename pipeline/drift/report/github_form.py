"""GitHub annotations: workflow commands that show findings beside the lines of the document."""

from __future__ import annotations

from pipeline.drift.findings import Finding, Report

COMMANDS = {"breaking": "error", "warning": "warning", "non-breaking": "notice"}


def render(report: Report) -> str:
    """One command per finding; prose is not worth an annotation."""
    lines = [command(report, finding) for finding in report.counted if finding.level in COMMANDS]
    return "".join(f"{line}\n" for line in lines)


def command(report: Report, finding: Finding) -> str:
    """One annotation at its first place."""
    place = finding.places[0] if finding.places else None
    name = report.base if place and place.revision is None and place.base is not None else report.revision
    at = f"file={prop(name)}," + (f"line={finding.line}," if finding.line else "")
    touched = f" Python: {', '.join(finding.python[:5])}." if finding.python else ""
    message = f"{finding.text}.{touched} {finding.hint}".strip()
    return f"::{COMMANDS[finding.level]} {at}title={prop(finding.id)}::{data(message)}"


def data(text: str) -> str:
    """Text in a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def prop(text: str) -> str:
    """A property of a workflow command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
