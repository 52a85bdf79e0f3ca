"""dify-oapi2; it yields a stream as byte chunks, each read as one event."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from dify_oapi.api.chatflow.v1.model.send_chat_message_request import SendChatMessageRequest
from dify_oapi.api.chatflow.v1.model.send_chat_message_request_body import SendChatMessageRequestBody
from dify_oapi.api.dify.v1.model.upload_file_body import UploadFileBody
from dify_oapi.api.dify.v1.model.upload_file_request import UploadFileRequest
from dify_oapi.api.workflow.v1.model.get_workflow_run_detail_request import GetWorkflowRunDetailRequest
from dify_oapi.client import Client
from dify_oapi.core.model.request_option import RequestOption

from benchmarks import payloads


@cache
def get_client(base_url: str) -> Client:
    """Return the client of a server, created once as in a program; its paths begin with /v1."""
    return Client.builder().domain(base_url.removesuffix("/v1")).build()


def build_options() -> RequestOption:
    """Return the options of a request."""
    return RequestOption.builder().api_key("app-key").build()


def stream(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the events of a stream; `verify` also hashes their content."""
    builder = SendChatMessageRequestBody.builder().query("hi").inputs({}).user("abc-123").response_mode("streaming")
    request = SendChatMessageRequest.builder().request_body(builder.build()).build()
    chunks = get_client(base_url).chatflow.v1.chatflow.send(request, build_options(), True)
    events = (json.loads(chunk[6:]) for chunk in chunks if chunk.startswith(b"data: "))
    if verify:
        return payloads.digest((event["event"], event.get("answer")) for event in events)
    return {"events": sum(1 for _ in events)}


def detail(base_url: str, *, count: int) -> dict[str, Any]:
    """Request the detail of a run repeatedly."""
    request = GetWorkflowRunDetailRequest.builder().workflow_run_id("ddb7de1b-e104-4729-a618-b7f9be510858").build()
    for _ in range(count):
        run = get_client(base_url).workflow.v1.workflow.detail(request, build_options())
    return {"status": run.status}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Upload a file; this client accepts only content in memory."""
    builder = UploadFileRequest.builder().file(BytesIO(Path(path).read_bytes()), "file.bin")
    request = builder.request_body(UploadFileBody.builder().user("abc-123").build()).build()
    return {"id": get_client(base_url).dify.v1.file.upload(request, build_options()).id}


JOBS = {"stream": stream, "detail": detail, "upload": upload}
