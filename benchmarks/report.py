"""Results as a table in the terminal, as JSON, and as the table in README.md."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import environments
from benchmarks.figures import Row
from benchmarks.growth import Series
from benchmarks.work import MODULES, PEERS

BEGIN, END = "<!-- table -->", "<!-- end of table -->"
LIBRARIES = ("httpx", "httpcore", "h11", "orjson", "openapi-python-client")


def describe_machine() -> dict[str, Any]:
    """Return the date, processor, system, and the versions of Python, libraries and peers."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": read_processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "libraries": {name: version(name) for name in LIBRARIES},
        "peers": dict(pinned_version(peer) for peer in PEERS.values()),
    }


def read_processor() -> str:
    """Return the name of the processor, or an empty string."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def pinned_version(peer: str) -> tuple[str, str]:
    """Return the name and version of a peer."""
    lines = (environments.PEERS / f"{peer}.txt").read_text(encoding="utf-8").splitlines()
    return peer, next(line for line in lines if line.startswith(f"{peer}==")).partition("==")[2]


def describe(results: dict[str, Any]) -> str:
    """Return the paragraphs of the page on machine, versions and growth of cost; absent values are omitted."""
    machine = results["machine"]
    values = {
        "date": machine.get("date"),
        "processor": machine.get("processor"),
        "cores": machine.get("cores"),
        "load at the end": machine.get("load"),
        "system": machine["system"],
        "Python": machine["python"],
    }
    seconds = sum(row.get("duration", 0) for row in results["rows"])
    values["duration of the rows"] = f"{seconds / 60:.1f} minutes" if seconds else None
    versions = machine["libraries"] | machine.get("peers", {})
    paragraphs = [
        "Measured on: " + ", ".join(f"{name} {value}" for name, value in values.items() if value is not None) + ".",
        "Versions: " + ", ".join(f"{name} {number}" for name, number in versions.items()) + ".",
    ]
    slopes = [f"{one['name']} by {one['axis']} {one['exponent']:.2f}" for one in results["growth"]]
    paragraphs += [f"Growth of CPU time, as the power of the size: {'; '.join(slopes)}."] if slopes else []
    return "\n\n".join(paragraphs)


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
    figures = [row.figures[name].format(row.unit) if name in row.figures else "" for name in names]
    return [row.work, row.baseline, row.describe_target(), *figures]


def save(rows: Sequence[Row], growth: Sequence[Series], path: Path) -> dict[str, Any]:
    """Write the results as JSON, atomically, and return them."""
    results: dict[str, Any] = {"machine": describe_machine(), "rows": [row.to_dict() for row in rows]}
    results["growth"] = [series.to_dict() for series in growth]
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)
    return results


def update_readme(readme: Path, results: dict[str, Any]) -> None:
    """Replace the part of the README between the markers by the results."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise RuntimeError(f"{readme} lacks {BEGIN} and {END}")
    readme.write_text(f"{before}{BEGIN}\n{format_results(results)}\n{END}{after}", encoding="utf-8")


def format_results(results: dict[str, Any]) -> str:
    """Return the results as Markdown: machine, growth and table."""
    rows = [Row.from_dict(row) for row in results["rows"]]
    names = list_candidates(rows)
    heading = ["work", "baseline", "target", *names]
    lines = [heading, ["---"] * len(heading), *(format_row(row, names) for row in rows)]
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return f"{describe(results)}\n\n{table}"
