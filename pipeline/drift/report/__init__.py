"""Reports: one comparison as text, JSON, Markdown, HTML, JUnit, SARIF or GitHub annotations."""

from __future__ import annotations

from importlib import import_module

from pipeline.drift.report.elements import CONTROL, printable
from pipeline.drift.rules.verdict import Report

FORMATS = ("text", "json", "markdown", "html", "junit", "sarif", "github")


def render(report: Report, form: str) -> str:
    """Return the report in one of the formats, with a line break at the end."""
    text = str(import_module(f"pipeline.drift.report.{form}").render(report))
    if form in ("json", "sarif"):
        return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    # The text format has the escapes of terminals.
    return text if form == "text" else printable(text)
