"""A batch from its input to its results."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from inspect import iscoroutinefunction
from pathlib import Path
from typing import TYPE_CHECKING

from dify_chatflow._errors import ConfigurationError, DifyError
from dify_chatflow.batch.ledger import Ledger
from dify_chatflow.batch.result import RowResult
from dify_chatflow.batch.row import Row
from dify_chatflow.batch.runner import BatchProgress, Limits, Runner
from dify_chatflow.batch.source import RowSource, read_rows
from dify_chatflow.batch.summary import Summary

if TYPE_CHECKING:
    from dify_chatflow import Chatflow


class BatchStoppedError(DifyError):
    """A batch has stopped before its last row, because no row can succeed at present; run it again to continue.

    Attributes:
        summary: The summary of the rows so far.
    """

    summary: Summary


def run_batch(
    app: Chatflow,
    rows: RowSource,
    out: str | os.PathLike[str],
    *,
    concurrency: int = 8,
    retry_failed: bool = False,
    retry_unknown: bool = False,
    patience: float = 600.0,
    stop_after: int | None = 20,
    submit: Callable[[Row], Future[RowResult]] | None = None,
    on_progress: Callable[[BatchProgress], None] | None = None,
) -> Summary:
    """Send the rows of an input and write one line of JSON a row; an interrupted batch continues where it stopped.

    Rows and results are kept in a ledger, the SQLite file with the name of the results and `.ledger`. A row that may
    have started a run is never sent again: after a crash, its run is looked up, and where that is not possible the row
    is `unknown`. Where the server has too many runs, fewer rows are sent at a time, and the refused ones later.

    Args:
        app: The client, a `Chatflow`. Its end user is that of rows without one. Async code calls this function in
            `asyncio.to_thread`.
        rows: A JSON Lines (`.jsonl`) or CSV (`.csv`) file, or an iterable of mappings or queries. The fields are
            `query`, `id`, `inputs`, `user`, `conversation_id` and `files`; in CSV, other columns are inputs.
        out: The results in JSON Lines: in the order of their ends at first, of the rows in the end. See `RowResult`.
        concurrency: The largest number of rows at a time. Rows of one conversation are sent one after another.
        retry_failed: True sends rows again that failed in an earlier call.
        retry_unknown: True sends rows again that may have started a run whose end is unknown.
        patience: Seconds without any progress, because the server cannot be reached or refuses all rows, after which
            the batch stops.
        stop_after: Rows that fail one after another, after which the batch stops; None never stops.
        submit: A function that runs `run_row` elsewhere and returns a future; None uses threads of this process.
        on_progress: A function that is called when a row begins or ends, by one thread at a time.

    Returns:
        The summary of all rows, those of earlier calls included.

    Raises:
        ConfigurationError: A row cannot be sent, and its message names file and line; or the input has changed since
            the batch was begun, another process runs it, or the results are of something else. Nothing was sent.
        BatchStoppedError: The key is refused, or the server cannot be reached, or too many rows fail.
        KeyboardInterrupt: Ctrl-C was pressed. The rows under way were awaited; those of a second Ctrl-C are looked up
            by the next call.

    Example:
        summary = run_batch(app, ["What do you repair?", "What does it cost?"], "answers.jsonl", concurrency=4)
        print(summary.statuses, summary.latency.p90)
    """
    if iscoroutinefunction(app.chat.send):
        raise ConfigurationError(
            f"run_batch needs a Chatflow; got {type(app).__name__}; in async code, call it with a Chatflow in "
            "asyncio.to_thread"
        )
    limits = Limits(
        concurrency=concurrency,
        retry_unknown=retry_unknown,
        patience=patience,
        stop_after=stop_after,
        submit=submit,
        on_progress=on_progress,
    )
    path = Path(out)
    ledger_path = path.with_name(f"{path.name}.ledger")
    if path.exists() and path.stat().st_size and not ledger_path.exists():
        raise ConfigurationError(f"{path} exists, but is not of a batch: its ledger {ledger_path} is missing; move it")
    with ExitStack() as stack:
        ledger = open_ledger(stack, ledger_path)
        found = read_rows(rows, app.user, app.application.input_form())
        if ledger.is_new:
            ledger.fill(found, app.base_url)
        else:
            ledger.compare(found, app.base_url)
        ledger.recover(retry_failed=retry_failed, retry_unknown=retry_unknown)
        ledger.export(path)
        total = sum(ledger.counts().values())
        runner = Runner(app, ledger, limits, total)
        try:
            with path.open("a", encoding="utf-8", newline="\n") as results:
                runner.run(results)
        finally:
            ledger.export(path)
        summary = Summary.of((RowResult.from_dict(json.loads(text)) for text in ledger.results()), total)
        if runner.obstacle:
            error = BatchStoppedError(f"{runner.obstacle}; run the batch again to continue")
            error.summary = summary
            raise error
        return summary


def open_ledger(stack: ExitStack, path: Path) -> Ledger:
    """Return the ledger, which is deleted at the end where it has taken in no rows."""
    ledger = Ledger(path)

    def discard() -> None:
        if ledger.is_new:
            path.unlink(missing_ok=True)

    stack.callback(discard)
    return stack.enter_context(ledger)
