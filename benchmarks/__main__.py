"""Measure everything side by side: python -m benchmarks [--only NAME …] [--small] [--no-peers] [--out FOLDER]."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from benchmarks import commands, environments, growth, report
from benchmarks.figures import Line
from benchmarks.process import Server
from benchmarks.work import WORK, measure

HERE = Path(__file__).resolve().parent
COMMANDS = ("import", "generate", "drift")
NAMES = (*(work.name for work in WORK), *COMMANDS, "growth")


def main(arguments: list[str] | None = None) -> int:
    """Measure; 1 when something misses its target."""
    options = parser().parse_args(arguments)
    unknown = [name for name in options.only if name not in NAMES]
    if unknown:
        print(f"nothing is called {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    progress = Console(stderr=True)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        for line in measured(options, server, Path(folder)):
            lines.append(line)
            mine = line.figures.get("dify-chatflow")
            progress.print(f"{line.name}: {mine.text(line.unit) if mine else ''}")
        curves = growth.measure(server, small=options.small) if wanted("growth", options) else []
    options.out.mkdir(parents=True, exist_ok=True)
    report.show(lines, curves, Console(width=None if sys.stdout.isatty() else 220))
    results = options.out / "results.json"
    report.save(lines, curves, results)
    if curves and not options.small:
        environments.run(environments.python("plot"), "-m", "benchmarks.plot", results, options.out)
    if not (options.only or options.small or options.no_peers) and (options.out / "README.md").is_file():
        report.refresh(options.out / "README.md", lines)
    print(f"written to {options.out}")
    return 1 if any(line.holds is False for line in lines) else 0


def parser() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help=f"some of {', '.join(NAMES)}")
    parser.add_argument("--small", action="store_true", help="a few rounds of little work, to see that all runs")
    parser.add_argument("--no-peers", action="store_true", help="set up no environments")
    parser.add_argument("--out", type=Path, default=HERE, help="where the results go (default: benchmarks/)")
    return parser


def wanted(name: str, options: argparse.Namespace) -> bool:
    """Whether that is to be measured."""
    return not options.only or name in options.only


def measured(options: argparse.Namespace, server: Server, folder: Path) -> Iterator[Line]:
    """All lines of the table, one after the other."""
    small, peers = options.small, not options.no_peers
    for work in WORK:
        if wanted(work.name, options):
            yield from measure(work, server, folder, small=small, peers=peers)
    if wanted("import", options):
        yield from commands.imports(small=small, peers=peers)
    if wanted("generate", options):
        yield from commands.generation(folder, small=small)
    if wanted("drift", options):
        yield from commands.drift(folder, small=small)


if __name__ == "__main__":
    sys.exit(main())
