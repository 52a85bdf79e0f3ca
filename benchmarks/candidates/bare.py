"""Client that openapi-python-client generates from the document without corrections, with httpx-sse for streams."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import httpx_sse
from dify_chatflow_bare import AuthenticatedClient, models
from dify_chatflow_bare.api.chatflows import get_chatflow_workflow_run_detail as run_detail
from dify_chatflow_bare.api.files import preview_chat_flow_file as preview
from dify_chatflow_bare.api.files import upload_advanced_chat_file as upload_file
from dify_chatflow_bare.types import File

from benchmarks import payloads

BODY = {"query": "hi", "inputs": {}, "response_mode": "streaming", "user": "abc-123"}
ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "openapi_chatflow.json"


@cache
def get_client(base_url: str) -> AuthenticatedClient:
    """Return the client of a server, created once as in a program."""
    return AuthenticatedClient(base_url=base_url, token="app-key", timeout=httpx.Timeout(300))  # noqa: S106


@cache
def event_classes() -> dict[str, Any]:
    """Return the generated class of each event type."""
    mapping = json.loads(DOCUMENT.read_bytes())["components"]["schemas"]["ChunkChatEvent"]["discriminator"]["mapping"]
    return {name: getattr(models, reference.rpartition("/")[2]) for name, reference in mapping.items()}


def stream(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the typed events of a stream; `verify` also hashes their content."""
    seen, count, classes = [], 0, event_classes()
    http = get_client(base_url).get_httpx_client()
    with httpx_sse.connect_sse(http, "POST", "/chat-messages", json=BODY) as source:
        for message in source.iter_sse():
            if not message.data:
                continue
            payload = message.json()
            event = classes[payload["event"]].from_dict(payload)
            count += 1
            if verify:
                seen.append((event.event, getattr(event, "answer", None)))
    return payloads.digest(seen) if verify else {"events": count}


def detail(base_url: str, *, count: int) -> dict[str, Any]:
    """Request the detail of a run repeatedly."""
    app, run_id = get_client(base_url), UUID("ddb7de1b-e104-4729-a618-b7f9be510858")
    for _ in range(count):
        run = run_detail.sync(run_id, client=app)
    return {"status": run.status}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Upload a file from disk."""
    with Path(path).open("rb") as file:
        body = models.UploadAdvancedChatFileBody(
            user="abc-123", file=File(file, "file.bin", "application/octet-stream")
        )
        response = upload_file.sync(client=get_client(base_url), body=body)
    return {"digest": response.to_dict()["reference"]}


def download(base_url: str, *, path: str) -> dict[str, Any]:
    """Download a file to disk; this client can only do so through memory."""
    file = preview.sync(UUID(int=1), client=get_client(base_url))
    Path(path).write_bytes(file.payload.getvalue())
    return {"path": path}


JOBS = {"stream": stream, "detail": detail, "upload": upload, "download": download}
