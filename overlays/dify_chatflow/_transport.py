"""The HTTP library: the only module that imports it."""

from __future__ import annotations

import socket
import ssl
import sys
from contextlib import suppress
from functools import cache
from inspect import iscoroutinefunction
from types import ModuleType
from typing import Any, Protocol, cast

import httpx

Request = httpx.Request
Response = httpx.Response
Timeout = httpx.Timeout
SyncHTTP = httpx.Client
AsyncHTTP = httpx.AsyncClient
HTTPTransport = httpx.HTTPTransport
AsyncHTTPTransport = httpx.AsyncHTTPTransport
AsyncByteStream = httpx.AsyncByteStream
InvalidURL = httpx.InvalidURL
create_ssl_context = httpx.create_ssl_context

# Streams hold their connection for minutes, so there is no limit on how many. Idle ones are dropped before common
# servers close them (gunicorn after 2 s, uvicorn after 5 s): a query sent at that moment is lost and is never retried.
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=1.5)
# The timeout in seconds of an HTTP client whose creator did not choose one.
LIBRARY_TIMEOUT = 5.0
# Errors that are raised before a request is sent.
UNSENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"})


class BodyError(Exception):
    """A body cannot be decoded, is not complete, or is too large.

    Attributes:
        is_final: True where a retry would fail, too.

    """

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


class HTTPClient(Protocol):
    """The interface required of a caller's own HTTP client: that of `httpx.Client`."""

    def build_request(self, *args: Any, **kwargs: Any) -> Any:
        """Return a request of a method, a URL, headers and a body."""

    def send(self, *args: Any, **kwargs: Any) -> Any:
        """Send the request and return the response."""

    def close(self) -> None:
        """Close the connections."""


class AsyncHTTPClient(Protocol):
    """The interface required of a caller's own HTTP client: that of `httpx.AsyncClient`."""

    def build_request(self, *args: Any, **kwargs: Any) -> Any:
        """Return a request of a method, a URL, headers and a body."""

    async def send(self, *args: Any, **kwargs: Any) -> Any:
        """Send the request and return the response."""

    async def aclose(self) -> None:
        """Close the connections."""


def parse_host(url: str) -> str:
    """Return the host of a URL as it is looked up: the ASCII form of an international name.

    Raises:
        ValueError: The name has no such form.

    """
    try:
        parsed = httpx.URL(url)
        return parsed.raw_host.decode("ascii") if parsed.host else ""
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ValueError(str(error)) from error


def is_client(value: object) -> bool:
    """Return whether a value is a sync HTTP client."""
    return has_send(value) and not iscoroutinefunction(cast("Any", value).send)


def is_async_client(value: object) -> bool:
    """Return whether a value is an async HTTP client."""
    return has_send(value) and iscoroutinefunction(cast("Any", value).send)


def has_send(value: object) -> bool:
    """Return whether a value is an object, not a class, with a method `send`."""
    return not isinstance(value, type) and callable(getattr(value, "send", None))


@cache
def library(client: type) -> ModuleType:
    """Return the library of an HTTP client: httpx, or one with its interface and its own errors."""
    for base in client.__mro__:
        module = sys.modules.get(base.__module__.partition(".")[0])
        if module is not None and hasattr(module, "TransportError"):
            return module
    return httpx


def transport_errors(client: object) -> tuple[type[Exception], ...]:
    """Return the errors the client's library raises when a request or a response fails on the way."""
    module = library(cast("Any", type(client)))
    return (module.RequestError, module.StreamError, module.InvalidURL, BodyError)


def has_default_timeout(client: object) -> bool:
    """Return whether an HTTP client has the timeout of its library, because its creator did not choose one."""
    default = library(cast("Any", type(client))).Timeout(LIBRARY_TIMEOUT)
    return bool(getattr(client, "timeout", None) == default)


def is_certificate_error(error: BaseException | None) -> bool:
    """Return whether a failure to connect was caused by the server's certificate, so that a retry fails, too."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def is_timeout(error: Exception) -> bool:
    """Return whether an error of the library is a timeout."""
    return type(error).__name__.endswith("Timeout")


def is_decoding_error(error: Exception) -> bool:
    """Return whether an error of the library is a body that does not match its content encoding."""
    return type(error).__name__ == "DecodingError"


def never_sent(error: Exception) -> bool:
    """Return whether an error proves that the request never left."""
    return type(error).__name__ in UNSENT


def read_content(response: Response) -> bytes:
    """Return the body of a response; empty where the caller read it in chunks."""
    try:
        return response.content
    except RuntimeError:  # ResponseNotRead, of httpx or of a library with its interface
        return b""


def without_key(request: Request) -> Request:
    """Return a copy of a request without the API key; its body is empty where it was streamed."""
    headers = [(name, value) for name, value in request.headers.multi_items() if name != "authorization"]
    try:
        content = request.content
    except RuntimeError:  # RequestNotRead, of httpx or of a library with its interface
        content = b""
    return Request(request.method, str(request.url), headers=headers, content=content)


def cap_read_timeout(response: Response, seconds: float) -> bool:
    """Limit each wait for more of the body to `seconds`, and return whether the request's own timeout is longer."""
    timeouts, read = response.request.extensions.get("timeout"), read_timeout(response)
    if not isinstance(timeouts, dict) or (read is not None and read <= seconds):
        return False
    timeouts["read"] = seconds
    return True


def read_timeout(response: Response) -> float | None:
    """Return the seconds that each wait for more of the body may take; None for no limit."""
    timeouts = response.request.extensions.get("timeout")
    return cast("dict[str, float | None]", timeouts).get("read") if isinstance(timeouts, dict) else None


# The attributes that lead from the body of a response to the state of its HTTP/1.1 connection.
INNER = ("_stream", "_httpcore_stream", "_connection", "_h11_state")


def read_excess(response: Response) -> bytes:
    """Return the bytes that a connection has received after the end of its response."""
    found: Any = response.stream
    while (inner := next(filter(None, (getattr(found, name, None) for name in INNER)), None)) is not None:
        found = inner
    excess: bytes = getattr(found, "trailing_data", (b"", False))[0]
    return excess


def drop_excess(response: Response) -> None:
    """Shut down a connection that has sent more than its response: a later request would take that for its own."""
    connection = response.extensions.get("network_stream")
    if connection is not None and read_excess(response):
        with suppress(OSError):
            connection.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def interrupt_read(response: Response) -> None:
    """End a wait for more of the body in another thread: it would outlast the closing of the connection."""
    if response.is_closed or response.http_version == "HTTP/2":  # of HTTP/2, other responses share the connection
        return
    connection = response.extensions.get("network_stream")
    found = connection.get_extra_info("socket") if connection is not None else None
    if isinstance(found, socket.socket):
        with suppress(OSError):
            found.shutdown(socket.SHUT_RDWR)


def async_interrupt_read(_: Response) -> None:
    """Do nothing: closing the connection ends the wait of a task."""
