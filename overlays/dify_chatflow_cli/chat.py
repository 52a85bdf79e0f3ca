"""Command `chat`: one query, or an interactive session."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from dify_chatflow import Chatflow, ConfigurationError, Conversation, DifyError
from dify_chatflow.models import UploadedFile
from dify_chatflow_cli.command import INTERRUPTED, Options, command, report
from dify_chatflow_cli.follow import NO_EVENT, follow
from dify_chatflow_cli.terminal import note
from dify_chatflow_cli.upload import upload

HELP = "/new starts a new conversation, /file PATH attaches a file to the next query, /exit or Ctrl-D leaves"


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "chat")(chat)


def chat(
    options: Options,
    query: Annotated[
        str | None, typer.Argument(help="The query; without one it is read from a pipe, or a session begins.")
    ] = None,
    file: Annotated[list[str] | None, typer.Option("--file", "-f", help="Path or URL of a file; repeatable.")] = None,
    conversation: Annotated[
        str | None, typer.Option("--conversation", "-c", help="Id of the conversation to continue.")
    ] = None,
    input_: Annotated[
        list[str] | None,
        typer.Option("--input", "-i", help="Input variable: name=text, name=path of a file, or name:=JSON."),
    ] = None,
) -> None:
    """Send a query and show its nodes and its answer; without a query, chat until Ctrl-D.

    In a pipe only the complete answer is printed; --json prints each event. Ctrl-C stops the run on the server.
    """
    if query is None and not sys.stdin.isatty():
        query = sys.stdin.read().strip()
        if not query:
            raise ConfigurationError("no query: pass one, or pipe one in")
    values = [parse_input(text) for text in input_ or ()]
    with options.connect() as app:
        inputs = read_inputs(app, values)
        files = attach(app, file or ())
        talk = app.conversation(conversation)
        if query is None:
            converse(app, talk, inputs, files, options)
        else:
            send(app, talk, query, inputs, files, options)


def send(
    app: Chatflow,
    talk: Conversation,
    query: str,
    inputs: dict[str, Any],
    files: Sequence[str | UploadedFile],
    options: Options,
) -> None:
    """Send one query in a conversation and follow its run."""
    try:
        with talk.stream(query, inputs=inputs, files=files, resume=True) as stream:
            follow(app, stream, options)
    except KeyboardInterrupt:  # while the stream opens
        note(NO_EVENT)
        raise typer.Exit(INTERRUPTED) from None


def converse(
    app: Chatflow, talk: Conversation, inputs: dict[str, Any], files: list[str | UploadedFile], options: Options
) -> None:
    """Read queries until the end of the input; an error or Ctrl-C ends a run, but not the session."""
    with suppress(ImportError):  # without it there is no history
        importlib.import_module("readline")
    note(HELP)
    while True:
        try:
            query = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return
        name, _, argument = query.partition(" ")
        try:
            if name == "/exit":
                return
            if name == "/new":
                talk = app.conversation()
                note("a new conversation begins with the next query")
            elif name == "/file" and argument:
                files += attach(app, [argument.strip()])
                note(f"{len(files)} attached to the next query")
            elif name.startswith("/"):
                note(HELP)
            elif query:
                sent, files = files, []
                send(app, talk, query, inputs, sent, options)
        except typer.Exit:
            continue  # Ctrl-C has stopped the run
        except (DifyError, OSError, ValueError) as error:
            report(error, options)


def attach(app: Chatflow, files: Sequence[str]) -> list[str | UploadedFile]:
    """Return the files of a query: URLs as they are, and paths uploaded."""
    paths = [Path(file).expanduser() for file in files if not is_url(file)]
    return [*upload(app, paths), *filter(is_url, files)]


def is_url(file: str) -> bool:
    """Return whether a file is one that the server fetches."""
    return file.lower().startswith(("http://", "https://"))


def parse_input(text: str) -> tuple[str, Any]:
    """Return name and value of an input variable.

    Raises:
        ConfigurationError: The text has another form.
    """
    name, separator, value = text.partition("=")
    if not separator or not name.strip(":"):
        raise ConfigurationError(f"--input must be name=value or name:=JSON; got {text!r}")
    if name.endswith(":"):
        try:
            return name[:-1], json.loads(value)
        except ValueError:
            raise ConfigurationError(f"--input {name[:-1]} has no JSON after :=; got {value!r}") from None
    return name, value


def read_inputs(app: Chatflow, values: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return the inputs of all queries: paths of file variables are uploaded, and a repeated name makes a list.

    Raises:
        ConfigurationError: The app does not accept a value, or has no such variable.
    """
    if not values:
        return {}
    form = app.application.input_form()
    types = {variable.name: variable.type for variable in form.variables}
    inputs: dict[str, Any] = {}
    for name, value in values:
        kind = types.get(name)
        if kind in ("file", "file-list") and isinstance(value, str):
            (uploaded,) = upload(app, [Path(value).expanduser()])
            inputs[name] = [*inputs.get(name, []), uploaded] if kind == "file-list" else uploaded
        else:
            inputs[name] = value
    form.check(inputs)
    return inputs
