"""One call of an operation without its I/O: what is sent, how the answer is read, and who watches."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Protocol, Self, TypeVar

from dify_chatflow._config import Config, Secret
from dify_chatflow._errors import ConfigurationError, ResponseDecodeError

if TYPE_CHECKING:
    from httpx import Response

    from dify_chatflow_client.types import Operation, Unset


class Readable(Protocol):
    """A model, generated or derived from a generated one."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read the JSON object."""
        ...


P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=Readable)

VERSION = "0.1.0"


def given(value: T | None) -> T | Unset:
    """An optional argument as the generated code takes it."""
    from dify_chatflow_client.types import UNSET

    return UNSET if value is None else value


@dataclass
class Call:
    """A request that can be sent, and sent again."""

    operation: Operation[..., Any]
    arguments: dict[str, Any]
    attempt: int = 0

    def __post_init__(self) -> None:
        # What stands between slashes is an id, and these would lead to another address.
        if not {"", ".", ".."}.isdisjoint(self.arguments["url"].split("/")[1:]):
            raise ConfigurationError(f"{self.operation.method} {self.operation.path}: an id is empty or made of dots")

    @property
    def place(self) -> str:
        """Method and path, as errors and the log name the call."""
        # A form's token is all it takes to answer for someone else, so it is not shown.
        path = self.operation.path if "{form_token}" in self.operation.path else self.arguments["url"]
        return f"{self.operation.method} {path}"

    @property
    def is_replayable(self) -> bool:
        """Whether the body can be sent a second time; one read from a file cannot be known to."""
        return "files" not in self.arguments

    def request_arguments(self, config: Config) -> dict[str, Any]:
        """What the HTTP client builds the request from."""
        headers = {
            "accept": "*/*",
            "user-agent": f"dify-chatflow/{VERSION}",
            **config.headers,
            **{name.lower(): value for name, value in self.arguments.get("headers", {}).items()},
            "authorization": Secret(f"Bearer {config.api_key}"),
        }
        return {**self.arguments, "url": config.url(self.arguments["url"]), "headers": headers}


def reading_as(operation: Operation[P, Any], model: type[M]) -> Operation[P, M]:
    """The same operation, its JSON body read into a subclass of the generated model."""
    from dify_chatflow_client.types import Operation

    def read(response: Response) -> M:
        return model.from_dict(response.json())

    return Operation(operation.id, operation.method, operation.path, operation.request, read)


def read_response(operation: Operation[..., T], response: Response, place: str) -> T:
    """The parsed body of a success; ResponseDecodeError with the payload where it is not what it should be."""
    try:
        return operation.read(response)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        content_type = response.headers.get("content-type", "no content type")
        raise ResponseDecodeError(
            f"{place}: the body ({content_type}, {len(response.content)} bytes) cannot be read: {error!r}",
            payload=response.content,
            response=response,
        ) from error


@dataclass(frozen=True)
class RawResponse(Generic[T]):
    """What the server answered, beside what it was read into.

    Attributes:
        status_code: The HTTP status.
        headers: The response's headers.
        content: The body as bytes; empty where it went to a file.
        parsed: What the method without `raw` gives.

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
    """Hand a response to whoever watches."""
    responses = _WATCHED.get()
    if responses is not None:
        responses.append(response)


def raw_response(response: Any, parsed: T) -> RawResponse[T]:
    """The response with what it was read into; a body that was streamed to a file is not held."""
    held = getattr(response, "_content", b"")
    return RawResponse(response.status_code, response.headers, held, parsed)
