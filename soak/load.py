"""Load: many streams, many calls, slow readers, long streams, and cancellation at every await."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dify_chatflow import AsyncChatflow, Chatflow
from soak import exchanges as ex
from soak.census import Census
from soak.methods import METHODS, World, route
from soak.oracle import compare
from soak.responses import chunk, head, play
from soak.wire import End, Pause, Repeat, Request, ServerLoop, Step, WireServer

MEGABYTE = 1024 * 1024
# Seconds for the server to notice that a client has closed its connections.
NOTICE = 2.0
TIMEOUT = 300.0
# The most bytes by which the process may grow, in a row that has a limit.
GROWTH = 64 * MEGABYTE


@dataclass(frozen=True)
class Scale:
    """The sizes of the rows."""

    streams: int = 1_000
    calls: int = 10_000
    threads: int = 50
    events: int = 1_000_000
    slow_events: int = 300


@dataclass(frozen=True)
class Load:
    """The result of a row."""

    name: str
    right: int
    wrong: int
    left: Census
    memory: str = "·"
    detail: str = ""

    @property
    def is_clean(self) -> bool:
        """True where everything is right and nothing is left behind."""
        return not self.wrong and self.left == Census() and "more" not in self.memory


@dataclass
class LoadApp:
    """The application of the rows: right responses, paced streams, and endless ones by query."""

    pause: float = 0.0
    sent: int = 0

    def gate(self, connection: int) -> End | None:
        """Accept every connection."""
        return End.CLOSE if connection < 0 else None

    def is_early(self, request: Request) -> bool:
        """Read the body of every request first."""
        return not request.method

    def respond(self, request: Request) -> Sequence[Step]:
        """Return the response to a request."""
        exchange = route(request)
        query = str(request.json.get("query")) if exchange is ex.STREAM else ""
        if query.startswith("events "):
            return self.many(int(query.removeprefix("events ")))
        if query == "large":
            large = chunk(ex.event("message", id=ex.MESSAGE, answer="x" * 100_000))
            return [head(exchange, ("Transfer-Encoding", "chunked")), chunk(ex.STARTED), Repeat(large)]
        steps = play(exchange)
        if exchange.is_stream and self.pause:
            return [step for part in steps for step in (part, Pause(self.pause))]
        return steps

    def many(self, count: int) -> list[Step]:
        """Return a stream of many events, a thousand in a chunk."""
        first, last = ex.STREAM.events[:3], ex.STREAM.events[-2:]
        thousand = chunk(ex.MESSAGES[0] * 1000)
        begin = [head(ex.STREAM, ("Transfer-Encoding", "chunked")), chunk(b"".join(first))]
        return [*begin, *[thousand] * (count // 1000), chunk(b"".join(last)), b"0\r\n\r\n"]


@asynccontextmanager
async def async_client(servers: ServerLoop, app: LoadApp) -> AsyncGenerator[tuple[AsyncChatflow, WireServer]]:
    """Yield a client of a new server; both are closed, and the server sees the client's connections end."""
    server = await asyncio.to_thread(servers.start, WireServer(app))
    try:
        async with AsyncChatflow(
            ex.API_KEY, base_url=f"http://127.0.0.1:{server.port}/v1", user=ex.USER, timeout=TIMEOUT
        ) as client:
            yield client, server
        await settle(server)
    finally:
        await asyncio.to_thread(servers.stop, server)


async def settle(server: WireServer, most: int = 0) -> int:
    """Return the number of open connections beyond the expected ones, once it does not change any more."""
    loop = asyncio.get_running_loop()
    end = loop.time() + NOTICE
    while len(server.open) > most and loop.time() < end:  # noqa: ASYNC110 - another thread closes them
        await asyncio.sleep(0.01)
    return max(0, len(server.open) - most)


async def measured(name: str, work: Callable[[], Awaitable[tuple[int, int]]], *, is_limited: bool = False) -> Load:
    """Run a row and compare what is there before and after."""
    before, size = Census.take(), resident()
    right, wrong = await work()
    await asyncio.sleep(0)
    memory = "·"
    if is_limited:
        memory = "constant" if resident() - size < GROWTH else f"more by {(resident() - size) // MEGABYTE} MB"
    return Load(name, right, wrong, Census.take() - before, memory)


