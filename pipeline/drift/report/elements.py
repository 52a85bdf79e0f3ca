"""Words that several reports share."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pipeline.drift.rules import LEVELS
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report

LAYERS = (
    ("wire", "What the server does (programs with the shipped client)"),
    ("python", "What regenerating does (users' code)"),
)
PACKAGE = "dify_chatflow_client."
ABSORBED = "absorbed by"


@dataclass(frozen=True)
class Use:
    """One place of a finding in a document, with everything that reaches it."""

    operations: tuple[str, ...]
    line: str
    pointer: str

    def text(self) -> str:
        """The use in one line."""
        return "  ".join(part for part in (shortened(self.operations, 4), self.line, self.pointer) if part)


def headline(report: Report) -> list[tuple[str, str]]:
    """The verdicts as sentences, each with its level."""
    lines: list[tuple[str, str]] = [(f"wire: {report.verdict}{counts(report, 'wire')}", report.verdict)]
    if report.python is not None:
        level = {"breaking": "breaking", "changed": "warning", "none": "no-change"}[report.python]
        lines.append((f"python: {report.python}{counts(report, 'python')}", level))
    if report.selected:
        lines.append((report.selected, ""))
    return lines


def counts(report: Report, layer: str) -> str:
    """How many findings a layer has at each level, gravest first."""
    found = [finding for finding in report.findings if finding.layer == layer]
    levels = ["waived" if finding.waived else finding.level for finding in found]
    shown = [f"{levels.count(level)} {level}" for level in (*reversed(LEVELS), "waived") if level in levels]
    return f" ({', '.join(shown)})" if shown else ""


def uses(finding: Finding) -> list[Use]:
    """Where a finding stands: each place of the documents once, with the operations and events that reach it."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in finding.places:
        here = place.revision is not None
        pointer, number = (place.revision, place.revision_line) if here else (place.base, place.base_line)
        line = f"{'' if here else 'old '}line {number}" if number else ""
        found.setdefault((line, pointer or ""), []).append(place.operation)
    return [Use(tuple(filter(None, names)), *at) for at, names in found.items() if any(at) or any(names)]


def rows(finding: Finding) -> list[tuple[str, str]]:
    """What came to have another name, from and to."""
    return [row for row in finding.table if all(row)]


def places(finding: Finding) -> list[str]:
    """Where a finding stands, one line each; for prose the pointers alone."""
    return [new or old for old, new in finding.table if not (old and new)] or [use.text() for use in uses(finding)]


def example(finding: Finding, longest: int = 300) -> str:
    """The payload that shows a finding, cut when it is long; empty where there is none."""
    if finding.payload is None:
        return ""
    text = json.dumps(finding.payload, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[:longest]}…"


def shortened(items: Iterable[str], most: int) -> str:
    """Some items in a row, and how many others there are."""
    listed = list(items)
    return ", ".join(listed[:most]) + more(len(listed) - most)


def more(number: int) -> str:
    """What follows a list that was cut short."""
    return f" … and {number} more" if number > 0 else ""


def marked(text: str) -> str:
    """Text as HTML, with its code in code style."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))


def file_of(name: str) -> str | None:
    """The file behind the name of a document, as seen from here; None for what is no file."""
    if name == "-" or re.match(r"https?://", name):
        return None
    path = Path(name)
    if not path.is_file() and re.match(r"[^:/]+[^:]*:.", name):
        # A git revision: what it shows has the same name here.
        path = Path(name.partition(":")[2])
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
