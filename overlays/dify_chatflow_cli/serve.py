"""Command `serve`: the local Dify server."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated, Any

import typer

from dify_chatflow import ConfigurationError
from dify_chatflow_cli.command import Options, command
from dify_chatflow_cli.terminal import note, print_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "serve")(serve)


def serve(
    options: Options,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 5001,
    script: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="App as a YAML file; by default an echo.")
    ] = None,
    version: Annotated[str | None, typer.Option(help="Version of Dify to play, such as 1.9.2.")] = None,
    db: Annotated[str, typer.Option(help="File that keeps the state; by default memory.")] = ":memory:",
) -> None:
    """Run a local Dify until Ctrl-C, with a new API key at each start. It needs the extra `testing`."""
    try:
        from dify_chatflow.testing import LocalDify
    except ImportError as error:
        raise ConfigurationError(str(error)) from None
    settings: dict[str, Any] = {} if version is None else {"version": version}
    # A container is stopped by SIGTERM, which ends as cleanly as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with LocalDify(script, port=port, db=db, **settings) as server:
            if options.as_json:
                print_json({"base_url": server.base_url, "api_key": server.api_key})
            else:
                typer.echo(f"DIFY_BASE_URL={server.base_url}\nDIFY_API_KEY={server.api_key}")
            server.wait()
    except KeyboardInterrupt:
        note("stopped")
