"""Ask the questions of a file, and continue after an interruption: `python examples/batch.py IN.csv OUT.jsonl`.

It reads DIFY_API_KEY. The CSV file has a column `query`; other columns are input variables of the app.
"""

from __future__ import annotations

import sys

from dify_chatflow import Chatflow
from dify_chatflow.batch import BatchProgress, run_batch


def show(progress: BatchProgress) -> None:
    print(f"{progress.done} of {progress.total}, {progress.active} under way", file=sys.stderr)


def main() -> None:
    with Chatflow(user="demo") as app:
        summary = run_batch(app, sys.argv[1], sys.argv[2], concurrency=4, on_progress=show)
    print(summary.statuses, "p90:", summary.latency.p90, "costs:", summary.costs)
    for error, rows in summary.failures.items():
        print(f"{rows} rows: {error}")


if __name__ == "__main__":
    main()
