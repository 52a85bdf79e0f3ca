"""Options that all commands share, and how errors become one line and an exit code."""

from __future__ import annotations

import inspect
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from dify_chatflow import AuthenticationError, Chatflow, ConfigurationError, DifyError
from dify_chatflow_cli.key import find_key, forget_hint
from dify_chatflow_cli.terminal import clean, error_line, note

P = ParamSpec("P")

FAILED, USAGE, INTERRUPTED = 1, 2, 130
PANEL = "Options of all commands"


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options that all commands share; typer reads the fields as it reads a function's parameters."""

    base_url: Annotated[
        str | None,
        typer.Option(envvar="DIFY_BASE_URL", help="URL of the API; by default Dify's cloud.", rich_help_panel=PANEL),
    ] = None
    user: Annotated[
        str, typer.Option(envvar="DIFY_USER", help="End user who owns conversations and files.", rich_help_panel=PANEL)
    ] = "cli"
    timeout: Annotated[
        float | None, typer.Option(help="Seconds for one request; by default 300.", rich_help_panel=PANEL)
    ] = None
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.", rich_help_panel=PANEL)] = (
        False
    )
    debug: Annotated[bool, typer.Option("--debug", help="Print the traceback of an error.", rich_help_panel=PANEL)] = (
        False
    )

    def connect(self) -> Chatflow:
        """Return a client; the caller closes it.

        Raises:
            ConfigurationError: No API key is known, or an option is invalid.
        """
        settings: dict[str, Any] = {"base_url": self.base_url, "user": self.user}
        if self.timeout is not None:
            settings["timeout"] = self.timeout
        return Chatflow(find_key(self.base_url), **settings)


def command(
    group: typer.Typer, name: str
) -> Callable[[Callable[Concatenate[Options, P], None]], Callable[Concatenate[Options, P], None]]:
    """Return a decorator that adds a function to a group, with the shared options and one line for each error."""
    shared = list(inspect.signature(Options, eval_str=True).parameters.values())

    def register(function: Callable[Concatenate[Options, P], None]) -> Callable[Concatenate[Options, P], None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in (*own, *shared)]

        def invoke(**values: Any) -> None:
            options = Options(**{field.name: values.pop(field.name) for field in fields(Options)})
            try:
                function(options, **values)  # type: ignore[call-arg]  # typer has checked them
            except (DifyError, OSError, ValueError, TypeError) as error:
                raise typer.Exit(report(error, options)) from None
            except KeyboardInterrupt:
                note("interrupted")
                raise typer.Exit(INTERRUPTED) from None

        signature = inspect.Signature(parameters)
        details = {
            "__doc__": function.__doc__,
            "__name__": function.__name__,
            "__signature__": signature,
            "__annotations__": {parameter.name: parameter.annotation for parameter in parameters},
        }
        for attribute, value in details.items():
            setattr(invoke, attribute, value)
        group.command(name)(invoke)
        return function

    return register


def report(error: Exception, options: Options | None = None) -> int:
    """Print one line for an error on stderr, and return the exit code."""
    if isinstance(error, BrokenPipeError):
        # The reader of a pipe has left; the interpreter would complain again when it flushes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    if options and options.debug:
        sys.stderr.write(clean("".join(traceback.format_exception(error))))
    message = describe(error)
    if isinstance(error, AuthenticationError) and options and (hint := forget_hint(options.base_url)):
        message = f"{message}; {hint}"
    if message:  # without arguments, help is the message
        error_line("error", message)
    return getattr(error, "exit_code", USAGE if isinstance(error, ConfigurationError) else FAILED)


def describe(error: Exception) -> str:
    """Return the message of an error: of a file with its name, of wrong usage with the command that has help."""
    if isinstance(error, typer.TyperException):
        path = getattr(getattr(error, "ctx", None), "command_path", "")
        message = str(error.format_message()).rstrip(".")
        return f"{message}; see: {path} --help" if message and path else message
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error) or type(error).__name__
