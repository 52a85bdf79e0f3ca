"""The census of a process: its open sockets, threads and tasks."""

from __future__ import annotations

import asyncio
import gc
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Census:
    """The numbers of open sockets, threads and tasks of a process."""

    sockets: int = 0
    threads: int = 0
    tasks: int = 0

    @classmethod
    def take(cls) -> Census:
        """Count them; tasks are those of the running event loop. Threads that wait for work of asyncio are left out."""
        gc.collect()
        try:
            tasks = len(asyncio.all_tasks())
        except RuntimeError:
            tasks = 0
        threads = [thread for thread in threading.enumerate() if not thread.name.startswith("asyncio_")]
        return cls(sum(map(is_socket, Path("/proc/self/fd").iterdir())), len(threads), tasks)

    def __sub__(self, other: Census) -> Census:
        return Census(self.sockets - other.sockets, self.threads - other.threads, self.tasks - other.tasks)

    def __add__(self, other: Census) -> Census:
        return Census(self.sockets + other.sockets, self.threads + other.threads, self.tasks + other.tasks)


def is_socket(link: Path) -> bool:
    """Return True for a file descriptor of a socket."""
    try:
        return str(link.readlink()).startswith("socket:")
    except OSError:
        return False
