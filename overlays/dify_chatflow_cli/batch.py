"""Command `batch`: many queries from a file, with a progress bar and a summary."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dify_chatflow import ConfigurationError, DifyError
from dify_chatflow.batch import BatchProgress, BatchStoppedError, Quantiles, Summary, run_batch
from dify_chatflow_cli.command import INTERRUPTED, Options, command
from dify_chatflow_cli.terminal import (
    duration,
    is_terminal,
    messages,
    note,
    print_fields,
    print_json,
    print_rows,
)

SUCCESS = ("succeeded", "partial-succeeded")
HIDDEN = (*SUCCESS, "pending")


class IncompleteBatchError(DifyError):
    """Not every row of a batch has an answer."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "batch")(batch)


def batch(
    options: Options,
    rows: Annotated[
        Path, typer.Argument(metavar="INPUT", exists=True, dir_okay=False, help="The rows: a .jsonl or .csv file.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", dir_okay=False, help="The results, in JSON Lines.")
    ],
    concurrency: Annotated[int, typer.Option("--concurrency", "-n", metavar="N", help="The most rows at a time.")] = 8,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Send rows again that have failed.")] = False,
    retry_unknown: Annotated[
        bool, typer.Option("--retry-unknown", help="Send rows again whose run may have started.")
    ] = False,
    patience: Annotated[
        float,
        typer.Option(metavar="SECONDS", help="Seconds to wait for a server that takes no rows, before giving up."),
    ] = 600.0,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="An HTML report with plots; it needs the extra `report`."),
    ] = None,
    stop_after: Annotated[
        int, typer.Option(metavar="N", help="Stop after this many failures in a row; 0 never stops.")
    ] = 20,
) -> None:
    """Send the queries of a file and write their answers; the same command continues an interrupted batch.

    No row is sent twice, even after a crash. Ctrl-C sends no further rows and waits for those under way.
    """
    if report is not None and find_spec("matplotlib") is None:
        raise ConfigurationError('matplotlib is missing for --report: pip install "dify-chatflow[report]"')
    with options.connect() as app, progress_bar() as (show, last):
        try:
            summary = run_batch(
                app,
                rows,
                out,
                concurrency=concurrency,
                retry_failed=retry_failed,
                retry_unknown=retry_unknown,
                patience=patience,
                stop_after=stop_after or None,
                on_progress=show,
            )
            obstacle = None
        except BatchStoppedError as error:
            summary, obstacle = error.summary, error
        except KeyboardInterrupt:
            done = f"{last[0].done} of {last[0].total} rows have a result" if last else "nothing was sent"
            note(f"interrupted: {done}; the same command continues")
            raise typer.Exit(INTERRUPTED) from None
    print_summary(summary, options)
    if report is not None:
        from dify_chatflow_cli.report import write_report

        write_report(report, summary, f"Batch {rows.name}")
        note(f"report: {report}")
    if obstacle is not None:
        raise obstacle
    if not summary.is_success:
        raise IncompleteBatchError(remedy(summary))


@contextmanager
def progress_bar() -> Generator[tuple[Callable[[BatchProgress], None], list[BatchProgress]]]:
    """Yield a function that shows the progress on stderr, and a list that holds the last one."""
    console, last = messages(), list[BatchProgress]()
    columns = (
        BarColumn(None),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal, expand=True) as bar:
        task = bar.add_task("checking the rows", total=None)

        def show(progress: BatchProgress) -> None:
            if progress.is_stopping and not (last and last[0].is_stopping) and progress.active:
                note(f"sending no further rows; {progress.active} under way (Ctrl-C leaves their runs to the server)")
            last[:] = [BatchProgress(progress.total, dict(progress.counts), is_stopping=progress.is_stopping)]
            counts = {name: count for name, count in progress.counts.items() if count and name not in HIDDEN}
            text = ", ".join([*(f"{count} {name}" for name, count in counts.items()), f"{progress.active} running"])
            bar.update(task, completed=progress.done, total=progress.total, description=text)

        yield show, last


def print_summary(summary: Summary, options: Options) -> None:
    """Print a summary."""
    if options.as_json:
        print_json(summary.to_dict())
        return
    statuses = ", ".join(f"{count} {name}" for name, count in summary.statuses.items())
    print_fields(
        {
            "rows": f"{summary.total}: {statuses}",
            "latency": times(summary.latency),
            "first text": times(summary.first_token),
            "tokens": summary.tokens or None,
            "cost": ", ".join(f"{cost.price} {cost.currency}" for cost in summary.costs) or None,
        }
    )
    if summary.failures:
        if is_terminal():
            typer.echo()
        print_rows([{"rows": count, "error": error} for error, count in summary.failures.items()], fixed=("rows",))


def times(found: Quantiles) -> str | None:
    """Return quantiles on one line; None without any."""
    if not found.count:
        return None
    values = {"p50": found.p50, "p90": found.p90, "p99": found.p99, "max": found.max}
    return ", ".join(f"{name} {duration(value)}" for name, value in values.items())


def remedy(summary: Summary) -> str:
    """Return how many rows have no answer, and what to do about them."""
    counts = summary.statuses
    missing = summary.total - sum(counts.get(name, 0) for name in SUCCESS)
    advice = [
        *(["--retry-failed sends failed rows again"] if counts.get("failed") or counts.get("stopped") else []),
        *(["--retry-unknown those that may have started a run"] if counts.get("unknown") else []),
    ]
    return "; ".join([f"{missing} of {summary.total} rows have no answer", *advice])
