"""The exceptions of streams; `_errors.py` shows the complete tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dify_chatflow._errors import (
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    DifyError,
    InternalServerError,
    NotFoundError,
    PayloadTooLargeError,
    PermissionDeniedError,
    PreconditionFailedError,
    RateLimitError,
    UnsupportedMediaTypeError,
    status_error_class,
)
from dify_chatflow._streaming.partial import PartialReply

if TYPE_CHECKING:
    from dify_chatflow._error_codes import KnownErrorCode


class StreamError(DifyError):
    """A stream failed after it had begun.

    Attributes:
        message: The server's message, or the cause of the interruption.
        code: The server's code; None for an interruption.
        reply: The reply so far, with the ids to look up; None where nothing was received.

    """

    message: str
    code: KnownErrorCode | str | None = None
    reply: PartialReply | None = None

    @staticmethod
    def for_status(
        status: int | None, code: str | None, message: str, reply: PartialReply | None = None, **details: Any
    ) -> StreamStatusError:
        """Return the error for an `error` event; without a status it is the server's failure (500)."""
        kind = STREAM_ERRORS[status_error_class(status, code, message)]
        error = kind(status or 500, code, message, **details)
        error.reply = reply
        return error


class StreamInterruptedError(StreamError):
    """A stream ended without a closing event: the answer is not complete, and the run may still be running.

    Attributes:
        reply: The partial reply; pass its `workflow_run_id` to `runs.get` or `runs.events`.

    """

    def __init__(self, message: str, reply: PartialReply) -> None:
        super().__init__(message)
        self.message = str(self)
        self.reply = reply

    @property
    def workflow_run_id(self) -> str | None:
        """The run to look up or resume; None when it had not begun."""
        return self.reply.workflow_run_id if self.reply else None

    @property
    def task_id(self) -> str | None:
        """The task to stop; None when no event was received."""
        return self.reply.task_id if self.reply else None

    @property
    def conversation_id(self) -> str | None:
        """The conversation of the answer; None when no event was received."""
        return self.reply.conversation_id if self.reply else None

    @property
    def message_id(self) -> str | None:
        """The message under which the server keeps the answer; None when no event was received."""
        return self.reply.message_id if self.reply else None


class StreamIdleError(StreamInterruptedError):
    """A stream made no progress for `idle_timeout` seconds: nothing but pings was received."""


class StreamTimeoutError(StreamInterruptedError, APITimeoutError):
    """A stream sent nothing, not even a ping, for longer than the read timeout."""


class StreamStatusError(StreamError, APIStatusError):
    """The server reported a failure inside a stream, with the attributes of an APIStatusError.

    The error is also of the class of the status it names: an `error` event with status 429 is caught by `except
    StreamError` and by `except RateLimitError`.
    """


class StreamBadRequestError(StreamStatusError, BadRequestError):
    """400 inside a stream: the run failed, or the server refuses the request."""


class StreamAuthenticationError(StreamStatusError, AuthenticationError):
    """401 inside a stream."""


class StreamPermissionDeniedError(StreamStatusError, PermissionDeniedError):
    """403 inside a stream."""


class StreamNotFoundError(StreamStatusError, NotFoundError):
    """404 inside a stream."""


class StreamConflictError(StreamStatusError, ConflictError):
    """409 inside a stream."""


class StreamPreconditionFailedError(StreamStatusError, PreconditionFailedError):
    """412 inside a stream."""


class StreamPayloadTooLargeError(StreamStatusError, PayloadTooLargeError):
    """413 inside a stream."""


class StreamUnsupportedMediaTypeError(StreamStatusError, UnsupportedMediaTypeError):
    """415 inside a stream."""


class StreamRateLimitError(StreamStatusError, RateLimitError):
    """429 inside a stream: the model's provider, or the server, limits requests."""


class StreamInternalServerError(StreamStatusError, InternalServerError):
    """5xx inside a stream: the server, or the model's provider, failed."""


STREAM_ERRORS: Mapping[type[APIStatusError], type[StreamStatusError]] = {
    APIStatusError: StreamStatusError,
    BadRequestError: StreamBadRequestError,
    AuthenticationError: StreamAuthenticationError,
    PermissionDeniedError: StreamPermissionDeniedError,
    NotFoundError: StreamNotFoundError,
    ConflictError: StreamConflictError,
    PreconditionFailedError: StreamPreconditionFailedError,
    PayloadTooLargeError: StreamPayloadTooLargeError,
    UnsupportedMediaTypeError: StreamUnsupportedMediaTypeError,
    RateLimitError: StreamRateLimitError,
    InternalServerError: StreamInternalServerError,
}
