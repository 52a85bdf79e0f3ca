"""The fuzz runner: python -m tests.fuzz [TARGET ...] --seconds N."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.exchanges import ROOT
from tests.fuzz.catalogue import TARGETS

CORPORA = ROOT / ".fuzz"
RUNS = re.compile(r"number_of_executed_units:\s*(\d+)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the targets one after the other and return 1 if one of them has a finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"{', '.join(TARGETS)} (default: all)")
    parser.add_argument("--seconds", type=float, default=60.0, help="seconds for each target (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="the start of the random numbers (default: 1)")
    parser.add_argument(
        "--corpora", type=Path, default=CORPORA, help="folder for inputs of later runs (default: .fuzz)"
    )
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"unknown target: {', '.join(sorted(unknown))}; choose from {', '.join(TARGETS)}")
    outcomes = [run(name, options) for name in options.targets or TARGETS]
    return 0 if all(outcomes) else 1


def run(name: str, options: argparse.Namespace) -> bool:
    """Check one target in a separate process, print a line, and return whether there is no finding."""
    corpus = options.corpora / name
    command = [sys.executable, "-m", "tests.fuzz.worker", name, TARGETS[name].module]
    command += [str(options.seconds), str(options.seed), str(corpus)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    output = done.stdout + done.stderr
    inputs = sum(map(int, RUNS.findall(output)))
    print(f"{name:12} {inputs:9} inputs in {options.seconds:.0f} s: ", end="")
    print("finding" if done.returncode else "no finding", flush=True)
    if done.returncode:
        lines = [line for line in output.splitlines() if not line.startswith(("INFO:", "WARNING:"))]
        print("\n".join(lines)[-8000:], flush=True)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
