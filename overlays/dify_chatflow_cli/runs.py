"""Commands `runs get`, `list`, `watch` and `stop`."""

from __future__ import annotations

from typing import Annotated

import typer

from dify_chatflow.models import WorkflowLogStatus
from dify_chatflow_cli.command import Options, command
from dify_chatflow_cli.follow import follow
from dify_chatflow_cli.terminal import (
    duration,
    moment,
    note,
    one_line,
    page_size,
    print_fields,
    print_json,
    print_list,
    print_rows,
)

group = typer.Typer(name="runs", help="Show, follow and stop runs.", no_args_is_help=True)

RunId = Annotated[str, typer.Argument(help="Id of the run.")]


@command(group, "get")
def get(options: Options, run_id: RunId) -> None:
    """Show status, inputs and outputs of a run."""
    with options.connect() as app:
        run = app.runs.get(run_id)
    if options.as_json:
        print_json(run.to_dict())
        return
    print_fields(
        {
            "id": run.id,
            "status": run.status,
            "error": run.error,
            "started": moment(run.created_at),
            "time": duration(run.elapsed_time),
            "steps": run.total_steps,
            "tokens": run.total_tokens,
            "inputs": run.inputs.to_dict(),
            "outputs": run.outputs.to_dict(),
        }
    )


@command(group, "list")
def list_runs(
    options: Options,
    keyword: Annotated[str | None, typer.Option(help="Text in inputs or outputs.")] = None,
    status: Annotated[WorkflowLogStatus | None, typer.Option(help="Status of the runs.")] = None,
    after: Annotated[str | None, typer.Option(help="Only from this date or time on (ISO 8601).")] = None,
    before: Annotated[str | None, typer.Option(help="Only until this date or time (ISO 8601).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The number of runs.")] = 20,
) -> None:
    """List the runs of the app, the newest first."""
    with options.connect() as app:
        pager = app.runs.list(
            keyword=keyword, status=status, created_after=after, created_before=before, limit=page_size(limit)
        )
        entries = list(print_list(pager, limit))
    if options.as_json:
        for entry in entries:
            print_json(entry.to_dict())
        return
    runs = [entry.workflow_run for entry in entries]
    print_rows(
        [
            {
                "id": run.id,
                "status": run.status,
                "started": moment(run.created_at),
                "time": duration(run.elapsed_time),
                "tokens": run.total_tokens,
                "error": run.error,
            }
            for run in runs
        ],
        fixed=("id", "status", "started", "time", "tokens"),
    )


@command(group, "watch")
def watch(options: Options, run_id: RunId) -> None:
    """Follow a run until its end; forms are asked for, and Ctrl-C stops the run."""
    with options.connect() as app, app.runs.events(run_id, resume=True) as stream:
        follow(app, stream, options)


@command(group, "stop")
def stop(
    options: Options,
    run_id: Annotated[str, typer.Argument(help="Id of the run, or of its task with --task.")],
    task: Annotated[bool, typer.Option("--task", help="The id is that of a task.")] = False,
) -> None:
    """Stop a run."""
    with options.connect() as app:
        if task:
            app.chat.stop(run_id)
            state = "stopping"
        else:
            with app.runs.events(run_id) as stream:
                next(iter(stream), None)
                state = stream.reply.status if stream.reply.finished else "stopping"
                if state == "stopping":
                    stream.stop()
    if options.as_json:
        print_json({"id": run_id, "status": state})
    else:
        note("the server was asked to stop it" if state == "stopping" else f"it was over already: {one_line(state)}")
