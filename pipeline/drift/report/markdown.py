"""Markdown, for a job summary or a comment on a pull request."""

from __future__ import annotations

import re

from pipeline.drift.report.elements import (
    LAYERS,
    example,
    file_of,
    headline,
    more,
    number_of_places,
    places,
    rows,
    shortened,
    to_html,
)
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report

SIGNS = {"breaking": "🔴", "warning": "🟠", "non-breaking": "🟢", "docs-only": "⚪", "no-change": "⚪"}
HEAD = ("| | change | where | what to do |", "| --- | --- | --- | --- |")
SHOWN = 10
ROWS = 100
# GitHub takes comments of up to 65,536 characters.
LONGEST = 60_000
CUT = "\n… cut here; run the comparison for the rest.\n"


def render(report: Report) -> str:
    """Return the page, with the details of as many findings as the limit of the length allows."""
    shown = len(report.findings)
    while len(text := page(report, shown)) > LONGEST and shown:
        shown = shown * 3 // 4
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit("\n", 1)[0] + CUT


def page(report: Report, shown: int) -> str:
    """Return the page with the details of the first `shown` findings."""
    detailed = {id(finding) for finding in report.findings[:shown]}
    lines = ["# Drift", "", f"`{display_name(report.base)}` → `{display_name(report.revision)}`", ""]
    lines += [f"- {SIGNS.get(level, '⚪')} {line}" for line, level in headline(report)]
    for layer, title in LAYERS:
        found = [finding for finding in report.findings if finding.layer == layer and not finding.absorbed]
        if found:
            lines += ["", f"## {title}", "", *HEAD, *map(row, found)]
            lines += ["", *(line for finding in found if id(finding) in detailed for line in details(finding))]
    absorbed = [finding for finding in report.findings if finding.absorbed]
    if absorbed:
        # They need no action, so that one line each is enough.
        lines += ["", f"## Absorbed by {absorbed[0].absorbed}", "", *HEAD, *map(row, absorbed)]
    return "\n".join(lines) + "\n" + ("" if shown == len(report.findings) else CUT)


def display_name(source: str) -> str:
    """Return the name of a document, relative to the working directory if it is a file."""
    path = file_of(source)
    return inert(path if path and source.endswith(path) and ":" not in source else source)


def row(finding: Finding) -> str:
    """Return one row of the table."""
    sign = "✔️ waived" if finding.waived else f"{SIGNS[finding.level]} {finding.level}"
    place = finding.operation or (f"`{inert(finding.pointer)}`" if finding.pointer not in finding.text else "")
    place = "" if finding.table else place
    document = "old " if finding.places and finding.places[0].revision is None else ""
    at = f" ({document}line {finding.line})" if finding.line and not finding.table else ""
    return f"| {sign} | {cell(finding.text)} | {cell(place)}{at} | {cell(finding.hint)} |"


def cell(text: str) -> str:
    """Escape text for a cell of a table."""
    return escaped(text).replace("|", "\\|")


def details(finding: Finding) -> list[str]:
    """Return the details of one finding, folded."""
    lines = [f"<details><summary><code>{finding.id}</code> {summary(finding.text)}</summary>", ""]
    table = rows(finding)
    if table:
        lines += ["| before | now |", "| --- | --- |", *(f"| {cell(old)} | {cell(new)} |" for old, new in table[:ROWS])]
        lines += [f"| {more(len(table) - ROWS).strip()} | |"] if table[ROWS:] else []
        lines += [""]
    else:
        listed = places(finding)
        most = number_of_places(finding, SHOWN)
        lines += [f"- {escaped(line)}" for line in listed[:most]]
        lines += [f"- {more(len(listed) - most).strip()}"] if listed[most:] else []
    if finding.python and (table or not finding.table):
        lines.append(f"- Python: {shortened((f'`{one}`' for one in finding.python), SHOWN)}")
    shown = inert(example(finding))
    lines += [f"- example: `{shown}`"] if shown else []
    lines += [f"- waived: {escaped(finding.waived)}"] if finding.waived else []
    return [*lines, f"- fingerprint `{finding.fingerprint}`", "", "</details>"]


def escaped(text: str) -> str:
    """Escape text outside of code; any other backtick than one pair around code might pair with the next ones."""
    parts = re.split(r"(?<!`)`([^`]+)`(?!`)", re.sub(r"\s", " ", text))
    return "".join(f"`{part}`" if index % 2 else plain(part) for index, part in enumerate(parts))


def plain(text: str) -> str:
    """Escape HTML, links, images and mentions."""
    # Entities, since a backslash of the document in front would undo a backslash here.
    return without_mentions(re.sub(r"[&<>`\[\]]", lambda match: f"&#{ord(match[0])};", text))


def summary(text: str) -> str:
    """Return text as HTML without links, images and mentions."""
    return without_mentions(to_html(text.replace("\n", " ")).replace("[", "&#91;"))


def without_mentions(text: str) -> str:
    """Prevent names after an @ from being notified."""
    return re.sub(r"@(?=\w)", "@<!-- -->", text)


def inert(text: str) -> str:
    """Return text that does not end the code around it."""
    return text.replace("`", "'").replace("\n", " ")
