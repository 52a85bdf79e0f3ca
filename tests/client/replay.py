"""A server that answers every request with the same bytes in exact chunks, and sends nothing after them.

The local server cannot replace it here: it writes lines to its HTTP library, which decides on the chunks, and it
serves connections concurrently. This one controls each HTTP chunk, sends up to 5,000 of them per response, and serves
one connection at a time, so that a connection that a client leaves open blocks the next request.
"""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress

# The connection is closed, so that no lookup waits for it.
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"
    b"Connection: close\r\n\r\n"
)
END = b"0\r\n\r\n"
# History and parameters are looked up where a stream joins a finished run.
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
# The app moderates nothing, so that the outputs of a run are its answer.
SETTINGS = b'{"sensitive_word_avoidance": {"enabled": false}}'
UNMODERATED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(SETTINGS), SETTINGS)
)


class Replay:
    """The bytes that are sent, and the address; `requests` counts the requests."""

    def __init__(self, listener: socket.socket) -> None:
        self.port: int = listener.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self.port}/v1"
        self.response = b""
        self.requests = 0
        self._listener = listener

    def send(self, data: bytes, size: int | None = None, *, end: bool = True) -> None:
        """Respond with these bytes, in HTTP chunks of this size, each read by the client on its own."""
        size = size or len(data)
        pieces = [data[start : start + size] for start in range(0, len(data), size)]
        self.response = HEAD + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + END * end

    def serve(self) -> None:
        """Answer until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with connection, suppress(OSError):
                    self.answer(connection)

    def answer(self, connection: socket.socket) -> None:
        """Read a request, send the bytes, and wait until the client disconnects."""
        head, _, body = connection.recv(65_536).partition(b"\r\n\r\n")
        name, _, length = head.lower().partition(b"content-length: ")
        missing = int(length.split(b"\r\n")[0]) - len(body) if length else 0
        while name and missing > 0 and (received := connection.recv(65_536)):
            missing -= len(received)
        target = head.partition(b"?")[0].split(b" HTTP/")[0]
        if not target.endswith((b"/chat-messages", b"/events")):
            connection.sendall(UNMODERATED if target.endswith(b"/parameters") else MISSING)
            return
        self.requests += 1
        connection.sendall(self.response)
        while connection.recv(65_536):
            pass


@contextmanager
def replaying() -> Generator[Replay]:
    """Run the server on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Replay(listener)
        thread = threading.Thread(target=server.serve, daemon=True)
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def connections_to(port: int) -> int:
    """Return how many sockets of this process are connected to a port, by its file descriptors."""
    return sum(peer_port(int(name)) == port for name in os.listdir("/dev/fd"))  # noqa: PTH208 - names are numbers


def peer_port(descriptor: int) -> int | None:
    """Return the port that a socket is connected to; None for anything else."""
    try:
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return None
        with socket.socket(fileno=os.dup(descriptor)) as found:
            return int(found.getpeername()[1])
    except (OSError, IndexError):
        return None
