"""The plots of the ratios and of how cost grows: python -m benchmarks.plot results.json FOLDER (needs matplotlib)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

MINE = "dify-chatflow"
TITLES = {"packed": "stream: number of events", "single": "stream: one large event", "drift": "drift: comparison"}


def ratios(lines: list[dict[str, Any]]) -> Figure:
    """A row for each piece of work: every contender's multiple of the limit with its spread, and the target."""
    rows = [line for line in lines if line["unit"] == "×"][::-1]
    names = sorted({name for line in rows for name in line["figures"]}, key=lambda name: (name != MINE, name))
    figure = Figure(figsize=(11, 0.45 * len(rows) + 1.2), layout="constrained")
    axes = figure.subplots()
    axes.set_xscale("log", base=2)
    for name in names:
        seen = [(row, line["figures"][name]) for row, line in enumerate(rows) if name in line["figures"]]
        right = [(row, one) for row, one in seen if not one["wrong"]]
        values = [one["value"] for _, one in right]
        spread = [[one["value"] - one["low"] for _, one in right], [one["high"] - one["value"] for _, one in right]]
        size = 8 if name == MINE else 5
        axes.errorbar(values, [row for row, _ in right], xerr=spread, fmt="o", ms=size, label=name)
    targets = [line["target"] for line in rows]
    axes.plot(targets, range(len(rows)), "|", ms=18, mew=2, color="black", label="target")
    axes.axvline(1, color="grey", linestyle=":", label="the limit")
    axes.set_yticks(range(len(rows)), [described(line) for line in rows], fontsize=8)
    axes.set_xticks([0.5, 1, 2, 4, 8], ["½ ×", "1 ×", "2 ×", "4 ×", "8 ×"])
    axes.set_xlabel("CPU time (or time to the first event), as a multiple of the limit; further left is better")
    axes.grid(visible=True, axis="x", alpha=0.3)
    axes.legend(fontsize=8, loc="lower right")
    return figure


def described(line: dict[str, Any]) -> str:
    """The work, and whose results are wrong and therefore not shown."""
    wrong = [name for name, one in line["figures"].items() if one["wrong"]]
    return f"{line['work']}\n(wrong: {', '.join(wrong)})" if wrong else str(line["work"])


def growth(series: list[dict[str, Any]]) -> Figure:
    """One panel for each kind of size, both axes logarithmic, with a line of slope 1 to compare with."""
    panels = list(dict.fromkeys(one["panel"] for one in series))
    figure = Figure(figsize=(4.2 * len(panels), 3.8), layout="constrained")
    for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        curves = [one for one in series if one["panel"] == panel]
        for one in curves:
            milliseconds = [1000 * took for took in one["seconds"]]
            axes.loglog(one["sizes"], milliseconds, "o-", ms=3, label=f"{one['name']} (slope {one['exponent']:.2f})")
        sizes, last = curves[-1]["sizes"], 1000 * curves[-1]["seconds"][-1]
        axes.loglog(sizes, [last * size / sizes[-1] for size in sizes], ":", color="grey", label="linear")
        axes.set(title=TITLES[panel], xlabel=curves[0]["axis"], ylabel="CPU time in ms")
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(fontsize=8)
    return figure


def main() -> None:
    """Draw the results named on the command line."""
    results, folder = map(Path, sys.argv[1:])
    mpl.rcParams["svg.hashsalt"] = "dify-chatflow"
    mpl.rcParams["svg.fonttype"] = "none"  # text stays text, which is smaller
    measured = json.loads(results.read_text(encoding="utf-8"))
    for name, figure in (("ratios", ratios(measured["lines"])), ("growth", growth(measured["growth"]))):
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
