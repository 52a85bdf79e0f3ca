"""A response: parsed into its model, or raw with status, headers and body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from dify_chatflow._errors import APIConnectionError, APITimeoutError, DifyError, ResponseDecodeError
from dify_chatflow._transport import Response, is_decoding_error, is_timeout
from dify_chatflow_client.types import Operation

T = TypeVar("T")


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


def connection_error(error: Exception, label: str) -> DifyError:
    """Return the package's error for one of the HTTP library; its text holds no header."""
    name = type(error).__name__
    if is_decoding_error(error):
        return ResponseDecodeError(f"{label}: the body does not match its content encoding: {error}", payload=b"")
    if is_timeout(error):
        return APITimeoutError(f"{label}: timed out ({name}); set a longer timeout with with_options(timeout=...)")
    return APIConnectionError(f"{label}: {name}: {error}" if str(error) else f"{label}: {name}")
