"""Failures that a server reports inside a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dify_chatflow._streaming.coerce import integer, mapping, string
from dify_chatflow._streaming.errors import StreamError
from dify_chatflow._streaming.event import StreamEvent
from dify_chatflow._streaming.partial import PartialReply

if TYPE_CHECKING:
    from dify_chatflow._transport import Response


def failure_of(payload: dict[str, Any]) -> tuple[str | None, str | None, int | None]:
    """Return message, code and HTTP status of a failure, in any of the shapes in use."""
    fields = mapping(payload.get("error")) or payload
    code, status = fields.get("code"), fields.get("status")
    if isinstance(status, str) and status.isdecimal() and len(status) == 3:  # noqa: PLR2004
        status = int(status)
    if status is None and integer(code) is not None:
        code, status = None, code
    return string(fields.get("message")) or string(fields.get("error")), string(code), integer(status)


def is_failure(payload: dict[str, Any]) -> bool:
    """Return whether an object without the name of an event reports a failure."""
    if isinstance(payload.get("error"), (dict, str)):
        return True
    return "message" in payload and ("code" in payload or "status" in payload)


def reported_failure(event: StreamEvent, reply: PartialReply, response: Response | None) -> StreamError:
    """Return the error for an `error` event in a response."""
    payload = mapping(event.to_dict())
    message, code, status = failure_of(payload)
    request = response.request if response is not None else None
    details: dict[str, Any] = {"body": payload, "endpoint": "in the stream", "response": response, "request": request}
    return StreamError.for_status(status, code, message or "", reply, **details)
