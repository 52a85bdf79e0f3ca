"""Runs cases in parallel: the sync client in threads, the async client in tasks, and both in several processes."""

from __future__ import annotations

import asyncio
import multiprocessing
import ssl
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from unittest.mock import patch

from soak.cases import Case, Judged, run_async, run_sync
from soak.census import Census
from soak.methods import METHODS
from soak.server_faults import run_case, server_cases
from soak.socket_faults import SOCKET_FAULTS
from soak.wire import ServerLoop

# Cases at a time in one process. Most wait; more would compete for the processor until undamaged calls time out.
PARALLEL = 24
# Local Dify servers at a time in one process.
SERVERS = 12
MODES = ("sync", "async")


@cache
def all_cases() -> tuple[Case, ...]:
    """Return every fault with every method, for the first response and for all, sync and async."""
    cases = (
        Case(fault, method, mode, times)
        for fault in SOCKET_FAULTS
        for method in METHODS
        for times in ((1, None) if method.is_retried or fault.is_refusal or fault.gate else (None,))
        for mode in MODES
    )
    return tuple(case for case in cases if case.is_possible)


@contextmanager
def shared_certificates() -> Generator[None]:
    """Load the certificates once, and not for each client: no case uses TLS."""
    with patch("ssl.create_default_context", cache(ssl.create_default_context)):
        yield


def run(cases: Sequence[Case], bound: float, parallel: int = PARALLEL) -> tuple[list[Judged], Census]:
    """Run cases in this process; return their results, and what they left behind."""
    before = Census.take()
    with shared_certificates(), ServerLoop() as servers, ThreadPoolExecutor(parallel) as pool:
        sync = [case for case in cases if case.mode == "sync"]
        done = pool.map(partial(run_sync, servers=servers, bound=bound), sync)
        others, tasks = asyncio.run(
            run_all_async([case for case in cases if case.mode == "async"], servers, bound, parallel)
        )
        results = [*done, *others]
    return results, Census.take() - before + Census(tasks=tasks)


async def run_all_async(
    cases: Sequence[Case], servers: ServerLoop, bound: float, parallel: int
) -> tuple[list[Judged], int]:
    """Run the cases of the async client; return their results and the number of tasks they left behind."""
    limit = asyncio.Semaphore(parallel)

    async def limited(case: Case) -> Judged:
        async with limit:
            return await run_async(case, servers, bound)

    results = await asyncio.gather(*map(limited, cases))
    return results, len(asyncio.all_tasks()) - 1


def run_part(part: int, parts: int, bound: float) -> tuple[list[Judged], Census]:
    """Run a part of all cases in a process: those of sockets, then those of the local Dify."""
    results, left = run(all_cases()[part::parts], bound)
    before = Census.take()
    with shared_certificates(), ThreadPoolExecutor(SERVERS) as pool:
        results += pool.map(partial(run_case, bound=bound), server_cases()[part::parts])
    return results, left + Census.take() - before


def run_all(processes: int, bound: float) -> tuple[list[Judged], Census]:
    """Run all cases in several processes; return their results, and what they left behind."""
    context = multiprocessing.get_context("spawn")
    results: list[Judged] = []
    left = Census()
    with ProcessPoolExecutor(processes, context) as pool:
        parts = pool.map(partial(run_part, parts=processes, bound=bound), range(processes))
        for found, census in parts:
            results += found
            left += census
    return results, left
