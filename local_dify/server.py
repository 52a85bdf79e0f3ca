"""The local Dify as a server: its own thread, a real socket on loopback, started and stopped at will."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import secrets
import socket
import threading
import time
import uuid
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn

from local_dify import script as scripts
from local_dify.api.application import application
from local_dify.engine.channel import Timing
from local_dify.engine.engine import Engine
from local_dify.engine.records import App
from local_dify.faults.fault import Fault, Faults
from local_dify.faults.fault_middleware import struck
from local_dify.faults.protocol import Protocol
from local_dify.faults.recorder import RecordedRequest, Recorder
from local_dify.script import Script
from local_dify.state import State

LOG = logging.getLogger("local_dify")
LOG.addHandler(logging.NullHandler())


class LocalDify:
    """A Dify server with a chatflow app, small enough to start in a test.

    It listens on a real socket of this machine alone, and answers as a Dify 1.14.2 server does: the same statuses,
    bodies, events, and quirks. What it plays is a `Script`; the default one echoes and shows more by keywords.

    Args:
        script: The app: a `Script`, or the path of a YAML file. Default: the app in `default.yaml`.
        db: Where its state is kept: a file that outlives the server, or `:memory:`.
        host: The address to listen on.
        port: The port; 0 takes a free one.
        api_key: The app's key; made up if you give none.
        ping_interval: Seconds between pings in streams. Real servers: 10.
        silence: Seconds for which a stream stays open when nothing follows, as after `error`. Real servers: 300.
        clock: Where times of records come from, in seconds since 1970. Real lists lose rows that were made in the same
            second; with `itertools.count(1.8e9).__next__` no two rows are.
        seed: Where the chance of faults with a probability starts.
        show_keys: Leave the keys in `requests`, which hides them otherwise.
        allow_remote: Listen on addresses that other machines can reach.

    Raises:
        ValueError: The address is not one of this machine alone, or the database is of another kind.
        ScriptError: The script cannot be played; it is a `ValueError`.
        OSError: The port is taken.

    Example:
        >>> import httpx
        >>> from dify_chatflow.testing import LocalDify
        >>> with LocalDify() as server:
        ...     answer = httpx.get(f"{server.base_url}/info", headers={"Authorization": f"Bearer {server.api_key}"})
        ...     answer.json()["mode"]
        'advanced-chat'
    """

    def __init__(
        self,
        script: Script | str | Path | None = None,
        *,
        db: str | Path = ":memory:",
        host: str = "127.0.0.1",
        port: int = 0,
        api_key: str | None = None,
        ping_interval: float = 10.0,
        silence: float = 300.0,
        clock: Callable[[], float] = time.time,
        seed: int = 0,
        show_keys: bool = False,
        allow_remote: bool = False,
    ) -> None:
        if not allow_remote and not is_loopback(host):
            raise ValueError(f"{host} can be reached by other machines: say allow_remote=True if you mean it")
        self._script = as_script(script)
        self._db, self._host, self._port = db, host, port
        self._timing, self._clock = Timing(ping_interval, silence), clock
        self.api_key = api_key or f"app-{secrets.token_urlsafe(18)}"
        self.requests: list[RecordedRequest] = []
        self.faults = Faults(seed)
        self._show_keys = show_keys
        self._engine: Engine | None = None
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self._failure: BaseException | None = None

    def __repr__(self) -> str:
        return f"<LocalDify {self.base_url if self._server else 'stopped'}>"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """Where the API is, ready to be a client's `base_url`."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}/v1"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def script(self) -> Script:
        """What the app plays; set another one at any time, and the next chat plays that."""
        return self._script

    @script.setter
    def script(self, script: Script | str | Path | None) -> None:
        self._script = as_script(script)
        if self._engine:
            old = self._engine.apps[self.api_key]
            self._engine.apps[self.api_key] = App(old.id, old.api_key, self._script, old.workflow_id)

    def add_app(self, script: Script | str | Path | None = None) -> str:
        """Put one more app on the running server and give its key; apps do not see each other's records."""
        if self._engine is None:
            raise RuntimeError("the server is not running: start it before you add an app")
        key = f"app-{secrets.token_urlsafe(18)}"
        self._engine.apps[key] = new_app(key, as_script(script))
        return key

    def fault(self, route: str = "*", **fields: Any) -> Fault:
        """Let requests to a route go wrong: `server.fault("POST /chat-messages", cut_after_events=3)`.

        Args:
            route: `POST /chat-messages`, `/messages`, `/conversations/*/variables`; `*` is everything.
            **fields: What goes wrong, how often and how likely: the fields of `Fault`.

        Returns:
            The fault; `server.faults.clear()` ends all of them.

        Raises:
            TypeError: A field that `Fault` does not have.
        """
        return self.faults.add(Fault(route, **fields))

    def answer(
        self, route: str, given: Any = None, *, status: int = 200, times: int | None = None, **fields: Any
    ) -> Fault:
        """Answer a route with something of your own, whatever the key: `server.answer("GET /info", {"name": "Mine"})`.

        Args:
            route: As for `fault`.
            given: The body: text, bytes, or JSON; or a function that is given the request and answers with a `Fault`.
            status: The status.
            times: How many requests are answered so; None is all.
            **fields: Headers, chunks, and what goes wrong with the answer: the fields of `Fault`.

        Returns:
            The answer as a fault; `server.faults.clear()` ends all of them.

        Raises:
            TypeError: A field that `Fault` does not have.
        """
        if callable(given):
            return self.fault(route, reply=given, times=times, **fields)
        return self.fault(route, body=given, status=status, times=times, **fields)

    def disconnect(self) -> None:
        """Cut every connection that is open; runs go on, as they do when a client leaves."""
        if self._server is not None:
            self._server.disconnect()

    def start(self) -> Self:
        """Start it; it answers when this returns."""
        if self._thread is not None:
            raise RuntimeError("the server is running already")
        listener = listen(self._host, self._port)
        self._port = listener.getsockname()[1]
        self._failure = None
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(listener, ready), name="local-dify", daemon=True)
        self._thread.start()
        ready.wait()
        if self._failure is not None:
            self._thread.join()
            self._thread = None
            raise self._failure
        return self

    def stop(self) -> None:
        """Stop it: open streams are cut, runs are stopped, and the state is closed. Stopping twice does no harm."""
        if self._server is not None:
            self._server.finish()
        if self._thread is not None:
            self._thread.join()
        self._thread = self._server = self._engine = None

    def wait(self) -> None:
        """Wait until it is stopped by another thread, or this one is interrupted."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(1.0)

    def _serve(self, listener: socket.socket, ready: threading.Event) -> None:
        try:
            asyncio.run(self._main(listener, ready))
        except Exception as error:  # noqa: BLE001 - it is raised again where the server was started
            self._failure = error
        finally:
            listener.close()
            ready.set()

    async def _main(self, listener: socket.socket, ready: threading.Event) -> None:
        state = State(self._db)
        engine = Engine(state, self._clock)
        app = engine.apps[self.api_key] = stored_app(state, self.api_key, self._script)
        engine.wait_for_forms(app)
        answered = struck(application(engine, self._timing, LOG), self.faults)
        config = uvicorn.Config(
            Recorder(answered, self.requests, show_keys=self._show_keys),
            http=Protocol,
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
        )
        self._engine, self._server = engine, Server(config, ready)
        try:
            await self._server.serve(sockets=[listener])
        finally:
            await engine.close()
            state.close()


class Server(uvicorn.Server):
    """Uvicorn's server, which waits for `finish` instead of looking ten times a second whether to go on."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()

    def finish(self) -> None:
        """Ask the server to stop, from any thread."""
        self._loop.call_soon_threadsafe(self._over.set)

    def disconnect(self) -> None:
        """Cut what is open, from another thread."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result()

    async def main_loop(self) -> None:
        """Serve until `finish`."""
        await self.on_tick(0)
        self._ready.set()
        await self._over.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's own
        """Close at once; uvicorn's own waits a tenth of a second for connections that are cut here."""
        for server in self.servers:
            server.close()
        await self._cut()

    async def _cut(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def is_loopback(host: str) -> bool:
    """Whether an address is one that only this machine reaches."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A listening socket."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def as_script(script: Script | str | Path | None) -> Script:
    """The script itself, whatever form it was given in."""
    if isinstance(script, Script):
        return script
    return default_script() if script is None else scripts.load(script)


@cache
def default_script() -> Script:
    """The app in `default.yaml`."""
    text = (files("local_dify") / "default.yaml").read_text(encoding="utf-8")
    return scripts.parse_text(text, "default.yaml")


def new_app(key: str, script: Script) -> App:
    """A new app with that key."""
    return App(str(uuid.uuid4()), key, script)


def stored_app(state: State, key: str, script: Script) -> App:
    """The app of a state that was kept, so that its conversations are found again; else a new one."""
    known = state.get("app", "default")
    app = App(known["app"], key, script, known["workflow"]) if known else new_app(key, script)
    state.put("app", {"id": "default", "app": app.id, "workflow": app.workflow_id})
    return app
