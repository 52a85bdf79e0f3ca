"""Plots of the ratios and of the growth of cost: python -m benchmarks.plot results.json FOLDER (needs matplotlib)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

CLIENT = "dify-chatflow"
TITLES = {"packed": "stream: number of events", "single": "stream: one large event", "drift": "drift: comparison"}


def plot_ratios(table: list[dict[str, Any]]) -> Figure:
    """Return a plot with a row per piece of work: the candidates' multiples of the baseline and the target."""
    rows = [row for row in table if row["unit"] == "×" and not row["name"].endswith("-growth")][::-1]
    names = sorted({name for row in rows for name in row["figures"]}, key=lambda name: (name != CLIENT, name))
    figure = Figure(figsize=(11, 0.45 * len(rows) + 1.2), layout="constrained")
    axes = figure.subplots()
    axes.set_xscale("log", base=2)
    for name in names:
        figures = [(index, row["figures"][name]) for index, row in enumerate(rows) if name in row["figures"]]
        points = [(index, one) for index, one in figures if not one["error"]]
        values = [one["value"] for _, one in points]
        spread = [[one["value"] - one["low"] for _, one in points], [one["high"] - one["value"] for _, one in points]]
        size = 8 if name == CLIENT else 5
        axes.errorbar(values, [index for index, _ in points], xerr=spread, fmt="o", ms=size, label=name)
    # A row without a target has no mark.
    targets = [row["target"] or float("nan") for row in rows]
    axes.plot(targets, range(len(rows)), "|", ms=18, mew=2, color="black", label="target")
    axes.axvline(1, color="grey", linestyle=":", label="baseline")
    axes.set_yticks(range(len(rows)), [describe(row) for row in rows], fontsize=8)
    axes.set_xticks([0.5, 1, 2, 4, 8], ["½ ×", "1 ×", "2 ×", "4 ×", "8 ×"])
    axes.set_xlabel("CPU time (or time to the first event), as a multiple of the baseline; less is better")
    axes.grid(visible=True, axis="x", alpha=0.3)
    axes.legend(fontsize=8, loc="lower right")
    return figure


def describe(row: dict[str, Any]) -> str:
    """Return the description of the work with the candidates that have no figure because they are wrong."""
    wrong = [name for name, one in row["figures"].items() if one["error"]]
    return f"{row['work']}\n(wrong: {', '.join(wrong)})" if wrong else str(row["work"])


def plot_growth(series: list[dict[str, Any]]) -> Figure:
    """Return a plot with a panel for each kind of size, on logarithmic axes, with a line of slope 1 for comparison."""
    panels = list(dict.fromkeys(one["panel"] for one in series))
    figure = Figure(figsize=(4.2 * len(panels), 3.8), layout="constrained")
    for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        curves = [one for one in series if one["panel"] == panel]
        for one in curves:
            milliseconds = [1000 * seconds for seconds in one["seconds"]]
            axes.loglog(one["sizes"], milliseconds, "o-", ms=3, label=f"{one['name']} (slope {one['exponent']:.2f})")
        sizes, last = curves[-1]["sizes"], 1000 * curves[-1]["seconds"][-1]
        axes.loglog(sizes, [last * size / sizes[-1] for size in sizes], ":", color="grey", label="linear")
        axes.set(title=TITLES[panel], xlabel=curves[0]["axis"], ylabel="CPU time in ms")
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(fontsize=8)
    return figure


def main() -> None:
    """Plot the results on the command line."""
    source, folder = map(Path, sys.argv[1:])
    mpl.rcParams["svg.hashsalt"] = "dify-chatflow"
    mpl.rcParams["svg.fonttype"] = "none"  # keeps text as text, which is smaller
    results = json.loads(source.read_text(encoding="utf-8"))
    for name, figure in (("ratios", plot_ratios(results["rows"])), ("growth", plot_growth(results["growth"]))):
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
