"""The network of the default sync client: each wait for a response has a limit in all, not for each of its bytes."""

from __future__ import annotations

from time import monotonic
from typing import Any

from httpcore import NetworkBackend, NetworkStream, ReadTimeout

from dify_chatflow._transport import HTTPTransport, Request, Response


class WaitLimit:
    """The limit of a wait for a response's head or the next part of its body: the read timeout.

    The HTTP library applies it to each read. A server that sends header lines, informational responses or extensions
    of chunks without end would hold a caller forever.
    """

    _deadline: float | None = None
    _is_lifted = False

    def restart(self) -> None:
        """Begin another wait with the next read."""
        self._deadline, self._is_lifted = None, False

    def lift(self) -> None:
        """Leave the limit to each read, until the next wait begins."""
        self._is_lifted = True

    def remaining(self, timeout: float | None) -> float | None:
        """Return the seconds that are left for a read.

        Raises:
            ReadTimeout: None are left.

        """
        if timeout is None or self._is_lifted:
            return timeout
        now = monotonic()
        if self._deadline is None:
            self._deadline = now + timeout
        seconds = self._deadline - now
        if seconds <= 0:
            raise ReadTimeout(f"the response has not gone on within {timeout:g} s")
        return min(seconds, timeout)


def lift_limit(response: Response) -> None:
    """Leave the limit of a response's body to its reader: its head is complete."""
    stream = response.extensions.get("network_stream")
    if isinstance(stream, WaitLimit):
        stream.lift()


class Stream(WaitLimit, NetworkStream):
    """A connection whose waits are limited."""

    def __init__(self, stream: NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes."""
        return self._stream.read(max_bytes, self.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes; the wait for the response begins after them."""
        self.restart()
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(self, *args: Any, **options: Any) -> NetworkStream:
        """Return the connection with TLS."""
        return Stream(self._stream.start_tls(*args, **options))

    def get_extra_info(self, info: str) -> Any:
        """Return a detail of the connection, such as its socket."""
        return self._stream.get_extra_info(info)


class Backend(NetworkBackend):
    """Opens connections whose waits are limited."""

    def __init__(self, backend: NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(self, *args: Any, **options: Any) -> NetworkStream:
        """Return a connection to a host."""
        return Stream(self._backend.connect_tcp(*args, **options))

    def connect_unix_socket(self, *args: Any, **options: Any) -> NetworkStream:
        """Return a connection to a socket of this machine."""
        return Stream(self._backend.connect_unix_socket(*args, **options))

    def sleep(self, seconds: float) -> None:
        """Wait before another attempt to connect."""
        self._backend.sleep(seconds)


class Transport(HTTPTransport):
    """The HTTP library's transport with such connections."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        pool: Any = self._pool  # it has no option for the backend
        pool._network_backend = Backend(pool._network_backend)  # noqa: SLF001

    def handle_request(self, request: Request) -> Response:
        """Send a request and return the response."""
        response = super().handle_request(request)
        lift_limit(response)
        return response
