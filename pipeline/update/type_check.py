"""The type check of an update: what the new package breaks in the client, the tests and the examples."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipeline.sources import cache_folder

SECONDS = 300
SHOWN_LINES = 20
CHECKED = (
    *("overlays/dify_chatflow", "overlays/dify_chatflow_cli", "dify_conformance", "local_dify", "pipeline"),
    *("tests", "soak", "benchmarks", "examples"),
)
# Written from `_async/`, whose errors are reported.
DERIVED = "overlays/dify_chatflow/_sync/"


def type_errors(tree: Path) -> list[str]:
    """Return what the type checker reports about the client, the tests and the examples with the new package."""
    # Only what depends on a change is checked again, also in another folder: 4 s instead of 15 s of CPU time.
    cache = cache_folder() / "mypy"
    checked = [name for name in CHECKED if (tree / name).exists()]
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--no-pretty", "--cache-dir", str(cache), *checked]
    environment = {key: value for key, value in os.environ.items() if key not in ("MYPYPATH", "PYTHONPATH")}
    try:
        result = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return [f"mypy takes longer than {SECONDS} s; run make types"]
    if result.returncode == 0:
        return []
    lines = [line for line in result.stdout.splitlines() if ": error: " in line]
    lines = [line for line in lines if not line.startswith(DERIVED)] or lines
    lines = lines or [*result.stdout.splitlines(), *result.stderr.splitlines()]
    rest = [f"… and {len(lines) - SHOWN_LINES} more; run make types"] if lines[SHOWN_LINES:] else []
    return [*lines[:SHOWN_LINES], *rest]
