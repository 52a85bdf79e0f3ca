"""One case: a fault, a method and a client, played on sockets."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from soak import exchanges as ex
from soak.methods import READ_TIMEOUT, Method, World, route
from soak.oracle import Evidence, Judgement, judge
from soak.responses import play
from soak.socket_faults.fault import SocketFault
from soak.wire import End, Request, ServerLoop, Step, WireServer
from tests.client.modes import App, Mode, close, maybe_await

T = TypeVar("T")

# Seconds after which a call counts as endless: more than the minute that `Retry-After` can ask for, and attempts.
BOUND = 100.0
# Seconds for the server to notice that a client has closed a connection.
NOTICE = 10.0
# Seconds that the call after a fault may take, which nothing damages.
NEXT_TIMEOUT = 30.0
MAX_RESPONSE_SIZE = 4 * 1024 * 1024


@dataclass(frozen=True, eq=False)
class Case:
    """A cell of the table; `times` is the number of responses that the fault damages, None is all."""

    fault: SocketFault
    method: Method
    mode: str
    times: int | None

    @property
    def is_possible(self) -> bool:
        """False where the fault cannot apply to the response."""
        return self.fault.damage(self.method.exchange) is not None


@dataclass(frozen=True)
class Judged:
    """A judged case, by names that other processes can read."""

    fault: str
    method: str
    mode: str
    times: int | None
    judgement: Judgement
    requests: tuple[str, ...]
    is_local: bool = False


@dataclass
class FaultyApp:
    """The application of a case: damages some responses, and answers everything else rightly."""

    case: Case
    steps: Sequence[Step]
    damaged: int = 0
    starts: int = 0
    _played: list[int] = field(default_factory=list[int])

    def gate(self, connection: int) -> End | None:
        """Return the fault of a connection."""
        times = self.case.times
        return self.case.fault.gate if times is None or connection <= times else None

    def is_early(self, request: Request) -> bool:
        """Return True where the response does not wait for the request's body."""
        return self.case.fault.is_early and self._is_damaged(request)

    def respond(self, request: Request) -> Sequence[Step]:
        """Return the response to a request."""
        case, is_damaged = self.case, self._is_damaged(request)
        if case.method.starts_run and case.method.is_damaged(request) and not (is_damaged and case.fault.is_refusal):
            self.starts += 1
        if is_damaged:
            self.damaged += 1
            return self.steps
        exchange = route(request)
        if exchange is ex.JOINED and (case.method.name == "resume" or self.damaged):
            return play(ex.ENDED_RUN)  # the run has ended while the client was away
        if case.method.name == "rejoin" and exchange is ex.STREAM:
            return [*play(exchange, exchange.events[: ex.BROKEN_AFTER])[:-1], End.CLOSE]
        return play(exchange)

    def _is_damaged(self, request: Request) -> bool:
        case = self.case
        is_left = case.times is None or self.damaged < case.times
        return case.fault.gate is None and is_left and case.method.is_damaged(request)


def refused_port() -> socket.socket:
    """Return a socket whose port refuses connections: bound, but not listening."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    return taken


def new_client(mode: str, port: int, api_key: str = ex.API_KEY) -> App:
    """Return a client with short timeouts."""
    app = Mode(mode).client(
        api_key,
        base_url=f"http://127.0.0.1:{port}/v1",
        user=ex.USER,
        timeout=(5.0, READ_TIMEOUT, 5.0, 5.0),
        max_retries=1,
    )
    return app.with_options(max_response_size=MAX_RESPONSE_SIZE)


async def observe(case: Case, app: App, evidence: Evidence) -> None:
    """Call the method, and then another one, which must find the client in order."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            evidence.result = await case.method.call(app, World(Path(folder)))
        except Exception as error:  # noqa: BLE001 - judged
            evidence.error = error
    if case.fault.is_refusing or (case.fault.gate is not None and case.times is None):
        return
    try:
        info = await maybe_await(app.with_options(timeout=NEXT_TIMEOUT).application.info())
        if info.name != "Soak":
            evidence.next_result = f"the name of the app is {info.name!r}"
    except Exception as error:  # noqa: BLE001 - judged
        evidence.next_result = f"{type(error).__name__}: {error}"


def run_now(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that only calls the sync client, so never waits."""
    try:
        work.send(None)
    except StopIteration as stop:
        value: T = stop.value
        return value
    raise RuntimeError("the sync client has waited for an event loop")


def settled(server: WireServer, most: int) -> int:
    """Return the number of open connections beyond the expected ones, once it does not change any more."""
    end = time.monotonic() + NOTICE
    while len(server.open) > most and time.monotonic() < end:
        time.sleep(0.01)
    return max(0, len(server.open) - most)


def run_sync(case: Case, servers: ServerLoop, bound: float) -> Judged:
    """Run a case of the sync client."""
    evidence = Evidence()
    app_of_server, server, port, taken = start(case, servers)
    app = new_client("sync", port)

    def work() -> None:
        run_now(observe(case, app, evidence))

    started = time.monotonic()
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(bound)
    evidence.seconds = time.monotonic() - started
    evidence.is_hung = thread.is_alive()
    if not evidence.is_hung:
        evidence.left_open = settled(server, 1)
    run_now(close(app))
    if not evidence.is_hung:
        evidence.never_closed = settled(server, 0)
    stop(server, servers, taken)
    return result(case, evidence, app_of_server, server)


async def run_async(case: Case, servers: ServerLoop, bound: float) -> Judged:
    """Run a case of the async client."""
    evidence = Evidence()
    app_of_server, server, port, taken = await asyncio.to_thread(start, case, servers)
    app = new_client("async", port)
    started = time.monotonic()
    task = asyncio.create_task(observe(case, app, evidence))
    _, pending = await asyncio.wait({task}, timeout=bound)
    evidence.seconds = time.monotonic() - started
    evidence.is_hung = bool(pending)
    if evidence.is_hung:
        task.cancel()
        await asyncio.wait({task}, timeout=NOTICE)
    else:
        task.result()
        evidence.left_open = await asyncio.to_thread(settled, server, 1)
    await close(app)
    evidence.never_closed = await asyncio.to_thread(settled, server, 0)
    await asyncio.to_thread(stop, server, servers, taken)
    return result(case, evidence, app_of_server, server)


def start(case: Case, servers: ServerLoop) -> tuple[FaultyApp, WireServer, int, socket.socket | None]:
    """Start the server of a case."""
    app = FaultyApp(case, case.fault.damage(case.method.exchange) or [])
    server = servers.start(WireServer(app))
    taken = refused_port() if case.fault.is_refusing else None
    return app, server, taken.getsockname()[1] if taken else server.port, taken


def stop(server: WireServer, servers: ServerLoop, taken: socket.socket | None) -> None:
    """Stop the server of a case."""
    servers.stop(server)
    if taken is not None:
        taken.close()


def result(case: Case, evidence: Evidence, app: FaultyApp, server: WireServer) -> Judged:
    """Judge a case."""
    evidence.starts = app.starts
    judgement = judge(evidence, case.method.truth, is_harmless=case.fault.is_harmless)
    requests = tuple(f"{request.method} {request.path}" for request in server.requests)
    return Judged(case.fault.name, case.method.name, case.mode, case.times, judgement, requests)
