"""One way to use both modes: a test is written once with these helpers and runs for each."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dify_chatflow import AsyncChatflow, Chatflow

KEY = "app-very-secret-key"


class Mode:
    """Sync or async, by name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name == "async"

    def client(self, api_key: str | None = KEY, **options: Any) -> Any:
        """A client of this mode."""
        return AsyncChatflow(api_key, **options) if self.is_async else Chatflow(api_key, **options)


async def maybe_await(result: Any) -> Any:
    """The result of a call, awaited where it has to be."""
    return await result if inspect.isawaitable(result) else result


async def iterate(iterable: Any) -> AsyncIterator[Any]:
    """The items of an iterable of either mode."""
    if hasattr(iterable, "__aiter__"):
        async for item in iterable:
            yield item
    else:
        for item in iterable:
            yield item


async def to_list(iterable: Any) -> list[Any]:
    """All items of an iterable of either mode."""
    return [item async for item in iterate(iterable)]


@asynccontextmanager
async def enter(manager: Any) -> AsyncGenerator[Any]:
    """A context manager of either mode."""
    if hasattr(manager, "__aenter__"):
        async with manager as value:
            yield value
    else:
        with manager as value:
            yield value


async def close(app: Any) -> None:
    """Close a client of either mode."""
    await maybe_await(app.aclose() if hasattr(app, "aclose") else app.close())


def method(app: Any, name: str) -> Any:
    """The method a dotted name leads to."""
    for part in name.split("."):
        app = getattr(app, part)
    return app
