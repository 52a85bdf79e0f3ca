"""Many queries to one app, with bounded concurrency and a ledger, so that no row runs twice: `run_batch`.

A batch reads its rows from a JSON Lines or CSV file or an iterable, and writes one JSON line a row. It needs only the
client and the standard library; `import dify_chatflow` does not load it.
"""

from __future__ import annotations

from dify_chatflow.batch.result import RowResult
from dify_chatflow.batch.row import Row
from dify_chatflow.batch.row_run import RowObserver, run_row
from dify_chatflow.batch.run import BatchStoppedError, run_batch
from dify_chatflow.batch.runner import BatchProgress
from dify_chatflow.batch.summary import Cost, Quantiles, Summary

__all__ = [
    "BatchProgress",
    "BatchStoppedError",
    "Cost",
    "Quantiles",
    "Row",
    "RowObserver",
    "RowResult",
    "Summary",
    "run_batch",
    "run_row",
]
