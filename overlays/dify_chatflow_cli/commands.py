"""Tree of all commands, and the exit code of a call."""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Sequence
from typing import Annotated

import typer

import dify_chatflow
from dify_chatflow_cli import application, batch, chat, conversations, files, runs, serve
from dify_chatflow_cli.annotations import group as annotations_group
from dify_chatflow_cli.command import INTERRUPTED, report
from dify_chatflow_cli.doctor import command as doctor
from dify_chatflow_cli.terminal import error_line

app = typer.Typer(
    name="dify-chatflow",
    help="Chat with a Dify chatflow app and manage its conversations, runs and files.",
    epilog="The API key is read from DIFY_API_KEY, the keyring, or a prompt. "
    "Exit codes: 1 error, 2 usage, 3 a server differs, 130 Ctrl-C.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (annotations_group, conversations.group, files.group, runs.group):
    app.add_typer(group)
chat.register(app)
batch.register(app)
application.register(app)
doctor.register(app)
serve.register(app)


def print_version(value: bool) -> None:
    """Print the version of the package and leave."""
    if value:
        typer.echo(f"dify-chatflow {dify_chatflow.__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Chat with a Dify chatflow app and manage its conversations, runs and files."""


def show_warning(message: Warning | str, *_args: object, **_options: object) -> None:
    """Print a warning of the client as one line."""
    error_line("warning", str(message))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0, 1 for errors, 2 for wrong usage, 130 after Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    warnings.showwarning = show_warning
    try:
        return app(arguments, prog_name="dify-chatflow", standalone_mode=False) or 0
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        return report(error)
