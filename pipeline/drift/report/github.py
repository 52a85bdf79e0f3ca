"""GitHub annotations: workflow commands that show findings at the lines of the document."""

from __future__ import annotations

from pipeline.drift.report.elements import PACKAGE, file_of, instruction, message, shortened
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report

COMMANDS = {"breaking": "error", "warning": "warning", "non-breaking": "notice"}
NAMES = 5


def render(report: Report) -> str:
    """Return one command per finding, without those about prose, and one for what the report does not show."""
    lines = [f"::notice title=drift::{data(note)}" for note in report.notes]
    lines += [command(report, finding) for finding in report.counted if finding.level in COMMANDS]
    return "".join(f"{line}\n" for line in lines)


def command(report: Report, finding: Finding) -> str:
    """Return one annotation for the first place of a finding; removed places are named in the message."""
    place = finding.places[0] if finding.places else None
    is_removed = bool(place and place.revision is None and place.base is not None)
    file = file_of(report.revision)
    at = [f"file={prop(file)}"] if file else []
    at += [f"line={finding.line}"] if file and finding.line and not is_removed else []
    touched = f" Python: {shortened((name.removeprefix(PACKAGE) for name in finding.python), NAMES)}."
    removed = f" Removed from line {finding.line} of {report.base}." if is_removed and finding.line else ""
    text = f"{message(finding)}.{removed}{touched if finding.python else ''} {instruction(finding)}"
    title = f"{finding.level}: {finding.id}"
    # What is absorbed needs no action.
    kind = "notice" if finding.absorbed else COMMANDS[finding.level]
    return f"::{kind} {','.join([*at, f'title={prop(title)}'])}::{data(text)}"


def data(text: str) -> str:
    """Escape text for a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def prop(text: str) -> str:
    """Escape a property of a workflow command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
