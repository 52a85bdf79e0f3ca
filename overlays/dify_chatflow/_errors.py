"""The exceptions of the package.

    DifyError
    ├── ConfigurationError              a setting or argument is missing or invalid (also a ValueError)
    ├── StreamStateError                a stream or conversation was called at the wrong time (also a RuntimeError)
    ├── APIConnectionError              the server was not reached, or the connection failed
    │   └── APITimeoutError             the server took longer than the timeout
    │       └── RunTimeoutError         a run has not ended in the time of `runs.wait` or of a verified stop
    ├── APIStatusError                  the server answered with an error status
    │   ├── BadRequestError             400
    │   ├── AuthenticationError         401
    │   ├── PermissionDeniedError       403
    │   ├── NotFoundError               404
    │   ├── ConflictError               409
    │   ├── PreconditionFailedError     412
    │   ├── PayloadTooLargeError        413
    │   ├── UnsupportedMediaTypeError   415
    │   ├── RateLimitError              429, and the 400 with which servers report their concurrency limit
    │   └── InternalServerError         5xx
    ├── ResponseDecodeError             the server answered with a body that cannot be read
    ├── IncompleteListError             the server cannot page through the rest of a list
    └── StreamError                     a stream failed after it had begun
        ├── StreamInterruptedError      it ended without a closing event
        │   ├── StreamIdleError         it made no progress for `idle_timeout` seconds
        │   └── StreamTimeoutError      it sent nothing for the read timeout (also an APITimeoutError)
        └── StreamStatusError           the server reported a failure; also the class of its status:
            ├── StreamBadRequestError
            ├── StreamAuthenticationError
            ├── StreamPermissionDeniedError
            ├── StreamNotFoundError
            ├── StreamConflictError
            ├── StreamPreconditionFailedError
            ├── StreamPayloadTooLargeError
            ├── StreamUnsupportedMediaTypeError
            ├── StreamRateLimitError
            └── StreamInternalServerError

The stream errors are defined in `_streaming/errors.py`.
No message, repr or pickle of an error holds a header or the API key.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from dify_chatflow._error_text import fault_text, plain_text, read_body, shorten
from dify_chatflow._hints import HINTS, status_hint
from dify_chatflow._retry import parse_retry_after
from dify_chatflow._secrets import clean_message, hide_headers, redact

if TYPE_CHECKING:
    from dify_chatflow._error_codes import KnownErrorCode
    from dify_chatflow._transport import Request, Response


# Real servers answer with status 400 and code invalid_param (recording 457_limited_429_stream).
CONCURRENCY_LIMIT = re.compile(r"too many requests", re.IGNORECASE)


class DifyError(Exception):
    """Base class of the package's exceptions; their messages hold no key and no terminal codes."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(clean_message(part) if isinstance(part, str) else part for part in args))

    def __reduce__(self) -> tuple[Any, ...]:
        # Request and response hold the key.
        removed = dict.fromkeys(vars(self).keys() & {"request", "response"})
        return rebuild, (type(self), self.args, vars(self) | removed)

    def __copy__(self) -> Self:
        return rebuild(type(self), self.args, vars(self))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy.copy(self)


Error = TypeVar("Error", bound=DifyError)


def rebuild(kind: type[Error], args: tuple[Any, ...], attributes: Mapping[str, Any]) -> Error:
    """Return an error from its pickle."""
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(attributes)
    return error


class ConfigurationError(DifyError, ValueError):
    """A setting or argument is missing or invalid; raised before any request, with a message that names the fix."""


class IncompleteListError(DifyError):
    """The server cannot page through the rest of a list: too many rows share a second."""


class StreamStateError(DifyError, RuntimeError):
    """A stream or a conversation was called at the wrong time, for example `stop()` before the first event."""


class APIConnectionError(DifyError):
    """The server could not be reached, or the connection failed; `__cause__` is the HTTP library's own error.

    Attributes:
        hint: The likely remedy, which the message holds, too; None where it is unknown.

    """

    def __init__(self, *args: object, hint: str | None = None) -> None:
        super().__init__(*([with_hint(str(args[0]), hint), *args[1:]] if hint else args))
        self.hint = hint


class APITimeoutError(APIConnectionError):
    """The server took longer than the client's timeout allows."""


class RunTimeoutError(APITimeoutError):
    """A run has not ended in the time of `runs.wait` or of a verified stop; it continues.

    Attributes:
        workflow_run_id: The run.
        status: Its last known status; None where no request has found it.

    """

    def __init__(self, message: str, workflow_run_id: str, status: str | None) -> None:
        super().__init__(message)
        self.workflow_run_id = workflow_run_id
        self.status = status


class ResponseDecodeError(DifyError):
    """The server answered with success, but its body cannot be read.

    Attributes:
        payload: The body.
        server_version: The version in the response's header `X-Version`; None without it.
        response: The HTTP response; None after unpickling.

    """

    def __init__(self, message: str, *, payload: bytes, response: Response | None = None) -> None:
        super().__init__(message)
        self.payload: bytes = redact(payload)
        self.response: Response | None = response
        hide_headers(None, response)
        self.server_version = server_version(response)


