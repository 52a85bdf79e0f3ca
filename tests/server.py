"""A local Dify whose responses a test scripts, and which records the requests."""

from __future__ import annotations

import atexit
import json
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from dify_chatflow.testing import Fault, LocalDify, RecordedRequest


@dataclass
class Received:
    """Received request."""

    method: str
    target: str
    headers: dict[str, str]
    query: dict[str, str]
    body: bytes
    client_port: int

    @property
    def path(self) -> str:
        """The path without its query."""
        return urlsplit(self.target).path

    @property
    def json(self) -> Any:
        """The JSON body."""
        return json.loads(self.body)


@dataclass
class Answer:
    """Scripted response: a complete body, or chunks; `cut` breaks the connection instead of ending the body.

    `drop` closes the connection without a response, `hang` never responds, and `linger` keeps the connection open and
    silent after the chunks. `drip` sends one byte at a time, with this many seconds in between.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] | None = None
    cut: bool = False
    drop: bool = False
    hang: bool = False
    linger: bool = False
    drip: float | None = None

    def fault(self) -> Fault:
        """Return the response as a fault of the server; anything but bytes and text is sent as JSON."""
        if self.drop or self.hang:
            return Fault(cut_before_headers=self.drop, reset=self.drop, latency=3600 * self.hang)
        body = self.body if isinstance(self.body, (bytes, str)) else json.dumps(self.body)
        how: dict[str, Any] = {
            "headers": self.headers,
            "cut_at_end": self.cut,
            "linger": self.linger,
            "drip": self.drip,
        }
        return Fault(status=self.status, body=body, chunks=self.chunks, **how)


Handler = Callable[[Received], Answer]

NOTHING = Answer(404, {"code": "not_found", "message": "nothing here", "status": 404})
# An app that does not moderate its answers: without this the client does not trust the outputs of a run.
PARAMETERS = Answer(200, {"sensitive_word_avoidance": {"enabled": False}})


def nothing_here(request: Received) -> Answer:
    """Return the parameters of an app that has nothing else."""
    return PARAMETERS if request.path.endswith("/parameters") else NOTHING


class Server:
    """Scripted server: `requests` are the received ones, `answers` the responses to come."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.requests: list[Received] = []
        self.answers: list[Answer | Handler] = []
        self.default: Answer | Handler = nothing_here

    @property
    def connections(self) -> int:
        """Number of connections that carried the requests."""
        return len({request.client_port for request in self.requests})

    def reply(self, status: int = 200, body: Any = None, **details: Any) -> None:
        """Answer the next request with this."""
        self.answers.append(Answer(status, body, **details))

    def next_answer(self, request: RecordedRequest) -> Fault:
        """Return the response to a request."""
        head = (request.method, request.target, request.headers, request.query)
        received = Received(*head, request.body, request.client_port)
        self.requests.append(received)
        answer = self.answers.pop(0) if self.answers else self.default
        return (answer(received) if callable(answer) else answer).fault()


@cache
def local_dify() -> LocalDify:
    """Return the one server of the test process; each test replaces its responses and leaves no connection open."""
    server = LocalDify(show_keys=True).start()
    atexit.register(server.stop)
    return server


@contextmanager
def refusing() -> Generator[str]:
    """Yield the URL of a port that refuses connections: bound, but not listening."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@contextmanager
def running() -> Generator[Server]:
    """Yield the scripted server without any responses."""
    local = local_dify()
    server = Server(local.base_url)
    local.answer("*", server.next_answer)
    try:
        yield server
    finally:
        local.faults.clear()
        local.requests.clear()
        local.disconnect()
