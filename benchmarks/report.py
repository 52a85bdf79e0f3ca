"""Results as a table in the terminal, as JSON, and as the table in README.md."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Row
from benchmarks.growth import Series
from benchmarks.work import MODULES

BEGIN, END = "<!-- table -->", "<!-- end of table -->"
LIBRARIES = ("httpx", "httpcore", "h11", "orjson", "openapi-python-client")


def describe_machine() -> dict[str, Any]:
    """Return the versions of Python, system and libraries."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def list_candidates(rows: Iterable[Row]) -> list[str]:
    """Return the candidates that have a figure, in the order of `MODULES`."""
    present = {name for row in rows for name in row.figures}
    return [name for name in MODULES if name in present]


def show(rows: Sequence[Row], growth: Sequence[Series], console: Console) -> None:
    """Print the table and the slopes of the curves."""
    table = Table(title="CPU time, median of interleaved rounds (interquartile range)", show_lines=True)
    names = list_candidates(rows)
    for heading in ("work", "baseline", "target", *names):
        table.add_column(heading)
    for row in rows:
        table.add_row(*format_row(row, names), style="bold red" if row.meets_target is False else None)
    console.print(table)
    for series in growth:
        console.print(f"{series.name} by {series.axis}: cost grows with the power {series.exponent:.2f}")


def format_row(row: Row, names: Sequence[str]) -> list[str]:
    """Return the cells of a row: work, baseline, target, and the figure of each candidate."""
    target = "" if row.target is None else f"≤ {row.target:g} {row.unit}"
    figures = [row.figures[name].format(row.unit) if name in row.figures else "" for name in names]
    return [row.work, row.baseline, target, *figures]


def save(rows: Sequence[Row], growth: Sequence[Series], path: Path) -> None:
    """Write the results as JSON, atomically."""
    results = {"machine": describe_machine(), "rows": [row.to_dict() for row in rows]}
    results["growth"] = [series.to_dict() for series in growth]
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)


def update_readme(readme: Path, rows: Sequence[Row]) -> None:
    """Replace the table between the markers of the README."""
    names = list_candidates(rows)
    heading = ["work", "baseline", "target", *names]
    lines = [heading, ["---"] * len(heading), *(format_row(row, names) for row in rows)]
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after and END not in rest:
        raise RuntimeError(f"{readme} lacks {BEGIN} and {END}")
    readme.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
