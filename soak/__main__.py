"""Run faults, load and fuzz targets: python -m soak [--minutes N] [--only NAME …] [--out FOLDER]."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from soak import load, report
from soak.cases import BOUND, Judged
from soak.census import Census
from soak.runner import run_all
from tests.fuzz import __main__ as fuzz
from tests.fuzz.catalogue import TARGETS

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("faults", "load", "fuzz")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts; return 1 if one of them finds a mistake."""
    options = build_parser().parse_args(arguments)
    parts = options.only or PARTS
    results: list[Judged] = []
    left, loads = Census(), list[load.Load]()
    is_clean = True
    if "load" in parts:
        loads = load.run()
        for row in loads:
            print(f"{row.name}: {row.right:,} right, {row.wrong:,} wrong, left {report.describe(row.left)}", flush=True)
        is_clean = all(row.is_clean for row in loads)
    if "faults" in parts:
        results, left = run_all(options.processes, BOUND)
        show(results, left)
        mistakes = [result for result in results if result.judgement.verdict.is_mistake]
        is_clean = is_clean and not mistakes and left == Census()
        report.write_json(results, loads, options.out / "faults.json")
    if "faults" in parts and "load" in parts:
        report.write_page(results, left, loads, options.out / "faults.md")
    if "fuzz" in parts:
        seconds = options.minutes * 60 / len(TARGETS)
        is_clean = fuzz.main(["--seconds", f"{seconds:.0f}"]) == 0 and is_clean
    return 0 if is_clean else 1


def show(results: Sequence[Judged], left: Census) -> None:
    """Print the mistakes and the counts."""
    for result in results:
        if result.judgement.verdict.is_mistake:
            damaged = "all responses" if result.times is None else "the first response"
            place = f"{result.fault}, {result.method}, {result.mode}, {damaged}"
            print(f"{result.judgement.verdict.value}: {place}: {result.judgement.reason[:300]}")
    counts = Counter(result.judgement.verdict.value for result in results)
    print(f"{len(results):,} cases: " + ", ".join(f"{count:,} {name}" for name, count in counts.most_common()))
    print(f"left behind: {report.describe(left)}", flush=True)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", default=[], choices=PARTS, metavar="PART", help=f"parts: {', '.join(PARTS)}"
    )
    parser.add_argument("--minutes", type=float, default=2.0, help="minutes for all fuzz targets together (default: 2)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="processes for the faults")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="folder of faults.md and faults.json (docs/)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
