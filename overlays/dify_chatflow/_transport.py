"""The HTTP library: the one module that imports it, so that changing it is a change of one file."""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType
from typing import Any, cast

import httpx

from dify_chatflow._config import CONNECT_TIMEOUT, Config, TimeoutTypes
from dify_chatflow._errors import APIConnectionError, APITimeoutError

Response = httpx.Response
SyncHTTP = httpx.Client
AsyncHTTP = httpx.AsyncClient


def new_client() -> SyncHTTP:
    """A connection pool; timeouts are set for each request."""
    return SyncHTTP(limits=LIMITS)


def new_async_client() -> AsyncHTTP:
    """A connection pool for asyncio or trio; timeouts are set for each request."""
    return AsyncHTTP(limits=LIMITS)


# Streams hold their connection for minutes, so there is no limit on how many; idle ones are kept for a while.
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=60.0)


def timeout_arguments(config: Config) -> dict[str, Any]:
    """The `timeout` argument of a request; none where the caller's own HTTP client decides."""
    return {"timeout": four_timeouts(config.timeout)} if config.has_own_timeout else {}


def four_timeouts(timeout: TimeoutTypes) -> Any:
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
    return (module.RequestError, module.StreamError)


def is_timeout(error: Exception) -> bool:
    """Whether the client waited for too long."""
    return type(error).__name__.endswith("Timeout")


def bound_reading(response: Response, seconds: float) -> None:
    """Let no wait for more of the body be longer, whatever the request's own timeout."""
    timeouts = response.request.extensions.get("timeout")
    if isinstance(timeouts, dict):
        read = cast("dict[str, float | None]", timeouts).get("read")
        timeouts["read"] = seconds if read is None else min(read, seconds)


def is_connecting(error: Exception) -> bool:
    """Whether an error proves that the request never left."""
    return type(error).__name__ in (
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
    )


def connection_error(error: Exception, place: str) -> APIConnectionError:
    """The error of this package for one of the HTTP library; its text names no header."""
    name = type(error).__name__
    if is_timeout(error):
        return APITimeoutError(f"{place}: timed out ({name}); a longer timeout is given with with_options(timeout=...)")
    return APIConnectionError(f"{place}: {name}: {error}" if str(error) else f"{place}: {name}")
