"""One way to use both colours: a test is written once with these helpers and runs for each."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dify_chatflow import AsyncChatflow, Chatflow

KEY = "app-very-secret-key"


class Colour:
    """Sync or async, by name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name == "async"

    def client(self, api_key: str | None = KEY, **options: Any) -> Any:
        """A client of this colour."""
        return AsyncChatflow(api_key, **options) if self.is_async else Chatflow(api_key, **options)


async def run(result: Any) -> Any:
    """The result of a call, awaited where it has to be."""
    return await result if inspect.isawaitable(result) else result


async def each(iterable: Any) -> AsyncIterator[Any]:
    """The items of an iterable of either colour."""
    if hasattr(iterable, "__aiter__"):
        async for item in iterable:
            yield item
    else:
        for item in iterable:
            yield item


async def listed(iterable: Any) -> list[Any]:
    """All items of an iterable of either colour."""
    return [item async for item in each(iterable)]


@asynccontextmanager
async def entered(manager: Any) -> AsyncGenerator[Any]:
    """A context manager of either colour."""
    if hasattr(manager, "__aenter__"):
        async with manager as value:
            yield value
    else:
        with manager as value:
            yield value


async def close(app: Any) -> None:
    """Close a client of either colour."""
    await run(app.aclose() if hasattr(app, "aclose") else app.close())


def method(app: Any, name: str) -> Any:
    """The method a dotted name leads to."""
    for part in name.split("."):
        app = getattr(app, part)
    return app
