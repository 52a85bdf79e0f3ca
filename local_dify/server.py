"""The local Dify as a server: a thread and a real socket on loopback."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn

from local_dify.api.application import build_app, list_routes
from local_dify.engine.channel import Timing
from local_dify.engine.engine import Engine
from local_dify.engine.records import App, new_app, stored_app
from local_dify.faults.fault import Fault, Faults, UnusedFaultWarning
from local_dify.faults.fault_middleware import FaultMiddleware
from local_dify.faults.protocol import Protocol
from local_dify.faults.recorder import RecordedRequest, Recorder
from local_dify.http_server import HTTPServer, is_loopback, listen
from local_dify.script import Script
from local_dify.script_file import to_script
from local_dify.state import State
from local_dify.version import DEFAULT, Version, find_version

LOG = logging.getLogger("local_dify")
LOG.addHandler(logging.NullHandler())


class LocalDify:
    """Dify server with a chatflow app, small enough to start in a test.

    It listens on a loopback socket and answers as a Dify server of one version does, with the same statuses, bodies and
    events.
    It plays a `Script`; the default one echoes and has more flows by keyword.

    Args:
        script: The app: a `Script`, or the path of a YAML file. Default: the app in `default.yaml`.
        db: Where its state is kept: a file that outlives the server, or `:memory:`.
        host: The address to listen on.
        port: The port; 0 takes a free one.
        api_key: The app's key; made up if you give none.
        ping_interval: Seconds between pings in streams. Real servers: 10.
        silence: Seconds for which a stream stays open when nothing follows, as after `error`. Real servers: 300.
        version: Server version to play, such as `1.9.2`; see `VERSIONS`.
        clock: Where times of records come from, in seconds since 1970. Real lists lose rows that were made in the same
            second; with `itertools.count(1.8e9).__next__` no two rows are.
        seed: Where the chance of faults with a probability starts.
        show_keys: Leave the keys in `requests`, which hides them otherwise.
        allow_remote: Listen on addresses that other machines can reach.

    Raises:
        ValueError: The address is not one of this machine alone, the database is of another kind, or the version is
            unknown.
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
        version: Version | str = DEFAULT,
        clock: Callable[[], float] = time.time,
        seed: int = 0,
        show_keys: bool = False,
        allow_remote: bool = False,
    ) -> None:
        if not allow_remote and not is_loopback(host):
            raise ValueError(f"{host} can be reached by other machines; pass allow_remote=True to allow that")
        self.version = find_version(version)
        self._script = to_script(script)
        self._db, self._host, self._port = db, host, port
        self._timing, self._clock = Timing(ping_interval, silence), clock
        self.api_key = api_key or f"app-{secrets.token_urlsafe(18)}"
        self.requests: list[RecordedRequest] = []
        self.faults = Faults(seed, list_routes())
        self._show_keys = show_keys
        self._engine: Engine | None = None
        self._server: HTTPServer | None = None
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
        if error is None:
            for fault in self.faults.unused:
                text = (
                    f"a fault of {fault.route!r} was never applied ({', '.join(fault.effects)}): no request matched it"
                )
                warnings.warn(text, UnusedFaultWarning, stacklevel=2)

    @property
    def base_url(self) -> str:
        """URL of the API, ready to be a client's `base_url`."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}/v1"

    @property
    def port(self) -> int:
        """Port it listens on."""
        return self._port

    @property
    def script(self) -> Script:
        """Script of the app; assign another one at any time, and the next chat plays it."""
        return self._script

    @script.setter
    def script(self, script: Script | str | Path | None) -> None:
        self._script = to_script(script)
        if self._engine:
            old = self._engine.apps[self.api_key]
            self._engine.apps[self.api_key] = App(old.id, old.api_key, self._script, old.workflow_id)

    def add_app(self, script: Script | str | Path | None = None) -> str:
        """Add an app to the running server and return its key; apps do not see each other's records."""
        engine = self._running()
        key = f"app-{secrets.token_urlsafe(18)}"
        engine.apps[key] = new_app(key, to_script(script))
        return key

    def _running(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("the server is not running; start it first")
        return self._engine

    def fault(self, route: str = "*", **fields: Any) -> Fault:
        """Inject a fault into requests to a route: `server.fault("POST /chat-messages", cut_after_events=3)`.

        Args:
            route: `POST /chat-messages`, `/messages`, `/conversations/*/variables`; `*` is everything.
            **fields: The fields of `Fault`.

        Returns:
            The fault; `server.faults.clear()` ends all of them. Leaving the `with` block warns of one that was never
            applied (`UnusedFaultWarning`).

        Raises:
            TypeError: A field that `Fault` does not have.
            ValueError: No request can match the route, or the fault does nothing.
        """
        return self.faults.add(Fault(route, **fields))

    def answer(
        self, route: str, body: Any = None, *, status: int = 200, times: int | None = None, **fields: Any
    ) -> Fault:
        """Answer a route with a given body, for any key: `server.answer("GET /info", {"name": "Mine"})`.

        Args:
            route: As for `fault`; also a path that the server does not have.
            body: Text, bytes, or JSON; or a function from the recorded request to a `Fault`.
            status: The status.
            times: How many requests are answered so; None is all.
            **fields: Further fields of `Fault`, such as `headers` and `chunks`.

        Returns:
            The answer as a fault; `server.faults.clear()` ends all of them.

        Raises:
            TypeError: A field that `Fault` does not have.
            ValueError: The method or the path of the route is not one.
        """
        if callable(body):
            return self.fault(route, reply=body, times=times, **fields)
        return self.fault(route, body=body, status=status, times=times, **fields)

    def hand_over(self, *, on: bool = True) -> None:
        """Answer chats with 202 while their runs continue, as a server of `next` does that restarts."""
        self._running().hands_over = on

    def disturb_readers(self, *, on: bool = True) -> None:
        """Let a reader that leaves a run deafen or cut the others, as the releases 1.16.0 and 1.16.1 do."""
        self._running().disturbs_readers = on

    def disconnect(self) -> None:
        """Cut every open connection; runs continue, as they do when a client leaves."""
        if self._server is not None:
            self._server.disconnect()

    def start(self) -> Self:
        """Start the server and return once it accepts requests."""
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
        """Stop the server: cut open streams, stop runs, close the state. Stopping twice is allowed."""
        if self._server is not None:
            self._server.finish()
        if self._thread is not None:
            self._thread.join()
        self._thread = self._server = self._engine = None

    def wait(self) -> None:
        """Wait until another thread stops the server, or this one is interrupted."""
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
        engine = Engine(state, self._clock, self.version)
        app = engine.apps[self.api_key] = stored_app(state, self.api_key, self._script)
        engine.schedule_expirations(app)
        app_with_faults = FaultMiddleware(build_app(engine, self._timing, LOG), self.faults)
        config = uvicorn.Config(
            Recorder(app_with_faults, self.requests, show_keys=self._show_keys),
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
        self._engine, self._server = engine, HTTPServer(config, ready)
        try:
            await self._server.serve(sockets=[listener])
        finally:
            await engine.close()
            state.close()
