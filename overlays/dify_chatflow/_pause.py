"""Waiting, for a time or for a turn, in both colours."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

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


class Turn:
    """Who may go on; one who already may would wait for itself forever, and is told so instead."""

    def __init__(self, gate: Any) -> None:
        self._gate = gate
        self._owner: int | None = None

    def _check(self, who: int) -> None:
        if self._owner == who:
            raise ConfigurationError(BUSY)

    def _end(self) -> None:
        self._owner = None
        self._gate.release()


class Lock(Turn):
    """One thread at a time; another may end the turn."""

    def __init__(self) -> None:
        super().__init__(threading.Semaphore())

    def __enter__(self) -> None:
        self._check(threading.get_ident())
        self._gate.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._end()


class AsyncLock(Turn):
    """One task at a time, of asyncio or trio; another may end the turn."""

    def __init__(self) -> None:
        import anyio

        super().__init__(anyio.Semaphore(1))

    async def __aenter__(self) -> None:
        from anyio import get_current_task

        self._check(get_current_task().id)
        await self._gate.acquire()
        self._owner = get_current_task().id

    async def __aexit__(self, *_: object) -> None:
        self._end()