def resident() -> int:
    """Return the bytes of memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


async def many_streams(servers: ServerLoop, count: int) -> tuple[int, int]:
    """Read many streams at the same time."""
    async with async_client(servers, LoadApp(pause=0.02)) as (client, server):

        async def one() -> bool:
            async with client.chat.stream("hello") as stream:
                reply = await stream.until_done()
            return reply.answer == ex.ANSWER and reply.status == "succeeded"

        right = sum(await asyncio.gather(*(one() for _ in range(count))))
        right -= await settle(server, 200)
    return right, count - right


async def many_calls(servers: ServerLoop, count: int, parallel: int) -> tuple[int, int]:
    """Make many calls, some at a time."""
    async with async_client(servers, LoadApp()) as (client, _):

        async def some(calls: int) -> int:
            return sum([(await client.runs.get(ex.RUN)).status == "succeeded" for _ in range(calls)])

        right = sum(await asyncio.gather(*(some(count // parallel) for _ in range(parallel))))
    return right, count - right


async def many_threads(servers: ServerLoop, count: int, threads: int) -> tuple[int, int]:
    """Make many calls of the sync client in threads."""
    server = await asyncio.to_thread(servers.start, WireServer(LoadApp()))

    def calls(client: Chatflow) -> int:
        return sum(client.runs.get(ex.RUN).status == "succeeded" for _ in range(count // threads))

    def work() -> int:
        url = f"http://127.0.0.1:{server.port}/v1"
        with (
            Chatflow(ex.API_KEY, base_url=url, user=ex.USER, timeout=TIMEOUT) as client,
            ThreadPoolExecutor(threads) as pool,
        ):
            return sum(pool.map(calls, [client] * threads))

    right = await asyncio.to_thread(work)
    await settle(server)
    await asyncio.to_thread(servers.stop, server)
    return right, count - right


async def slow_reader(servers: ServerLoop, count: int) -> tuple[int, int]:
    """Read large events slowly from a server that sends without pause."""
    async with async_client(servers, LoadApp()) as (client, _):
        right = 0
        async with client.chat.stream("large", accumulate=False) as stream:
            async for event in stream:
                right += event.event == "message"
                await asyncio.sleep(0.002)
                if right == count:
                    break
    return right, count - right


async def long_stream(servers: ServerLoop, count: int) -> tuple[int, int]:
    """Read a long stream without keeping it."""
    async with async_client(servers, LoadApp()) as (client, _):
        right = 0
        async with client.chat.stream(f"events {count}", accumulate=False) as stream:
            async for event in stream:
                right += event.event == "message"
    return right, count - right


class Cancelled:
    """A coroutine whose task is cancelled at one of its awaits."""

    def __init__(self, work: Awaitable[Any], at: int) -> None:
        self._work, self._at = work, at
        self.awaits = 0

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self._work.__await__()
        sent: Any = None
        failure: BaseException | None = None
        while True:
            try:
                waited = steps.send(sent) if failure is None else steps.throw(failure)
            except StopIteration as stop:
                return stop.value
            self.awaits += 1
            task = asyncio.current_task()
            if self.awaits == self._at and task is not None:
                task.cancel()
            failure = None
            try:
                sent = yield waited
            except BaseException as error:  # noqa: BLE001 - passed on to the coroutine
                failure = error


async def cancellation(servers: ServerLoop) -> tuple[int, int]:
    """Cancel each method at every await; the client must keep working, with one connection."""
    right = wrong = 0
    for method in METHODS:
        at, is_done = 1, False
        while not is_done:
            async with async_client(servers, LoadApp()) as (client, server):
                is_done, is_right = await cancel_once(client, server, method.call, at)
                wrong += not is_right
                right += is_right
                if is_done and compare(await call(client, method.call), method.truth):
                    wrong += 1
            at += 1
    return right, wrong


async def call(client: AsyncChatflow, method: Callable[..., Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    """Call a method in a new folder."""
    with TemporaryDirectory() as folder:
        return await method(client, World(Path(folder)))


async def cancel_once(
    client: AsyncChatflow, server: WireServer, method: Callable[..., Awaitable[dict[str, Any]]], at: int
) -> tuple[bool, bool]:
    """Cancel a call at an await; return whether it ended before that one, and whether the client is in order."""

    async def work() -> bool:
        cancelled = Cancelled(call(client, method), at)
        await cancelled
        return cancelled.awaits < at

    task = asyncio.create_task(work())
    await asyncio.wait({task})
    is_done = not task.cancelled() and task.exception() is None and task.result()
    is_known = task.cancelled() or task.exception() is None
    info = await client.application.info()
    return is_done, is_known and info.name == "Soak" and await settle(server, 1) == 0


async def run_rows(scale: Scale) -> list[Load]:
    """Run all rows."""
    with ServerLoop() as servers:
        await measured("warm-up", lambda: many_calls(servers, 100, 10))
        return [
            await measured(f"{scale.streams:,} streams at once", lambda: many_streams(servers, scale.streams)),
            await measured(f"{scale.calls:,} calls, 50 at a time", lambda: many_calls(servers, scale.calls, 50)),
            await measured(
                f"{scale.calls:,} calls in {scale.threads} threads",
                lambda: many_threads(servers, scale.calls, scale.threads),
            ),
            await measured(
                f"{scale.slow_events:,} events of 100 kB, read slowly",
                lambda: slow_reader(servers, scale.slow_events),
                is_limited=True,
            ),
            await measured(
                f"a stream of {scale.events:,} events", lambda: long_stream(servers, scale.events), is_limited=True
            ),
            await measured("cancellation at every await of every method", lambda: cancellation(servers)),
        ]


def run(scale: Scale | None = None) -> list[Load]:
    """Run all rows on a new event loop."""
    return asyncio.run(run_rows(scale or Scale()))
