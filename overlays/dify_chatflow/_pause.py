"""Waiting, in both colours."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

pause = time.sleep
Lock = threading.Lock


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


def AsyncLock() -> Any:  # noqa: N802
    """A lock for tasks of asyncio or trio, used as `async with`."""
    import anyio

    return anyio.Lock()
