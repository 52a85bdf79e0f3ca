"""Text, for a terminal of 80 columns."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from pipeline.drift.report.elements import (
    LAYERS,
    PACKAGE,
    example,
    headline,
    more,
    number_of_places,
    places,
    printable,
    rows,
    shortened,
    uses,
)
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report

STYLES = {
    "breaking": "bold red",
    "warning": "yellow",
    "non-breaking": "green",
    "docs-only": "dim",
    "no-change": "green",
}
COLUMNS = 80
SHOWN = 8
NAMES = 4
ROWS = 60


def render(report: Report) -> str:
    """Return the verdicts, then the findings of each layer, most severe first."""
    out = io.StringIO()
    is_terminal = sys.stdout.isatty()
    width = None if is_terminal else COLUMNS
    console = Console(file=out, force_terminal=is_terminal, width=width, highlight=False, soft_wrap=False)
    console.print(Text(one_line(f"{report.base} → {report.revision}"), style="bold"))
    for line, level in headline(report):
        console.print(Text(line, style=STYLES.get(level, "")))
    for layer, title in LAYERS:
        found = [finding for finding in report.findings if finding.layer == layer and not finding.absorbed]
        if found:
            console.print()
            console.print(Text(title, style="bold underline"))
        for finding in found:
            print_finding(console, finding)
    absorbed = [finding for finding in report.findings if finding.absorbed]
    if absorbed:
        # They need no action, so that one line each is enough.
        console.print()
        console.print(Text(f"Absorbed by {absorbed[0].absorbed}", style="bold underline"))
        console.print()
    for finding in absorbed:
        print_sentence(console, finding)
        if finding.operation and finding.operations[0] not in finding.text:
            console.print(Text(f"    {one_line(finding.operation)}", style="dim"))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def print_finding(console: Console, finding: Finding) -> None:
    """Print one finding with its places, Python names and hint."""
    console.print()
    print_sentence(console, finding)
    for line in details(finding, console.width):
        console.print(Text(line, overflow="fold", no_wrap=True))


def print_sentence(console: Console, finding: Finding) -> None:
    """Print the level, the sentence and the rule of a finding."""
    level = "waived" if finding.waived else finding.level
    console.print(
        Text.assemble((level, STYLES.get(level, "dim")), " ", one_line(finding.text), (f"  [{finding.id}]", "dim"))
    )


def details(finding: Finding, width: int) -> Iterator[str]:
    """Yield the lines below the sentence, indented and wrapped."""
    table = [f"{old} → {new}" for old, new in rows(finding)]
    for line in table[:ROWS]:
        yield from wrapped(line, width)
    if table[ROWS:]:
        yield from wrapped(f"… and {len(table) - ROWS} more", width)
    if finding.table and not table:
        listed = places(finding)
        most = number_of_places(finding, SHOWN)
        for line in listed[:most]:
            yield from wrapped(line.strip("`"), width)
        yield from wrapped(more(len(listed) - most).strip(), width)
    if not finding.table:
        yield from locations(finding, width)
    if finding.python and not (finding.table and not table):
        names = (name.removeprefix(PACKAGE) for name in finding.python)
        yield from wrapped(f"Python: {shortened(names, NAMES)}", width)
    for name, text in (
        ("example:", example(finding)),
        ("waived:", finding.waived),
        ("→", finding.hint),
    ):
        yield from wrapped(f"{name} {text}", width) if text else ()


def locations(finding: Finding, width: int) -> Iterator[str]:
    """Yield the places of a finding: the operations, the line and the pointer."""
    listed = uses(finding)
    for use in listed[:SHOWN]:
        head = "  ".join(part for part in (use.users(NAMES), use.line) if part)
        one = f"{head}  {use.pointer}".strip()
        if len(one) + 4 <= width or not head:
            yield from wrapped(one, width)
        else:
            yield from wrapped(head, width)
            yield from wrapped(use.pointer, width, indent=6)
    yield from wrapped(more(len(listed) - SHOWN).strip(), width)


def one_line(text: str) -> str:
    """Return text without line breaks and control characters, which a document may contain."""
    return printable(re.sub(r"[\t\n]", " ", text))


def wrapped(text: str, width: int, indent: int = 4) -> Iterator[str]:
    """Yield indented lines; a long pointer or dotted name is broken before a `/` or `.`."""
    line = ""
    for word in re.findall(r"\S+\s*", one_line(text)):
        for piece in [word] if len(word.rstrip()) <= width - indent - 2 else re.findall(r"[/.]?[^/.]+|[/.]", word):
            if line and len(line) + len(piece.rstrip()) > width - indent:
                yield " " * indent + line
                line = "  "
            line += piece
    if line.strip():
        yield " " * indent + line
