"""Command `app`: what the app is, which settings it has, and which input variables."""

from __future__ import annotations

from typing import Annotated

import typer

from dify_chatflow.models import AppParameters
from dify_chatflow_cli.command import Options, command
from dify_chatflow_cli.terminal import is_terminal, print_fields, print_json, print_rows

TOGGLES = (
    "suggested_questions_after_answer",
    "speech_to_text",
    "text_to_speech",
    "retriever_resource",
    "annotation_reply",
    "more_like_this",
    "sensitive_word_avoidance",
    "file_upload",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "app")(show)


def show(
    options: Options,
    inputs: Annotated[bool, typer.Option("--inputs", help="Only the input variables.")] = False,
) -> None:
    """Show the app, its settings and its input variables."""
    with options.connect() as app:
        info = None if inputs else app.application.info()
        parameters = app.application.parameters()
        variables = [variable.to_dict() for variable in app.application.input_form().variables]
    if options.as_json:
        if info is None:
            for variable in variables:
                print_json(variable)
        else:
            print_json({"info": info.to_dict(), "parameters": parameters.to_dict(), "inputs": variables})
        return
    if info is not None:
        print_fields(
            {
                "name": info.name,
                "description": info.description,
                "mode": info.mode,
                "author": info.author_name,
                "tags": ", ".join(info.tags or ()),
                "opening": parameters.opening_statement,
                "suggested": " · ".join(parameters.suggested_questions or ()),
                "switched on": ", ".join(name for name in TOGGLES if is_enabled(parameters, name)),
            }
        )
        if is_terminal():
            typer.echo()
    names = ("name", "type", "required", "default", "options", "label")
    print_rows([{name: readable(row.get(name)) for name in names} for row in variables], fixed=("name", "type"))


def is_enabled(parameters: AppParameters, name: str) -> bool:
    """Return whether a feature is switched on."""
    return bool(getattr(getattr(parameters, name), "enabled", False))


def readable(value: object) -> object:
    """Return a value of a table: lists with commas, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
