"""HTML report of a batch: one file without scripts or references; matplotlib (extra `report`) draws its plots."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from dify_chatflow.batch import Summary
from dify_chatflow_cli.terminal import clean, duration

# Its stubs leave too much open to be checked.
mpl: Any = import_module("matplotlib")
figures: Any = import_module("matplotlib.figure")
# Colors of the plots, which the page replaces by its own: those of its text, its lines and its two series.
INK, LINE, FIRST, SECOND = "#010101", "#020202", "#030303", "#040404"
VARIABLES = {INK: "var(--ink)", LINE: "var(--line)", FIRST: "var(--first)", SECOND: "var(--second)"}
STYLE: Mapping[str, Any] = {
    "axes.edgecolor": LINE,
    "axes.labelcolor": INK,
    "axes.prop_cycle": mpl.cycler(color=[FIRST, SECOND]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "font.size": 11,
    "grid.color": LINE,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "text.color": INK,
    "xtick.color": LINE,
    "xtick.labelcolor": INK,
    "ytick.color": LINE,
    "ytick.labelcolor": INK,
}
# Inches of a plot, points of a curve, and bars of a histogram.
SIZE, MOST_POINTS, BARS = (5.2, 3.4), 400, 40
CSS = """
:root { color-scheme: light dark; --ink: #1c2430; --line: #c6ccd4; --paper: #fff; --first: #1f6feb; --second: #c2570c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #dfe5ec; --line: #4a5361; --paper: #12161c; --first: #6cb0ff; --second: #f2a35c; }
}
body { margin: 0 auto; max-width: 80rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; opacity: .75; }
.scroll { overflow-x: auto; }
section { min-width: 0; } table { border-collapse: collapse; }
th { text-align: left; font-weight: 600; white-space: nowrap; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th + th { text-align: right; } td.text { overflow-wrap: anywhere; min-width: 5rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0 4rem; }
.plots { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
svg { width: 100%; height: auto; } svg text { font-family: system-ui, sans-serif !important; }
"""


def write_report(path: Path, summary: Summary, title: str) -> None:
    """Write the report of a batch.

    Args:
        path: The file, which is replaced.
        summary: The summary of the batch.
        title: The title of the page.

    """
    plots = [draw(plot, summary) for plot in (plot_shares, plot_histogram, plot_order)] if summary.latencies else []
    sections = [
        f"<h1>{text(title)}</h1><p>{datetime.now(UTC):%Y-%m-%d %H:%M} UTC</p>",
        '<div class="facts">',
        section("Rows", table(("status", "rows"), summary.statuses.items())),
        section("Times", table(("", "rows", "p50", "p90", "p99", "max"), times(summary))),
        section("Tokens and costs", table(("", "total", "rows"), usage(summary))),
        "</div>",
        section("Plots", f'<div class="plots">{"".join(plots)}</div>') if plots else "",
        section("Without an answer", table(("error", "rows"), summary.failures.items())) if summary.failures else "",
    ]
    path.write_text(
        "<!doctype html>\n"
        '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{text(title)}</title><style>{CSS}</style>\n{''.join(sections)}</html>\n",
        encoding="utf-8",
    )


def times(summary: Summary) -> list[Sequence[object]]:
    """Return the rows of the table of times."""
    found = {"to the end": summary.latency, "to the first text": summary.first_token}
    return [
        (name, one.count, *(duration(value) for value in (one.p50, one.p90, one.p99, one.max)))
        for name, one in found.items()
    ]


def usage(summary: Summary) -> list[Sequence[object]]:
    """Return the rows of the table of tokens and costs."""
    return [("tokens", f"{summary.tokens:,}", ""), *((cost.currency, cost.price, cost.rows) for cost in summary.costs)]


def section(title: str, content: str) -> str:
    """Return a section of the page."""
    return f"<section><h2>{text(title)}</h2>{content}</section>\n"


def table(heads: Sequence[str], rows: Any) -> str:
    """Return a table whose first column is text and whose other columns are numbers."""
    head = "".join(f"<th>{text(name)}</th>" for name in heads)
    kinds = ["text"] + ["number"] * (len(heads) - 1)
    lines = [
        "<tr>"
        + "".join(f'<td class="{kind}">{text(cell)}</td>' for kind, cell in zip(kinds, row, strict=True))
        + "</tr>"
        for row in rows
    ]
    return f'<div class="scroll"><table><tr>{head}</tr>{"".join(lines)}</table></div>'


def text(value: object) -> str:
    """Return a value as text of the page."""
    return escape(clean(str(value)))


def draw(plot: Callable[[Any, Summary], None], summary: Summary) -> str:
    """Return a plot as an SVG element in the colors of the page."""
    with mpl.rc_context({**STYLE, "svg.hashsalt": plot.__name__}):
        figure = figures.Figure(figsize=SIZE, layout="constrained")
        plot(figure.subplots(), summary)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = written.getvalue()
    for color, variable in VARIABLES.items():
        svg = svg.replace(color, variable)
    return svg[svg.index("<svg") :]


def plot_shares(axes: Any, summary: Summary) -> None:
    """Draw the share of rows that took at most a time."""
    for name, values in (("end", summary.latencies), ("first text", summary.first_tokens)):
        ordered = sorted(values)
        if ordered:
            points = [round(part * (len(ordered) - 1) / MOST_POINTS) for part in range(MOST_POINTS + 1)]
            shares = [100 * (point + 1) / len(ordered) for point in points]
            axes.step([ordered[point] for point in points], shares, where="post", label=name)
    axes.set(title="Rows that took at most …", xlabel="seconds", ylabel="% of the rows", ylim=(0, 102), xlim=(0, None))
    axes.set_yticks([0, 25, 50, 75, 90, 100])
    axes.grid(axis="y", linewidth=0.5)
    axes.legend(loc="lower right")


def plot_histogram(axes: Any, summary: Summary) -> None:
    """Draw the number of rows by latency."""
    axes.hist(summary.latencies, bins=min(BARS, max(5, len(summary.latencies))), color=FIRST)
    axes.set(title="Rows by time to the end", xlabel="seconds", ylabel="rows", xlim=(0, None))
    axes.yaxis.get_major_locator().set_params(integer=True)


def plot_order(axes: Any, summary: Summary) -> None:
    """Draw the latencies in the order of the rows; of many rows, the longest of each group."""
    values, size = summary.latencies, max(1, len(summary.latencies) // MOST_POINTS)
    longest = [max(values[start : start + size]) for start in range(0, len(values), size)]
    axes.plot(range(1, len(values) + 1, size), longest, "o", markersize=3)
    group = "" if size == 1 else f", the longest of each {size}"
    axes.set(title=f"Time to the end by row{group}", xlabel="row with an answer", ylabel="seconds", ylim=(0, None))
    axes.xaxis.get_major_locator().set_params(integer=True)
