"""Forms of paused runs, asked for in the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from dify_chatflow import Chatflow, Form
from dify_chatflow.models import FormInput, UploadedFile
from dify_chatflow_cli.terminal import clean, moment, one_line, output
from dify_chatflow_cli.upload import upload

# The place of a field in the text of a form.
PLACEHOLDER = re.compile(r"\{\{#\$output\.([^#]+)#\}\}")


def ask(app: Chatflow, form: Form) -> tuple[str, dict[str, Any]]:
    """Show a form, ask for its fields and its button, and return the button and the values.

    Raises:
        KeyboardInterrupt: Ctrl-C, or the end of the input.
    """
    console = output()
    console.print(Text(one_line(form.title) or "Form", "bold"))
    console.print(Text(clean(PLACEHOLDER.sub(r"[\1]", form.content)).strip()))
    if form.expiry is not None:
        console.print(Text(f"expires {moment(form.expiry)}", "dim"))
    try:
        inputs = {field.output_variable_name: ask_field(app, field, form) for field in form.fields}
        buttons = [action.id for action in form.actions]
        titles = [f"{one_line(action.title)} ({action.id})" if action.title else action.id for action in form.actions]
        return choose("Action", buttons, titles), inputs
    except (EOFError, typer.Abort):
        raise KeyboardInterrupt from None


def ask_field(app: Chatflow, field: FormInput, form: Form) -> Any:
    """Ask for the value of one field; files are uploaded."""
    name = one_line(field.output_variable_name)
    if field.type_ in ("file", "file-list"):
        hint = "paths, separated by commas" if field.type_ == "file-list" else "path"
        uploads = ask_files(app, f"{name} ({hint})")
        return uploads if field.type_ == "file-list" else uploads[0]
    options = field.option_source.value if field.option_source else None
    if options:
        return choose(name, options, options)
    value = form.defaults.get(field.output_variable_name)
    if value is None and field.default is not None:
        value = field.default.value
    return typer.prompt(name, default=one_line(value), show_default=bool(value))


def ask_files(app: Chatflow, text: str) -> list[UploadedFile]:
    """Ask for paths until all of them can be read, and upload the files."""
    while True:
        parts = [part.strip() for part in typer.prompt(text).split(",")]
        paths = [Path(part).expanduser() for part in parts if part]
        missing = [path for path in paths if not path.is_file()]
        if paths and not missing:
            return upload(app, paths)
        typer.echo(f"no such file: {', '.join(map(str, missing))}" if missing else "enter a path")


def choose(name: str, values: Sequence[str], titles: Sequence[str]) -> str:
    """Ask for one of several values by its number or its text."""
    for number, title in enumerate(titles, 1):
        typer.echo(f"  {number}. {one_line(title)}")
    while True:
        text: str = typer.prompt(name, default="1" if len(values) == 1 else None)
        if text in values:
            return text
        if text.isdecimal() and 1 <= int(text) <= len(values):
            return values[int(text) - 1]
        typer.echo(f"choose a number from 1 to {len(values)}")
