"""Sync and async clients under one interface: each test is written once and runs for both."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, TypeVar

import httpx

from dify_chatflow import AsyncChatflow, Chatflow

KEY = "app-very-secret-key"

App: TypeAlias = Chatflow | AsyncChatflow
T = TypeVar("T")


class Mode:
    """The sync or the async client, by name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name == "async"

    def client(self, api_key: str | None = KEY, **options: Any) -> App:
        """Return a client of this mode."""
        return AsyncChatflow(api_key, **options) if self.is_async else Chatflow(api_key, **options)


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


@asynccontextmanager
async def enter(manager: Any) -> AsyncGenerator[Any]:
    """Enter a sync or async context manager."""
    if hasattr(manager, "__aenter__"):
        async with manager as value:
            yield value
    else:
        with manager as value:
            yield value


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
