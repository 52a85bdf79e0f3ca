"""One fuzz target in a separate process: guided by coverage where atheris is installed, else at random."""

from __future__ import annotations

import importlib
import sys
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any

from tests.fuzz.target import Target

LONGEST_INPUT = 4096
# Seconds after which one input counts as a finding: something grows faster than its input.
SLOW = 30


def main(name: str, module: str, seconds: float, first_seed: int, corpus: Path) -> None:
    """Check one target for some seconds; a finding ends the process with an exception."""
    atheris: Any = importlib.import_module("atheris") if find_spec("atheris") else None
    with atheris.instrument_imports(include=[module]) if atheris else nullcontext():
        catalogue = importlib.import_module("tests.fuzz.catalogue")
    target: Target = catalogue.TARGETS[name]
    target.run_briefly()
    # Random values of each kind reach further than bytes from which values are drawn, and guided ones deeper.
    if atheris is None:
        run_randomly(target, seconds, first_seed)
    elif target.takes_bytes:
        guide(atheris, target, seconds, first_seed, corpus)
    else:
        run_randomly(target, seconds / 2, first_seed)
        guide(atheris, target, seconds / 2, first_seed, corpus)


def guide(atheris: Any, target: Target, seconds: float, first_seed: int, corpus: Path) -> None:
    """Search for inputs that reach new code; those found are kept in a folder for the next run."""
    corpus.mkdir(parents=True, exist_ok=True)
    check: Any = target.apply
    if target.takes_bytes:
        for number, value in enumerate(target.seeds):
            (corpus / f"seed-{number}").write_bytes(value)
    else:
        check = target.as_one_input()
    options = {
        "max_total_time": int(seconds),
        "max_len": LONGEST_INPUT,
        "len_control": 0,
        "timeout": SLOW,
        "seed": first_seed,
        "artifact_prefix": f"{corpus}-",
        "verbosity": 0,
        "print_final_stats": 1,
    }
    atheris.Setup([sys.argv[0], *(f"-{key}={value}" for key, value in options.items()), str(corpus)], check)
    atheris.Fuzz()


def run_randomly(target: Target, seconds: float, first_seed: int) -> None:
    """Check random values until the time is over."""
    end = monotonic() + seconds
    for count in target.rounds(first_seed):
        if monotonic() > end:
            sys.stderr.write(f"stat::number_of_executed_units: {count}\n")
            return


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
