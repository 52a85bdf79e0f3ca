"""A response: parsed into its model, or raw with status, headers and body."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dify_chatflow._errors import ResponseDecodeError

if TYPE_CHECKING:
    from httpx import Response

    from dify_chatflow_client.types import Operation

T = TypeVar("T")


def read_response(operation: Operation[..., T], response: Response, label: str) -> T:
    """Parse the body of a successful response.

    Raises:
        ResponseDecodeError: The body is not the documented one; the error holds it as `payload`.

    """
    try:
        return operation.read(response)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        content_type = response.headers.get("content-type", "no content type")
        raise ResponseDecodeError(
            f"{label}: the body ({content_type}, {len(response.content)} bytes) cannot be read: {error!r}",
            payload=response.content,
            response=response,
        ) from error


@dataclass(frozen=True)
class RawResponse(Generic[T]):
    """A response with its parsed value.

    Attributes:
        status_code: The HTTP status.
        headers: The response's headers.
        content: The body as bytes; empty where it was written to a file.
        parsed: The value that the method without `raw` returns.

    """

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    parsed: T


_WATCHED: ContextVar[list[Any] | None] = ContextVar("dify_chatflow_watched", default=None)


@contextmanager
def watched() -> Generator[list[Any]]:
    """Collect the responses of the calls made within."""
    responses: list[Any] = []
    token = _WATCHED.set(responses)
    try:
        yield responses
    finally:
        _WATCHED.reset(token)


def show(response: Any) -> None:
    """Add a response to the list of `watched`, if one is open."""
    responses = _WATCHED.get()
    if responses is not None:
        responses.append(response)


def raw_response(response: Any, parsed: T) -> RawResponse[T]:
    """Return the response with its parsed value, without a body that was streamed to a file."""
    held = getattr(response, "_content", b"")
    return RawResponse(response.status_code, response.headers, held, parsed)
