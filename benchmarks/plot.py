"""The plot of how cost grows: python -m benchmarks.plot results.json growth.svg (needs matplotlib)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

TITLES = {"packed": "stream: number of events", "single": "stream: one large event", "drift": "drift: comparison"}


def draw(series: list[dict[str, Any]]) -> Figure:
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
    results, target = sys.argv[1:]
    mpl.rcParams["svg.hashsalt"] = "dify-chatflow"
    mpl.rcParams["svg.fonttype"] = "none"  # text stays text, which is smaller
    draw(json.loads(Path(results).read_text(encoding="utf-8"))["growth"]).savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    main()
