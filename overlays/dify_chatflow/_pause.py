"""Waiting, in both colours."""

from __future__ import annotations

import threading
import time
from typing import Any

pause = time.sleep
Lock = threading.Lock


async def async_pause(seconds: float) -> None:
    """Wait without blocking the event loop, asyncio's or trio's."""
    import anyio

    await anyio.sleep(seconds)


def AsyncLock() -> Any:  # noqa: N802
    """A lock for tasks of asyncio or trio, used as `async with`."""
    import anyio

    return anyio.Lock()
