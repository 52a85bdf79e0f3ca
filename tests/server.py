"""A server on loopback that answers what a test tells it to, and counts what arrives."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Received:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters; the last of a name counts."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def json(self) -> Any:
        """The JSON body."""
        return json.loads(self.body)


@dataclass
class Answer:
    """What the server answers: a whole body, or chunks; `cut` breaks the connection instead of ending properly.

    `drop` closes the connection without an answer, `hang` never answers, `linger` leaves the connection open and silent
    after the chunks, and `typed` tells whether the header
    Content-Type is added where there is none.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] | None = None
    cut: bool = False
    drop: bool = False
    hang: bool = False
    linger: bool = False
    typed: bool = True

    @property
    def content(self) -> bytes:
        """The body as bytes; anything but bytes and text is JSON."""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


def wait_for_end(connection: socket.socket, released: threading.Event) -> None:
    """Say nothing until the client goes away, or the server is told to stop."""
    connection.settimeout(0.05)
    while not released.is_set():
        try:
            if not connection.recv(1024):
                return
        except TimeoutError:
            continue
        except OSError:
            return


Handler = Callable[[Received], Answer]


class Server:
    """The server: `base_url` leads to it, `requests` holds what arrived, `answers` what comes next."""

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.answers: list[Answer | Handler] = []
        self.default: Answer | Handler = Answer(404, {"code": "not_found", "message": "nothing here", "status": 404})
        self.open_connections: set[socket.socket] = set()
        self.released = threading.Event()
        self.base_url = ""
        # How many of the next connections are reset before anything is read from them.
        self.resets = 0
        self.connections = 0

    def reply(self, status: int = 200, body: Any = None, **details: Any) -> None:
        """Answer the next request with this."""
        self.answers.append(Answer(status, body, **details))

    def next_answer(self, received: Received) -> Answer:
        """The answer for a request."""
        self.requests.append(received)
        answer = self.answers.pop(0) if self.answers else self.default
        return answer(received) if callable(answer) else answer


def reset(connection: socket.socket) -> None:
    """End a connection the hard way: the peer sees a reset, not an orderly end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@contextmanager
def refusing() -> Generator[str]:
    """The address of a port that refuses connections: taken, but nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@contextmanager
def running() -> Generator[Server]:
    """The server on a free port of loopback."""
    server = Server()

    class Connection(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            server.open_connections.add(self.connection)
            server.connections += 1

        def handle(self) -> None:
            if server.resets:
                server.resets -= 1
                reset(self.connection)
                return
            super().handle()

        def finish(self) -> None:
            server.open_connections.discard(self.connection)
            with suppress(OSError):
                super().finish()

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length else self.read_chunked()
            received = Received(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            try:
                self.write(server.next_answer(received))
            except OSError:
                self.close_connection = True

        def read_chunked(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return b""
            body = b""
            while size := int(self.rfile.readline().strip() or b"0", 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def write(self, answer: Answer) -> None:
            if answer.hang:
                server.released.wait(30)
                self.close_connection = True
                return
            if answer.drop:
                self.close_connection = True
                reset(self.connection)
                return
            self.send_response(answer.status)
            headers = dict(answer.headers)
            if answer.chunks is not None:
                headers |= {"Transfer-Encoding": "chunked"}
            elif answer.status != 204:
                if answer.typed and not any(name.lower() == "content-type" for name in headers):
                    headers["Content-Type"] = "application/json"
                headers.setdefault("Content-Length", str(len(answer.content)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.chunks is None:
                if answer.status != 204:
                    self.wfile.write(answer.content)
                return
            for chunk in answer.chunks:
                self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
                self.wfile.flush()
            if answer.linger:
                self.close_connection = True
                wait_for_end(self.connection, server.released)
                return
            if answer.cut:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.wfile.write(b"0\r\n\r\n")

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that goes away is no error."""

    http = Quiet(("127.0.0.1", 0), Connection)
    server.base_url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        http.shutdown()
        http.server_close()
        for connection in list(server.open_connections):
            connection.close()
        thread.join()
