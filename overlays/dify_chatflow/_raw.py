"""Raw responses: a value with the status, headers and body from which it was read."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any, Generic, TypeVar, cast

from dify_chatflow._transport import Request

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])
# The annotation of a pager, whose first argument is the class of its pages.
PAGER = re.compile(r"(?:Async)?Pager\[(\w+),")


@dataclass(frozen=True)
class RawResponse(Generic[T]):
    """A response with its parsed value.

    Attributes:
        status_code: The HTTP status.
        headers: The response's headers.
        content: The body as bytes; empty where it was written to a file.
        parsed: The value that the method without `raw` returns.
        elapsed: Seconds from sending the last attempt to reading its body.
        attempts: The number of attempts, 1 without a retry.
        request: The HTTP library's request, without the API key.

    """

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    parsed: T
    elapsed: float
    attempts: int
    request: Request = field(repr=False)

    @property
    def url(self) -> str:
        """The URL of the request."""
        return str(self.request.url)

    @property
    def server_version(self) -> str | None:
        """The version of Dify in the header `X-Version`; None without it."""
        return self.headers.get("x-version")


@dataclass(frozen=True)
class RawPage(RawResponse[T]):
    """The first page of a list.

    Attributes:
        next_cursor: The `page`, `last_id` or `first_id` that requests the next page; None at the end of the list.

    """

    next_cursor: int | str | None


def document(raw: F, method: Callable[..., object], returns: str) -> F:
    """Give a raw method the documentation and the signature of its method, and its own return annotation."""
    signature = inspect.signature(method)
    value = str(signature.return_annotation)
    page = PAGER.match(value)
    annotation = returns.format(page[1] if page else value)
    update_wrapper(raw, method)
    cast("Any", raw).__signature__ = signature.replace(return_annotation=annotation)
    return raw
