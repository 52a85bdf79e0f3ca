"""Text, for a terminal of 80 columns."""

from __future__ import annotations

import io
import sys

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipeline.drift.findings import Finding, Report
from pipeline.drift.report.words import LAYERS, headline, more, where

STYLES = {
    "breaking": "bold red",
    "warning": "yellow",
    "non-breaking": "green",
    "docs-only": "dim",
    "no-change": "green",
}
SHOWN = 8


def render(report: Report) -> str:
    """The report for people: verdict first, then the findings of each layer, gravest first."""
    out = io.StringIO()
    colours = sys.stdout.isatty()
    width = None if colours else 80
    console = Console(file=out, force_terminal=colours, width=width, highlight=False, soft_wrap=False)
    console.print(Text(f"{report.base} → {report.revision}", style="bold"))
    for line, level in headline(report):
        console.print(Text(line, style=STYLES.get(level, "")))
    for layer, title in LAYERS:
        found = [finding for finding in report.findings if finding.layer == layer]
        if found:
            console.print()
            console.print(Text(title, style="bold underline"))
        for finding in found:
            show(console, finding)
    return out.getvalue()


def show(console: Console, finding: Finding) -> None:
    """One finding with its places, Python names and hint."""
    level = "waived" if finding.waived else finding.level
    console.print()
    console.print(Text.assemble((level, STYLES.get(level, "dim")), " ", finding.text, (f"  [{finding.id}]", "dim")))
    lines = [f"{old} → {new}" for old, new in finding.table[: SHOWN * 5]] or where(finding, SHOWN)
    lines += [f"Python: {', '.join(finding.python[:4])}{more(len(finding.python) - 4)}"] if finding.python else []
    lines += [f"absorbed by {finding.absorbed}"] if finding.absorbed else []
    lines += [f"waived: {finding.waived} ({finding.fingerprint})"] if finding.waived else []
    lines += [f"→ {finding.hint}"] if finding.hint else []
    for line in lines:
        console.print(Padding(Text(line, overflow="fold"), (0, 0, 0, 4), expand=False))
