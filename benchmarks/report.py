"""The results as a table in the terminal, as JSON, and as the table in README.md."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Line
from benchmarks.growth import Series
from benchmarks.work import MODULES

BEGIN, END = "<!-- table -->", "<!-- end of table -->"
LIBRARIES = ("httpx", "httpcore", "h11", "orjson", "attrs", "openapi-python-client")


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def contenders(lines: Iterable[Line]) -> list[str]:
    """All that have a figure, in the order of the contenders."""
    present = {name for line in lines for name in line.figures}
    return [name for name in MODULES if name in present]


def show(lines: Sequence[Line], growth: Sequence[Series], console: Console) -> None:
    """Print the table, and the slopes of the curves."""
    table = Table(title="CPU time, median of interleaved rounds (middle half)", show_lines=True)
    names = contenders(lines)
    for heading in ("work", "limit", "target", *names):
        table.add_column(heading)
    for line in lines:
        table.add_row(*cells(line, names), style="bold red" if line.holds is False else None)
    console.print(table)
    for series in growth:
        console.print(f"{series.name} over {series.axis}: cost grows with the power {series.exponent:.2f}")


def cells(line: Line, names: Sequence[str]) -> list[str]:
    """One row: work, limit, target, and a figure for each contender that took part."""
    target = "" if line.target is None else f"≤ {line.target:g} {line.unit}"
    figures = [line.figures[name].text(line.unit) if name in line.figures else "" for name in names]
    return [line.work, line.limit, target, *figures]


def save(lines: Sequence[Line], growth: Sequence[Series], path: Path) -> None:
    """Write the results as JSON, under a temporary name first."""
    found = {"machine": machine(), "lines": [line.to_dict() for line in lines]}
    found["growth"] = [series.to_dict() for series in growth]
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)


def refresh(readme: Path, lines: Sequence[Line]) -> None:
    """Put the table into the README between its marks."""
    names = contenders(lines)
    rows = [["work", "limit", "target", *names], ["---"] * (3 + len(names)), *(cells(line, names) for line in lines)]
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after and END not in rest:
        raise RuntimeError(f"{readme} lacks {BEGIN} and {END}")
    readme.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
