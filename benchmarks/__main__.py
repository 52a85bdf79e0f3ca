"""Measure all candidates: python -m benchmarks [--only NAME …] [--small] [--no-peers] [--out FOLDER]."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from benchmarks import commands, environments, growth, report
from benchmarks.figures import Row
from benchmarks.process import Server
from benchmarks.work import CLIENT, WORK, measure

HERE = Path(__file__).resolve().parent
COMMANDS = ("import", "first-call", "generate", "drift")
NAMES = (*(work.name for work in WORK), *COMMANDS, "growth")


def main(arguments: list[str] | None = None) -> int:
    """Measure and report; return 1 if a target is missed, 2 for an unknown name."""
    options = build_parser().parse_args(arguments)
    unknown = [name for name in options.only if name not in NAMES]
    if unknown:
        print(f"unknown name: {', '.join(unknown)}; choose from {', '.join(NAMES)}", file=sys.stderr)
        return 2
    progress = Console(stderr=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        for row in measure_all(options, server, Path(folder)):
            rows.append(row)
            figure = row.figures.get(CLIENT)
            progress.print(f"{row.name}: {figure.format(row.unit) if figure else ''}")
        series = growth.measure(server, small=options.small) if is_selected("growth", options) else []
    options.out.mkdir(parents=True, exist_ok=True)
    report.show(rows, series, Console(width=None if sys.stdout.isatty() else 220))
    results = options.out / "results.json"
    report.save(rows, series, results)
    if series and not options.small:
        environments.run(environments.ensure_python("plot"), "-m", "benchmarks.plot", results, options.out)
    if not (options.only or options.small or options.no_peers) and (options.out / "README.md").is_file():
        report.update_readme(options.out / "README.md", rows)
    print(f"results written to {options.out}")
    return 1 if any(row.meets_target is False for row in rows) else 0


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help=f"names: {', '.join(NAMES)}")
    parser.add_argument("--small", action="store_true", help="run a few rounds on a small scale, as a test")
    parser.add_argument("--no-peers", action="store_true", help="omit candidates that need a separate environment")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the results (default: benchmarks/)")
    return parser


def is_selected(name: str, options: argparse.Namespace) -> bool:
    """Return True if `--only` includes the name or is absent."""
    return not options.only or name in options.only


def measure_all(options: argparse.Namespace, server: Server, folder: Path) -> Iterator[Row]:
    """Yield all rows of the table."""
    small, peers = options.small, not options.no_peers
    for work in WORK:
        if is_selected(work.name, options):
            yield from measure(work, server, folder, small=small, peers=peers)
    if is_selected("import", options):
        yield from commands.measure_imports(small=small, peers=peers)
    if is_selected("first-call", options):
        yield from commands.measure_first_call(server, small=small)
    if is_selected("generate", options):
        yield from commands.measure_generation(folder, small=small)
    if is_selected("drift", options):
        yield from commands.measure_drift(folder, small=small)


if __name__ == "__main__":
    sys.exit(main())
