"""Middleware: the caller's functions around each attempt of a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeAlias, cast

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._transport import Request, Response

Send: TypeAlias = Callable[[Request], Response]
AsyncSend: TypeAlias = Callable[[Request], Awaitable[Response]]
Middleware: TypeAlias = Callable[[Request, Send], Response]
"""A function that gets the request and the next step, and returns the response of `call_next(request)`."""
AsyncMiddleware: TypeAlias = Callable[[Request, AsyncSend], Awaitable[Response]]
"""The same for an `AsyncChatflow`."""

# The key of what middleware can know of a request, in its `extensions`.
EXTENSION = "dify_chatflow"


def parse_middleware(value: object) -> tuple[Any, ...]:
    """Return the middleware, the outermost first; none for None.

    Raises:
        ConfigurationError: The value is not a list of functions.

    """
    found = tuple(cast("Iterable[object]", value or ())) if isinstance(value, Iterable) or value is None else None
    if found is None or not all(map(callable, found)):
        raise ConfigurationError(
            f"middleware must be a list of functions (request, call_next) -> response; got {value!r:.80}"
        )
    return found


def chain(middleware: Iterable[Any], send: Any) -> Any:
    """Return the function that sends a request through the middleware."""
    for layer in reversed(tuple(middleware)):
        send = bind(layer, send)
    return send


def bind(layer: Any, call_next: Any) -> Callable[[Request], Any]:
    """Return the function that sends a request through one layer."""
    return lambda request: layer(request, call_next)


def check_response(response: object, request: Request) -> Response:
    """Return the response of the middleware, with the request that it answers.

    Raises:
        TypeError: The middleware returned something else.

    """
    if not hasattr(response, "status_code"):
        kind = type(response).__name__
        raise TypeError(f"middleware must return a response, not {kind}; return that of call_next(request)")
    found = cast("Response", response)
    try:
        _ = found.request
    except RuntimeError:  # made by the middleware
        found.request = request
    return found
