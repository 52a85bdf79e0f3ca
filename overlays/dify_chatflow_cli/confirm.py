"""Confirmation before something is deleted."""

from __future__ import annotations

import sys

import typer

from dify_chatflow import ConfigurationError
from dify_chatflow_cli.terminal import note


def confirm(question: str, *, yes: bool) -> None:
    """Ask before a deletion; `yes` is the answer.

    Raises:
        ConfigurationError: Nobody can be asked.
        typer.Exit: The answer is no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise ConfigurationError("nobody can be asked whether to delete: pass --yes")
    if not typer.confirm(question, err=True):
        note("nothing was deleted")
        raise typer.Exit(1)
