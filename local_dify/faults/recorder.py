"""Recorded requests, for tests to inspect."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

RECORDED = "dify.recorded"
KEPT = 1024 * 1024
SECRET = ("authorization", "proxy-authorization", "cookie")


@dataclass
class RecordedRequest:
    """Received request; keys are hidden.

    `target` is path and query as they were written, `client_port` the same for all requests on one connection. `status`
    is None until an answer begins, and stays None if the connection is cut before. `body` holds at most the first
    megabyte.
    """

    method: str
    path: str
    query: dict[str, str] = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    target: str = field(default="", repr=False)
    client_port: int = field(default=0, repr=False)
    body: bytes = field(default=b"", repr=False)
    status: int | None = None

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


class Recorder:
    """ASGI middleware that records every request."""

    def __init__(self, app: ASGIApp, requests: list[RecordedRequest], *, show_keys: bool) -> None:
        self._app, self._requests = app, requests
        self._hidden = () if show_keys else SECRET

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record a request and pass it on."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        headers |= {name: "[hidden]" for name in self._hidden if name in headers}
        query_string = scope["query_string"].decode("latin-1")
        target = scope["raw_path"].decode("latin-1") + (f"?{query_string}" if query_string else "")
        query = dict(parse_qsl(query_string, keep_blank_values=True))
        recorded = RecordedRequest(scope["method"], scope["path"], query, headers, target, scope["client"][1])
        self._requests.append(recorded)
        scope[RECORDED] = recorded

        async def receive_and_record() -> Message:
            message = await receive()
            if message["type"] == "http.request" and len(recorded.body) < KEPT:
                recorded.body += message.get("body", b"")[: KEPT - len(recorded.body)]
            return message

        async def send_and_record(message: Message) -> None:
            if message["type"] == "http.response.start":
                recorded.status = message["status"]
            await send(message)

        await self._app(scope, receive_and_record, send_and_record)
