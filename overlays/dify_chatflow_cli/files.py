"""Commands `files upload` and `files download`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dify_chatflow_cli.command import Options, command
from dify_chatflow_cli.terminal import note, one_line, print_json, print_rows, progress_bar
from dify_chatflow_cli.upload import upload

group = typer.Typer(name="files", help="Upload and download files.", no_args_is_help=True)


@command(group, "upload")
def upload_files(
    options: Options,
    paths: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="The files.")],
) -> None:
    """Upload files and print their ids."""
    with options.connect() as app:
        records = upload(app, paths)
    if options.as_json:
        for record in records:
            print_json(record.to_dict())
    else:
        print_rows([{"id": record.id, "name": record.name, "bytes": record.size} for record in records])


@command(group, "download")
def download(
    options: Options,
    file_id: Annotated[str, typer.Argument(help="Id of the file; servers only give files that a message uses.")],
    to: Annotated[Path, typer.Option("--to", "-o", dir_okay=False, help="The file to write.")],
) -> None:
    """Download a file; the target is complete or unchanged."""
    with options.connect() as app, progress_bar() as progress:
        task = progress.add_task(one_line(to.name), total=None)
        path = app.files.download(
            file_id, to=to, on_progress=lambda got, size: progress.update(task, completed=got, total=size)
        )
    size = path.stat().st_size
    if options.as_json:
        print_json({"id": file_id, "path": str(path), "size": size})
    else:
        note(f"{path}: {size} bytes")
