"""What can go wrong, as one tree of exceptions.

    DifyError
    ├── ConfigurationError              something is missing or malformed before any request (also a ValueError)
    ├── APIConnectionError              the server was not reached, or the connection broke
    │   └── APITimeoutError             it took too long
    ├── APIStatusError                  the server answered with an error status
    │   ├── BadRequestError             400
    │   ├── AuthenticationError         401
    │   ├── PermissionDeniedError       403
    │   ├── NotFoundError               404
    │   ├── ConflictError               409
    │   ├── PreconditionFailedError     412
    │   ├── PayloadTooLargeError        413
    │   ├── UnsupportedMediaTypeError   415
    │   ├── RateLimitError              429, and the 400 by which servers tell of their concurrency limit
    │   └── InternalServerError         5xx
    ├── ResponseDecodeError             the server answered with a body that cannot be read
    └── StreamError                     a stream went wrong after it had begun
        ├── StreamInterruptedError      it ended without a closing event
        │   ├── StreamIdleError         it made no progress for too long
        │   └── StreamTimeoutError      it fell silent (also an APITimeoutError)
        └── Stream…Error                the server reported failure; also the class of the status it named

No message, repr or pickle of an error holds a header or the API key.
"""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

if TYPE_CHECKING:
    import httpx

    from dify_chatflow._streaming.partial import PartialReply

MESSAGE_LENGTH = 300
TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]+>", re.DOTALL | re.IGNORECASE)
# Real servers say so with status 400 and code invalid_param (recording 457_limited_429_stream).
CONCURRENCY_LIMIT = re.compile(r"too many requests", re.IGNORECASE)


class DifyError(Exception):
    """Anything this package raises on its own account."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Request and response hold the key: they stay behind.
        gone = dict.fromkeys(vars(self).keys() & {"request", "response"})
        return rebuild, (type(self), self.args, vars(self) | gone)

    def __copy__(self) -> Self:
        return rebuild(type(self), self.args, vars(self))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy.copy(self)


Error = TypeVar("Error", bound=DifyError)


def rebuild(kind: type[Error], args: tuple[Any, ...], attributes: Mapping[str, Any]) -> Error:
    """An error from its pickle."""
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(attributes)
    return error


class ConfigurationError(DifyError, ValueError):
    """Something is missing or malformed that can be seen before any request; the message says what to set."""


class APIConnectionError(DifyError):
    """The server could not be reached, or the connection broke; `__cause__` is the HTTP library's own error."""


class APITimeoutError(APIConnectionError):
    """The server took longer than the client's timeout allows."""


class ResponseDecodeError(DifyError):
    """The server answered with success, but its body cannot be read; `payload` holds it."""

    def __init__(self, message: str, *, payload: bytes, response: Any = None) -> None:
        super().__init__(message)
        self.payload = payload
        self.response: httpx.Response | None = response


