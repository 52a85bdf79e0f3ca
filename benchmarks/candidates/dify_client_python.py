"""dify-client-python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dify_client import Client, models

from benchmarks import payloads


def stream(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the typed events of a stream; `verify` also hashes their content."""
    client = Client(api_key="app-key", api_base=base_url)
    request = models.ChatRequest(query="hi", inputs={}, user="abc-123", response_mode=models.ResponseMode.STREAMING)
    events = client.chat_messages(request, timeout=300)
    if verify:
        return payloads.digest((str(event.event), getattr(event, "answer", None)) for event in events)
    return {"events": sum(1 for _ in events)}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Upload a file from disk; the response class has no field for `reference`, so only the id is returned."""
    client = Client(api_key="app-key", api_base=base_url)
    with Path(path).open("rb") as file:
        content = ("file.bin", file, "application/octet-stream")
        response = client.upload_files(content, models.UploadFileRequest(user="abc-123"), timeout=300)
    return {"id": response.id}


JOBS = {"stream": stream, "upload": upload}
