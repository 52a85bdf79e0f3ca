"""Fixtures of the client's tests: a scripted server, sync and async clients, and sleeps that return at once."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from typing import Any

import pytest

from tests.client.modes import App, Mode, close
from tests.server import Server, running

SLEEP = {"_async": "async_sleep", "_sync": "sleep"}


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Return the event loop of the tests."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def certificates() -> Iterator[None]:
    """Load the certificates once: they take longer than a test, and no test uses TLS."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """Both modes, one after the other."""
    return Mode(request.param)


@pytest.fixture
def server() -> Iterator[Server]:
    """Run a scripted server."""
    with running() as server:
        yield server


@pytest.fixture
async def make(mode: Mode, server: Server) -> AsyncIterator[Callable[..., App]]:
    """Make clients of the server; they are closed at the end."""
    made: list[App] = []

    def client(**options: Any) -> App:
        made.append(mode.client(**{"base_url": server.base_url, "user": "abc-123", **options}))
        return made[-1]

    yield client
    for app in made:
        await close(app)


@pytest.fixture
def app(make: Callable[..., App]) -> App:
    """Return a client of the server."""
    return make()


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Collect the seconds that the client would have waited."""
    waited: list[float] = []

    async def later(seconds: float) -> None:
        waited.append(seconds)

    for package, name in SLEEP.items():
        resources = ("resources.annotations", "resources.chat", "resources.downloads")
        for module in ("session", "recovery", "waiting", *resources):
            fake = later if package == "_async" else waited.append
            monkeypatch.setattr(f"dify_chatflow.{package}.{module}.{name}", fake)
    return waited


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings and no proxies of the machine."""
    for name in ("DIFY_API_KEY", "DIFY_BASE_URL", "DIFY_LOG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture(autouse=True)
def short_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait only shortly for the end of a connection that a test leaves open."""
    for name in ("CLOSE_TIMEOUT", "GRACE_TIMEOUT"):
        monkeypatch.setattr(f"dify_chatflow._streaming.lifecycle.{name}", 0.05)
