"""Following a run until its end: live view or JSON lines, forms of paused runs, and Ctrl-C, which stops the run."""

from __future__ import annotations

import sys
from contextlib import ExitStack, nullcontext

import typer
from rich.live import Live
from rich.text import Text

from dify_chatflow import Chatflow, ChatStream, DifyError, Reply, RunTimeoutError
from dify_chatflow_cli.command import INTERRUPTED, Options
from dify_chatflow_cli.form import ask
from dify_chatflow_cli.terminal import clean, duration, is_terminal, note, one_line, output, print_json
from dify_chatflow_cli.view import RunView

NO_EVENT = "interrupted before the first event: a run that has started continues on the server"


class PausedError(DifyError):
    """A run waits for a form, and nobody can be asked."""


def follow(app: Chatflow, stream: ChatStream, options: Options) -> Reply:
    """Show the run of an open stream until its end, and return its reply.

    A pipe gets the complete answer at the end, or nothing: moderation may replace a text that was streamed, and a run
    may fail.

    Raises:
        StreamError: The run failed or was stopped, or its end was not received.
        PausedError: The run waits for a form, and stdin is no terminal.
        typer.Exit: Ctrl-C was pressed; the run is stopped.
    """
    view = RunView(stream.reply)
    try:
        with ExitStack() as streams:
            show(stream, view, options)
            while stream.reply.paused:
                stream = streams.enter_context(answer_form(app, stream, options))
                show(stream, view, options)
    except KeyboardInterrupt:
        print_reply(stream.reply, view, options)
        note(stop(stream))
        raise typer.Exit(INTERRUPTED) from None
    except DifyError:
        print_reply(stream.reply, view, options)
        raise
    if is_terminal():
        print_reply(stream.reply, view, options)
    stream.reply.raise_for_status()
    if not (options.as_json or is_terminal()):
        sys.stdout.write(clean(stream.reply.answer) + "\n")
    return stream.reply


def show(stream: ChatStream, view: RunView, options: Options) -> None:
    """Read the events up to the end or a pause."""
    is_live = is_terminal() and not options.as_json
    with Live(view, console=output(), transient=True, refresh_per_second=8) if is_live else nullcontext():
        for event in stream:
            view.observe(event)
            if options.as_json:
                print_json(event.to_dict())


def answer_form(app: Chatflow, stream: ChatStream, options: Options) -> ChatStream:
    """Ask for the form that a paused run waits for, submit it, and return the stream of the resumed run."""
    run_id = one_line(stream.workflow_run_id)
    run, remedy = f"run {run_id} waits for a form", f"dify-chatflow runs watch {run_id}"
    form = next((form for form in stream.reply.forms if form.token), None)
    if form is None:
        raise PausedError(f"{run}, which the API cannot submit; answer it in Dify")
    if options.as_json or not (sys.stdin.isatty() and is_terminal()):
        raise PausedError(f"{run}; answer it in a terminal: {remedy}")
    try:
        action, inputs = ask(app, form)
    except KeyboardInterrupt:
        note(f"{run}; answer it later: {remedy}")
        raise typer.Exit(INTERRUPTED) from None
    return stream.submit(form, action, inputs)


def stop(stream: ChatStream) -> str:
    """Stop the run after Ctrl-C, and return a sentence about it."""
    run = f"run {one_line(stream.workflow_run_id)}"
    if stream.reply.finished:
        return f"the {run} was over already: {one_line(stream.reply.status)}"
    if stream.task_id is None:
        return NO_EVENT
    try:
        stream.stop(verify=stream.workflow_run_id is not None)
    except RunTimeoutError:
        return f"the server was asked to stop the {run}, but did not confirm its end"
    except (DifyError, KeyboardInterrupt) as error:
        return f"the {run} could not be stopped and may continue: {one_line(str(error) or 'interrupted')}"
    return f"stopped the {run} on the server"


def print_reply(reply: Reply, view: RunView, options: Options) -> None:
    """Print nodes, answer, files and ids in a terminal, also of a run that failed."""
    if options.as_json or not is_terminal():
        return
    console = output()
    if reply.nodes:
        console.print(view.tree(ascii_only=console.options.ascii_only))
        console.print()
    if reply.answer:
        console.print(Text(clean(reply.answer)))
        console.print()
    for file in reply.files:
        url = file.get("url") or file.get("remote_url")
        console.print(Text.assemble("file  ", one_line(file.get("filename")), "  ", one_line(url)), soft_wrap=True)
    tokens = reply.total_tokens or (reply.usage.total_tokens if reply.usage else None)
    facts = {
        "conversation": one_line(reply.conversation_id),
        "run": one_line(reply.workflow_run_id),
        "status": "" if reply.status in ("succeeded", "running") else one_line(reply.status),
        "tokens": one_line(tokens or None),
        "time": duration(reply.elapsed_time),
        "moderated": "the answer was replaced" if reply.moderated else "",
    }
    for name, value in facts.items():
        if value:
            console.print(Text(f"{name:<13}{value}", "dim"), soft_wrap=True)
