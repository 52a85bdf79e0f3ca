"""Waiting, for a time or for a turn, in both colours."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractContextManager, nullcontext

from dify_chatflow._errors import ConfigurationError

BUSY = "this conversation is in the middle of a stream: leave its `with` block before asking again"

pause = time.sleep


async def async_pause(seconds: float) -> None:
    """Wait without blocking the event loop, asyncio's or trio's."""
    import anyio

    await anyio.sleep(seconds)


def shield(_: float) -> AbstractContextManager[object]:
    """Nothing cancels a thread."""
    return nullcontext()


def async_shield(seconds: float) -> AbstractContextManager[object]:
    """What is awaited within goes on although the task is cancelled, but not for longer than these seconds."""
    import anyio

    return anyio.move_on_after(seconds, shield=True)


class Lock:
    """One thread at a time; the one whose turn it is would wait for itself, and is told so instead."""

    def __init__(self) -> None:
        self._turn = threading.Semaphore()
        self._owner: int | None = None

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise ConfigurationError(BUSY)
        self._turn.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._owner = None
        self._turn.release()


class AsyncLock:
    """One task at a time, of asyncio or trio; the one whose turn it is would wait for itself, and is told so."""

    def __init__(self) -> None:
        import anyio

        self._turn = anyio.Semaphore(1)
        self._owner: int | None = None

    async def __aenter__(self) -> None:
        from anyio import get_current_task

        if self._owner == get_current_task().id:
            raise ConfigurationError(BUSY)
        await self._turn.acquire()
        self._owner = get_current_task().id

    async def __aexit__(self, *_: object) -> None:
        self._owner = None
        self._turn.release()
