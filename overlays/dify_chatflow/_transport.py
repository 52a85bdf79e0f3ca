"""The HTTP library: the one module that imports it, so that changing it is a change of one file."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from functools import cache
from inspect import iscoroutinefunction
from types import ModuleType
from typing import Any, Protocol, cast

import httpx

from dify_chatflow._config import CONNECT_TIMEOUT, Config, FourTimeouts
from dify_chatflow._errors import (
    APIConnectionError,
    APITimeoutError,
    ConfigurationError,
    DifyError,
    ResponseDecodeError,
)

Response = httpx.Response
SyncHTTP = httpx.Client
AsyncHTTP = httpx.AsyncClient


class HTTPClient(Protocol):
    """What an HTTP client of the caller's own has to offer, as `httpx.Client` does."""

    def build_request(self, *args: Any, **kwargs: Any) -> Any:
        """Make a request of a method, an address, headers and a body."""

    def send(self, *args: Any, **kwargs: Any) -> Any:
        """Send it and give the response."""

    def close(self) -> None:
        """Close the connections."""


class AsyncHTTPClient(Protocol):
    """What an HTTP client of the caller's own has to offer, as `httpx.AsyncClient` does."""

    def build_request(self, *args: Any, **kwargs: Any) -> Any:
        """Make a request of a method, an address, headers and a body."""

    async def send(self, *args: Any, **kwargs: Any) -> Any:
        """Send it and give the response."""

    async def aclose(self) -> None:
        """Close the connections."""


def new_client() -> SyncHTTP:
    """A connection pool; timeouts are set for each request."""
    return SyncHTTP(limits=LIMITS)


def new_async_client() -> AsyncHTTP:
    """A connection pool for asyncio or trio; timeouts are set for each request."""
    return AsyncHTTP(limits=LIMITS)


# Streams hold their connection for minutes, so there is no limit on how many; idle ones are kept for a while.
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=60.0)


def check_client(http_client: HTTPClient) -> None:
    """ConfigurationError where the caller's own HTTP client is none, or has to be awaited."""
    check_client_kind(http_client, "httpx.Client", waits=False)


def check_async_client(http_client: AsyncHTTPClient) -> None:
    """ConfigurationError where the caller's own HTTP client is none, or cannot be awaited."""
    check_client_kind(http_client, "httpx.AsyncClient", waits=True)


def check_client_kind(http_client: object, kind: str, *, waits: bool) -> None:
    """ConfigurationError where an object cannot send, or is of the other colour."""
    send = getattr(http_client, "send", None)
    if isinstance(http_client, type) or not callable(send) or iscoroutinefunction(send) is not waits:
        raise ConfigurationError(f"http_client must be an {kind}, or a client with its interface, not {http_client!r}")


def timeout_arguments(config: Config, *, is_own: bool) -> dict[str, Any]:
    """The `timeout` argument of a request; none where the caller's own HTTP client decides."""
    return {"timeout": four_timeouts(config.timeout)} if is_own or config.has_own_timeout else {}


def four_timeouts(timeout: float | FourTimeouts | None) -> FourTimeouts | None:
    """A timeout as (connect, read, write, pool); one number is the limit of each, and connecting stays quick."""
    if isinstance(timeout, (int, float)):
        return (min(CONNECT_TIMEOUT, timeout), timeout, timeout, timeout)
    return timeout


@cache
def library(client: type) -> ModuleType:
    """The library an HTTP client comes from: httpx, or one with its interface, whose errors are its own."""
    for base in client.__mro__:
        module = sys.modules.get(base.__module__.partition(".")[0])
        if module is not None and hasattr(module, "TransportError"):
            return module
    return httpx


def transport_errors(client: object) -> tuple[type[Exception], ...]:
    """What the client's library raises when a request or a response breaks on the way."""
    module = library(cast("Any", type(client)))
    return (module.RequestError, module.StreamError, module.InvalidURL)


def is_timeout(error: Exception) -> bool:
    """Whether the client waited for too long."""
    return type(error).__name__.endswith("Timeout")


def cap_read_timeout(response: Response, seconds: float) -> None:
    """Let no wait for more of the body be longer, whatever the request's own timeout."""
    timeouts = response.request.extensions.get("timeout")
    if isinstance(timeouts, dict):
        read = cast("dict[str, float | None]", timeouts).get("read")
        timeouts["read"] = seconds if read is None else min(read, seconds)


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
    """Tasks are woken by the closing itself."""


def never_sent(error: Exception) -> bool:
    """Whether an error proves that the request never left."""
    return type(error).__name__ in (
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
    )


def connection_error(error: Exception, place: str) -> DifyError:
    """The error of this package for one of the HTTP library; its text names no header."""
    name = type(error).__name__
    if name == "DecodingError":
        return ResponseDecodeError(f"{place}: the body is not encoded as the server says: {error}", payload=b"")
    if is_timeout(error):
        return APITimeoutError(f"{place}: timed out ({name}); a longer timeout is given with with_options(timeout=...)")
    return APIConnectionError(f"{place}: {name}: {error}" if str(error) else f"{place}: {name}")
