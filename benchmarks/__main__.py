"""Measure all candidates: python -m benchmarks [--only NAME …] [--quick] [--no-peers] [--accept]."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from benchmarks import commands, environments, gate, growth, report
from benchmarks.figures import Row
from benchmarks.process import Server
from benchmarks.rounds import Scale
from benchmarks.work import CLIENT, PEERS, WORK, measure

HERE = Path(__file__).resolve().parent
COMMANDS = ("import", "first-call", "generate", "drift")
NAMES = (*(work.name for work in WORK), *COMMANDS, "growth")


def main(arguments: list[str] | None = None) -> int:
    """Measure and report; return 1 for a ratio above its reference or a wrong result, 2 for an unknown name."""
    options = build_parser().parse_args(arguments)
    unknown = [name for name in options.only if name not in NAMES]
    if unknown:
        print(f"unknown name: {', '.join(unknown)}; choose from {', '.join(NAMES)}", file=sys.stderr)
        return 2
    progress = Console(stderr=True)
    scale = Scale(options.small, not options.no_peers, 3 if options.quick else 100)
    if scale.peers:
        prepare_environments()
    if options.prepare:
        return 0
    start = time.perf_counter()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        for row in measure_all(options, server, Path(folder), scale):
            row.duration = time.perf_counter() - start - sum(other.duration for other in rows)
            rows.append(row)
            figure = row.figures.get(CLIENT)
            progress.print(f"{row.name}: {figure.format(row.unit) if figure else ''} ({row.duration:.0f} s)")
        series = growth.measure(server, scale) if is_selected("growth", options) else []
    options.out.mkdir(parents=True, exist_ok=True)
    report.show(rows, series, Console(width=None if sys.stdout.isatty() else 220))
    complete = not (options.only or options.small or options.no_peers)
    path = options.out / ("results.json" if complete or options.out != HERE else "partial.json")
    results = report.save(rows, series, path)
    if complete:
        environments.run(environments.ensure_python("plot"), "-m", "benchmarks.plot", path, options.out)
        if (options.out / "README.md").is_file():
            report.update_readme(options.out / "README.md", results)
    print(f"results written to {path} after {(time.perf_counter() - start) / 60:.1f} minutes")
    return conclude(rows, options)


def prepare_environments() -> None:
    """Create the environments of all peers and of the plot, and the bare client, unless they are up to date."""
    for peer in (*PEERS.values(), "plot"):
        environments.ensure_python(peer)
    environments.ensure_bare_client()


def conclude(rows: list[Row], options: argparse.Namespace) -> int:
    """Print missed targets and regressions; return 1 if there is a regression."""
    for row in rows:
        if row.meets_target is False:
            print(f"{row.name}: target missed: {row.describe_target()}")
    if options.accept:
        gate.save_reference(rows, options.reference)
    if options.small:
        return 0
    regressions = gate.find_regressions(rows, gate.load_reference(options.reference), options.slack)
    for line in regressions:
        print(f"regression: {line}")
    return 1 if regressions else 0


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help=f"names: {', '.join(NAMES)}")
    parser.add_argument("--small", action="store_true", help="run a few rounds on a small scale, as a test")
    parser.add_argument("--quick", action="store_true", help="at most three rounds of the same work")
    parser.add_argument("--prepare", action="store_true", help="create the environments of the peers and exit")
    parser.add_argument("--accept", action="store_true", help="write the ratios as the reference of the gate")
    parser.add_argument("--slack", type=float, default=1.0, help="factor for the tolerances of the gate (default: 1)")
    parser.add_argument("--reference", type=Path, default=gate.REFERENCE, help="file of the gate's reference ratios")
    parser.add_argument("--no-peers", action="store_true", help="omit candidates that need a separate environment")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the results (default: benchmarks/)")
    return parser


def is_selected(name: str, options: argparse.Namespace) -> bool:
    """Return True if `--only` includes the name or is absent."""
    return not options.only or name in options.only


def measure_all(options: argparse.Namespace, server: Server, folder: Path, scale: Scale) -> Iterator[Row]:
    """Yield all rows of the table."""
    for work in WORK:
        if is_selected(work.name, options):
            yield from measure(work, server, folder, scale)
    if is_selected("import", options):
        yield from commands.measure_imports(scale)
    if is_selected("first-call", options):
        yield from commands.measure_first_call(server, scale)
    if is_selected("generate", options):
        yield from commands.measure_generation(folder, scale)
    if is_selected("drift", options):
        yield from commands.measure_drift(folder, scale)


if __name__ == "__main__":
    sys.exit(main())