class APIStatusError(DifyError):
    """The server answered with an error status.

    Attributes:
        status_code: The HTTP status; in a stream, the one the error event names.
        code: The server's code, usually a `KnownErrorCode`; None where the body has none (HTML of a proxy).
        message: The server's message, or the text of an HTML page.
        params: The parameter the server refused, where it names one.
        hint: The likely remedy, which the message holds, too; None where the server's message is enough.
        server_version: The version in the response's header `X-Version`; None without it.
        workflow_run_id: The run in the response's header `X-Workflow-Run-ID`; None without it.
        body: The parsed JSON body, or the text.
        endpoint: Method and path of the request.
        response: The HTTP response; None after unpickling.
        request: The HTTP request; None after unpickling.

    """

    def __init__(self, status_code: int, code: str | None, message: str, **details: Any) -> None:
        self.status_code = status_code
        self.code: KnownErrorCode | str | None = code
        self.message = clean_message(message)
        self.body: Any = redact(details.get("body"))
        self.params: str | None = details.get("params")
        self.request: Request | None = details.get("request")
        self.response: Response | None = details.get("response")
        hide_headers(self.request, self.response)
        self.server_version = server_version(self.response)
        self.workflow_run_id = run_id_of(self.response)
        self.endpoint: str = details.get("endpoint", "")
        self.hint: str | None = details.get("hint") or HINTS.get(code or "")
        super().__init__(with_hint(describe(status_code, code, self.message, self.endpoint), self.hint))

    @classmethod
    def from_response(
        cls, response: Response, endpoint: str, base_url: str, run_hint: str | None = None
    ) -> APIStatusError:
        """Return the error for a response to a request of the given method and path below the base URL.

        Args:
            response: The response.
            endpoint: Method and path of its request.
            base_url: The URL of the API.
            run_hint: The hint for a request that may have started a run; None for another.
        """
        body = read_body(response, response.content)
        fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
        code = fields.get("code") if isinstance(fields.get("code"), str) else None
        message = fields.get("message") if isinstance(fields.get("message"), str) else None
        text = message if message is not None else plain_text(response, body)
        params = fields.get("params")
        faults: Any = fields.get("errors")
        if message is not None and isinstance(faults, (dict, list)) and faults:  # Dify 1.8.0 to 1.10.1, without a code
            text = f"{text}: {fault_text(faults)}"
            params = params or (", ".join(cast("dict[str, Any]", faults)) if isinstance(faults, dict) else None)
        details: dict[str, Any] = {"body": body, "params": params, "response": response, "endpoint": endpoint}
        kind = status_error_class(response.status_code, code, text)
        hint = status_hint(response.status_code, code, text, base_url, run_hint)
        return kind(response.status_code, code, text, request=response.request, hint=hint, **details)


class BadRequestError(APIStatusError):
    """400: the server refuses a parameter or the body; the usual code is `invalid_param`."""


class AuthenticationError(APIStatusError):
    """401: the API key is missing or wrong."""


class PermissionDeniedError(APIStatusError):
    """403: the key is valid, but access is refused, for example because the app's API is switched off."""


class NotFoundError(APIStatusError):
    """404: the resource does not exist, or belongs to another app or user."""


class ConflictError(APIStatusError):
    """409: the request does not fit the present state."""


class PreconditionFailedError(APIStatusError):
    """412: a human-input form was submitted before or has expired."""


class PayloadTooLargeError(APIStatusError):
    """413: the file is larger than the server accepts."""


class UnsupportedMediaTypeError(APIStatusError):
    """415: the server does not accept this kind of file or body."""


class RateLimitError(APIStatusError):
    """429, or the 400 with which servers report that too many runs are under way.

    Attributes:
        retry_after: The server's advice in seconds, counted from when the error was raised; None without any.

    """

    def __init__(self, status_code: int, code: str | None, message: str, **details: Any) -> None:
        super().__init__(status_code, code, message, **details)
        self.retry_after = parse_retry_after(self.response.headers) if self.response is not None else None


class InternalServerError(APIStatusError):
    """5xx: the server, or a proxy in front of it, failed; statuses 520 to 530 are Cloudflare's."""


STATUS_ERRORS: Mapping[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    413: PayloadTooLargeError,
    415: UnsupportedMediaTypeError,
    429: RateLimitError,
}


def status_error_class(status: int | None, code: str | None, message: str) -> type[APIStatusError]:
    """Return the class for a status; the concurrency limit counts as 429 whatever its status."""
    if status == 400 and code == "invalid_param" and CONCURRENCY_LIMIT.search(message):  # noqa: PLR2004
        return RateLimitError
    if status is not None and status >= 500:  # noqa: PLR2004
        return InternalServerError
    return STATUS_ERRORS.get(status or 0, APIStatusError)


def server_version(response: Response | None) -> str | None:
    """Return the version of Dify in a response's header."""
    return response.headers.get("x-version") if response is not None else None


def run_id_of(response: Response | None) -> str | None:
    """Return the run in a response's header, which unreleased servers send."""
    return response.headers.get("x-workflow-run-id") if response is not None else None


def with_hint(message: str, hint: str | None) -> str:
    """Return a message with its hint."""
    return f"{message}; {hint}" if hint else message


def describe(status: int, code: str | None, message: str, endpoint: str) -> str:
    """Return status, code, message and endpoint on one line."""
    head = f"{status} {shorten(code or '')}".rstrip()
    text = f": {shorten(message)}" if message else ""
    return f"{head}{text}{f' ({endpoint})' if endpoint else ''}"
