"""Uploads with a progress bar each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dify_chatflow import Chatflow
from dify_chatflow.models import UploadedFile
from dify_chatflow_cli.terminal import one_line, progress_bar


def upload(app: Chatflow, paths: Sequence[Path]) -> list[UploadedFile]:
    """Upload files and return the server's records of them."""
    records: list[UploadedFile] = []
    if not paths:
        return records
    with progress_bar() as progress:
        for path in paths:
            task = progress.add_task(one_line(path.name), total=path.stat().st_size)

            def advance(sent: int, size: int | None, task: object = task) -> None:
                progress.update(task, completed=sent, total=size)  # type: ignore[arg-type]

            records.append(app.files.upload(path, on_progress=advance))
    return records