class APIStatusError(DifyError):
    """The server answered with an error status.

    Attributes:
        status_code: The HTTP status; in a stream, the one the error event names.
        code: The server's code, `invalid_param` for instance; None where the body has none (HTML of a proxy).
        message: The server's words, or the text of an HTML page.
        params: The parameter the server refused, where it says so.
        body: The parsed JSON body, or the text.
        response: The HTTP response; None after unpickling.
        request: The HTTP request; None after unpickling.

    """

    status_code: int
    classes: ClassVar[dict[int, type[APIStatusError]]] = {}

    def __init__(self, status_code: int, code: str | None, message: str, **details: Any) -> None:
        self.status_code = status_code
        self.code = code
        self.message = message
        self.body: Any = details.get("body")
        self.params: str | None = details.get("params")
        self.request: httpx.Request | None = details.get("request")
        self.response: httpx.Response | None = details.get("response")
        self.place: str = details.get("place", "")
        super().__init__(describe(status_code, code, message, self.place))

    def __init_subclass__(cls, status: int | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if status is not None:
            APIStatusError.classes[status] = cls

    @staticmethod
    def class_for(status: int | None, code: str | None, message: str) -> type[APIStatusError]:
        """The class for a status; the concurrency limit counts as 429 whatever its status."""
        if status == 400 and code == "invalid_param" and CONCURRENCY_LIMIT.search(message):  # noqa: PLR2004
            return RateLimitError
        if status is not None and status >= 500:  # noqa: PLR2004
            return InternalServerError
        return APIStatusError.classes.get(status or 0, APIStatusError)

    @classmethod
    def from_response(cls, response: httpx.Response, place: str) -> APIStatusError:
        """The error a response stands for; `place` is its method and path."""
        body = read_body(response)
        fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
        code = fields.get("code") if isinstance(fields.get("code"), str) else None
        message = fields.get("message") if isinstance(fields.get("message"), str) else None
        text = message if message is not None else plain_text(response, body)
        details: dict[str, Any] = {"body": body, "params": fields.get("params"), "response": response, "place": place}
        kind = cls.class_for(response.status_code, code, text)
        return kind(response.status_code, code, text, request=response.request, **details)


class BadRequestError(APIStatusError, status=400):
    """400: the server refuses a parameter or the body; the usual code is `invalid_param`."""


class AuthenticationError(APIStatusError, status=401):
    """401: the API key is missing or wrong."""


class PermissionDeniedError(APIStatusError, status=403):
    """403: the key is valid, but access is refused, for example because the app's API is switched off."""


class NotFoundError(APIStatusError, status=404):
    """404: what the request names does not exist, or belongs to another app or user."""


class ConflictError(APIStatusError, status=409):
    """409: the request does not fit the present state."""


class PreconditionFailedError(APIStatusError, status=412):
    """412: a human-input form was submitted before or has expired."""


class PayloadTooLargeError(APIStatusError, status=413):
    """413: the file is larger than the server takes."""


class UnsupportedMediaTypeError(APIStatusError, status=415):
    """415: the server does not take this kind of file or body."""


class RateLimitError(APIStatusError, status=429):
    """429, or the 400 by which servers tell that too many runs are under way.

    Attributes:
        retry_after: The server's advice in seconds, counted from when the error was raised; None without any.

    """

    def __init__(self, status_code: int, code: str | None, message: str, **details: Any) -> None:
        super().__init__(status_code, code, message, **details)
        from dify_chatflow._retry import retry_after

        self.retry_after: float | None = retry_after(self.response.headers) if self.response is not None else None


class InternalServerError(APIStatusError):
    """5xx: the server, or a proxy in front of it, failed; statuses 520 to 530 are Cloudflare's."""


class StreamError(DifyError):
    """A stream went wrong after it had begun.

    When the server itself reported the failure, the error is also of the class for the status it named: an
    `error` event with status 429 is caught by `except StreamError` and by `except RateLimitError`.

    Attributes:
        reply: What had come until then; its ids tell what to look up.

    """

    reply: PartialReply | None = None

    @classmethod
    def for_status(
        cls, status: int | None, code: str | None, message: str, reply: PartialReply | None = None, **details: Any
    ) -> StreamError:
        """The error an `error` event stands for."""
        kind = REPORTED[APIStatusError.class_for(status, code, message)]
        error: StreamError = kind(status or 500, code, message, **details)
        error.reply = reply
        return error


class StreamInterruptedError(StreamError):
    """A stream ended without a closing event: the answer is not complete, and the run may still go on.

    Attributes:
        reply: The partial reply. Its `workflow_run_id` is what `runs.get` and `runs.events` are asked for.

    """

    def __init__(self, message: str, reply: PartialReply) -> None:
        super().__init__(message)
        self.reply = reply

    @property
    def workflow_run_id(self) -> str | None:
        """The run to look up or resume; None when it had not begun."""
        return self.reply.workflow_run_id if self.reply else None

    @property
    def task_id(self) -> str | None:
        """The task to stop; None when no event had come."""
        return self.reply.task_id if self.reply else None

    @property
    def conversation_id(self) -> str | None:
        """The conversation the answer belongs to; None when no event had come."""
        return self.reply.conversation_id if self.reply else None

    @property
    def message_id(self) -> str | None:
        """The message under which the server keeps the answer; None when no event had come."""
        return self.reply.message_id if self.reply else None


class StreamIdleError(StreamInterruptedError):
    """A stream made no progress for `idle_timeout` seconds: pings at most came."""


class StreamTimeoutError(StreamInterruptedError, APITimeoutError):
    """A stream fell silent, without even a ping, for longer than the read timeout."""


def reported(kind: type[APIStatusError]) -> type[Any]:
    """The class for failures reported inside a stream that are also of the class `kind`."""
    name = kind.__name__.replace("API", "").removesuffix("Error") + "Error"
    return type(f"Stream{name}", (StreamError, kind), {"__module__": __name__, "__doc__": kind.__doc__})


KINDS: tuple[type[APIStatusError], ...] = (APIStatusError, InternalServerError, *APIStatusError.classes.values())
REPORTED = {kind: reported(kind) for kind in KINDS}
# Pickling finds a class by its name in the module.
globals().update({kind.__name__: kind for kind in REPORTED.values()})


def describe(status: int, code: str | None, message: str, place: str) -> str:
    """One line for people: status, code, message, method and path."""
    head = f"{status} {code}" if code else str(status)
    said = f": {shorten(message)}" if message else ""
    return f"{head}{said}{f' ({place})' if place else ''}"


def read_body(response: httpx.Response) -> Any:
    """The body as JSON whatever its content type claims, else as text; without the key, should the server echo it."""
    key = response.request.headers.get("authorization", "").partition(" ")[2].encode()
    content = response.content.replace(key, "…".encode()) if key else response.content
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        pass
    try:
        return content.decode(response.encoding or "utf-8", "replace")
    except (ValueError, LookupError):  # what the server names is no encoding of text
        return content.decode("utf-8", "replace")


def plain_text(response: httpx.Response, body: Any) -> str:
    """The words of a body that is no error object; tags of an HTML page go. A redirection tells where to."""
    if response.status_code < 400 and (target := response.headers.get("location")):  # noqa: PLR2004
        return f"the server redirects to {target}; set the base URL accordingly"
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return shorten(html.unescape(TAGS.sub(" ", text)))


def shorten(text: str) -> str:
    """The text on one line and not longer than a message should be."""
    line = " ".join(text.split())
    return line if len(line) <= MESSAGE_LENGTH else f"{line[:MESSAGE_LENGTH]}…"
