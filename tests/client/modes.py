"""Sync and async clients under one interface: each test is written once and runs for both."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from importlib.util import find_spec
from typing import Any, TypeAlias, TypeVar, overload

import httpx

from dify_chatflow import AsyncChatflow, AsyncChatStream, Chatflow, ChatStream, Form, StreamEvent

KEY = "app-very-secret-key"

App: TypeAlias = Chatflow | AsyncChatflow
Stream: TypeAlias = ChatStream | AsyncChatStream
T = TypeVar("T")


class Mode:
    """The sync or the async client, by name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name == "async"

    def client(self, api_key: str | None = KEY, **options: Any) -> App:
        """Return a client of this mode."""
        return AsyncChatflow(api_key, **options) if self.is_async else Chatflow(api_key, **options)


def groups() -> list[str]:
    """Return the names of the client's groups of methods, such as `runs`."""
    public = [name for name in vars(AsyncChatflow) if not name.startswith("_")]
    return [name for name in public if find_spec(f"dify_chatflow._async.resources.{name}")]


async def maybe_await(result: Awaitable[T] | T) -> T:
    """Return the result of a call, awaited where necessary."""
    anything: Any = result
    value: T = await anything if inspect.isawaitable(result) else anything
    return value


async def iterate(iterable: AsyncIterable[T] | Iterable[T]) -> AsyncIterator[T]:
    """Yield the items of a sync or async iterable."""
    if isinstance(iterable, AsyncIterable):
        async for item in iterable:
            yield item
    else:
        for item in iterable:
            yield item


async def to_list(iterable: AsyncIterable[T] | Iterable[T]) -> list[T]:
    """Return all items of a sync or async iterable."""
    return [item async for item in iterate(iterable)]


@overload
def enter(manager: AbstractAsyncContextManager[T]) -> AbstractAsyncContextManager[T]: ...
@overload
def enter(manager: AbstractContextManager[T]) -> AbstractAsyncContextManager[T]: ...
@asynccontextmanager
async def enter(manager: AbstractAsyncContextManager[T] | AbstractContextManager[T]) -> AsyncGenerator[T]:
    """Enter a sync or async context manager."""
    if isinstance(manager, AbstractAsyncContextManager):
        async with manager as value:
            yield value
    else:
        with manager as value:
            yield value


async def next_event(stream: Stream) -> StreamEvent:
    """Return the next event of a stream."""
    return await anext(stream) if isinstance(stream, AsyncChatStream) else next(stream)


async def resume(stream: Stream) -> Stream:
    """Join the run of a stream again."""
    return await stream.resume() if isinstance(stream, AsyncChatStream) else stream.resume()


async def submit(stream: Stream, form: Form | str, action: str, inputs: Mapping[str, Any] | None = None) -> Stream:
    """Submit a form, and return the stream of the resumed run."""
    if isinstance(stream, AsyncChatStream):
        return await stream.submit(form, action, inputs)
    return stream.submit(form, action, inputs)


def session_of(app: App) -> Any:
    """Return the session of a client."""
    return vars(app)["_session"]


async def close(app: App) -> None:
    """Close a client."""
    if isinstance(app, AsyncChatflow):
        await app.aclose()
    else:
        app.close()


async def close_http(client: httpx.Client | httpx.AsyncClient) -> None:
    """Close an HTTP client."""
    if isinstance(client, httpx.AsyncClient):
        await client.aclose()
    else:
        client.close()  # noqa: ASYNC212 - an idle client


def method(found: Any, name: str) -> Any:
    """Return the method with a dotted name."""
    for part in name.split("."):
        found = getattr(found, part)
    return found
