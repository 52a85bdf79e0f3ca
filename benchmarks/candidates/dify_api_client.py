"""dify-api-client."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from dify_client import DifyClient, models

from benchmarks import payloads


@cache
def get_client(base_url: str) -> Any:
    """Return the client of a server, created once as in a program."""
    return DifyClient(api_key="app-key", api_base=base_url)


def stream(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the typed events of a stream; `verify` also hashes their content."""
    request = models.ChatRequest(query="hi", inputs={}, user="abc-123", response_mode=models.ResponseMode.STREAMING)
    events = get_client(base_url).chat_messages(request, timeout=300)
    if verify:
        return payloads.digest((event.event.value, getattr(event, "answer", None)) for event in events)
    return {"events": sum(1 for _ in events)}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Upload a file from disk; the response class has no field for `reference`, so only the id is returned."""
    with Path(path).open("rb") as file:
        content = ("file.bin", file, "application/octet-stream")
        response = get_client(base_url).upload_files(content, models.UploadFileRequest(user="abc-123"), timeout=300)
    return {"id": response.id}


JOBS = {"stream": stream, "upload": upload}
