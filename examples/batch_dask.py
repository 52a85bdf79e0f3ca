"""Run a batch on a Dask cluster: `python examples/batch_dask.py IN.csv OUT.jsonl [SCHEDULER]`.

Without the address of a scheduler it starts a cluster on this machine. Workers read DIFY_API_KEY from their own
environment: no key is sent to them. Ledger and results stay with this program.
"""

from __future__ import annotations

import sys
from concurrent.futures import Future
from uuid import uuid4

from distributed import Client, Event

from dify_chatflow import Chatflow
from dify_chatflow.batch import Row, RowResult, run_batch, run_row


def ask(app: Chatflow, row: Row, attempt: str) -> RowResult:
    # Dask computes a task again when it loses a worker. The event is kept by the scheduler: the row is sent once.
    started = Event(f"batch-{attempt}")
    if started.is_set():
        raise RuntimeError("a worker was lost that had begun this row")
    started.set()
    return run_row(app, row)


def main() -> None:
    source, out, *address = sys.argv[1:]
    cluster = Client(address[0]) if address else Client(n_workers=2, dashboard_address=None)
    with cluster, Chatflow(user="demo") as app, cluster.get_executor(pure=False, retries=0) as executor:
        shared = cluster.scatter(app, broadcast=True)  # one client on each worker, with one pool of connections

        def submit(row: Row) -> Future[RowResult]:
            future: Future[RowResult] = executor.submit(ask, shared, row, uuid4().hex)
            return future

        print(run_batch(app, source, out, concurrency=8, submit=submit).statuses)


if __name__ == "__main__":
    main()
