"""Elements that several formats share: headline, places, tables and examples."""

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
    ("wire", "Changes of the server (programs with the shipped client)"),
    ("python", "Changes of the regenerated client (users' code)"),
)
PACKAGE = "dify_chatflow_client."
EVENT = "event "
NAMES = 60
# Control characters, and marks that change the direction of text.
CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")


@dataclass(frozen=True)
class Use:
    """One place of a finding, with the operations and events that reach it."""

    operations: tuple[str, ...]
    line: str
    pointer: str

    def text(self) -> str:
        """Return the use as one line."""
        return "  ".join(part for part in (self.users(4), self.line, self.pointer) if part)

    def users(self, most: int | None = None) -> str:
        """Return the first operations and events that reach the place (default: all)."""
        names = list(self.operations)
        if names[1:] and all(name.startswith(EVENT) for name in names):
            names = [name.removeprefix(EVENT) for name in names]
            return f"events {shortened(names, most or len(names))}"
        return shortened(names, most or len(names))


def headline(report: Report) -> list[tuple[str, str]]:
    """Return the lines with the verdicts, each with its level."""
    lines: list[tuple[str, str]] = [(f"wire: {report.verdict}{counts(report, 'wire')}", report.verdict)]
    if report.python is not None:
        level = {"breaking": "breaking", "changed": "warning", "none": "no-change"}[report.python]
        lines.append((f"python: {report.python}{counts(report, 'python')}", level))
    return [*lines, *((note, "") for note in report.notes)]


def counts(report: Report, layer: str) -> str:
    """Return the number of findings of a layer at each level, most severe first, and of the absorbed ones apart."""
    found = [finding for finding in report.findings if finding.layer == layer]
    levels = ["waived" if finding.waived else finding.level for finding in found if not finding.absorbed]
    absorbed = ["waived" if finding.waived else finding.level for finding in found if finding.absorbed]
    parts = [numbers(levels), f"absorbed by corrections: {numbers(absorbed)}" if absorbed else ""]
    shown = "; ".join(filter(None, parts))
    return f" ({shown})" if shown else ""


def numbers(levels: list[str]) -> str:
    """Return how often each level occurs, most severe first."""
    order = (*reversed(LEVELS), "waived")
    return ", ".join(f"{levels.count(level)} {level}" for level in order if level in levels)


def uses(finding: Finding) -> list[Use]:
    """Return each place of a finding once, with the operations and events that reach it."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in finding.places:
        document = "old " if place.revision is None else ""
        line = f"{document}line {place.line}" if place.line else ""
        found.setdefault((line, place.pointer), []).append(place.operation)
    return [Use(tuple(filter(None, names)), *at) for at, names in found.items() if any(at) or any(names)]


def message(finding: Finding) -> str:
    """Return the sentence of a finding, after the operation that it concerns where the sentence does not name it."""
    named = finding.operation and not any(name in finding.text for name in finding.operations)
    return f"{finding.operation}: {finding.text}" if named else finding.text


def instruction(finding: Finding) -> str:
    """Return what to do about a finding, or why nothing."""
    return f"Absorbed by {finding.absorbed}." if finding.absorbed else finding.hint


def rows(finding: Finding) -> list[tuple[str, str]]:
    """Return the renames of a finding as pairs of the old and the new name."""
    return [row for row in finding.table if all(row)]


def places(finding: Finding) -> list[str]:
    """Return the places of a finding as lines; for prose only the pointers."""
    return [new or old for old, new in finding.table if not (old and new)] or [use.text() for use in uses(finding)]


def number_of_places(finding: Finding, usual: int) -> int:
    """Return how many places to show: all names of Python, else the `usual` number."""
    return NAMES if finding.layer == "python" and finding.table else usual


def example(finding: Finding, longest: int = 300) -> str:
    """Return the payload of a finding, cut to a length; an empty text if it has none."""
    if finding.payload is None:
        return ""
    text = json.dumps(finding.payload, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[:longest]}…"


def shortened(items: Iterable[str], most: int) -> str:
    """Join the first items, and append the number of the others."""
    listed = list(items)
    return ", ".join(listed[:most]) + more(len(listed) - most)


def more(number: int) -> str:
    """Return the note for a number of items that are not shown."""
    return f" … and {number} more" if number > 0 else ""


def printable(text: str) -> str:
    """Replace the characters that control terminals or reverse text, except for line breaks and tabs."""
    return CONTROL.sub("\ufffd", text)


def to_html(text: str) -> str:
    """Return text as HTML, with `code` elements for what is between backticks."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))


def file_of(name: str) -> str | None:
    """Return the path of a document, relative to the working directory; None for a URL or standard input."""
    if name == "-" or re.match(r"https?://", name):
        return None
    path = Path(name)
    if not path.is_file() and re.match(r"[^:/]+[^:]*:.", name):
        # A git revision: the file has the same path in the working tree.
        path = Path(name.partition(":")[2])
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
