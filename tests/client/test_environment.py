"""Proxies and certificates of the environment, forked processes, event loops, and own HTTP clients."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import trio
import trustme

from dify_chatflow import (
    APIConnectionError,
    AsyncChatflow,
    Chatflow,
    ConfigurationError,
    DefaultAsyncClient,
    DefaultClient,
)
from tests.client.modes import KEY, App, Mode, close, maybe_await
from tests.client.replay import connections_to
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

INFO = {"name": "Bikes"}
PROXIES = ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxies and certificates of the machine."""
    for name in (*PROXIES, *map(str.lower, PROXIES), "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "foo://proxy.local"),
        ("HTTP_PROXY", "foo://ada:s3cret@proxy.local"),
        ("https_proxy", "http://[::1"),
        ("HTTP_PROXY", "http://proxy.local:port"),
    ],
)
async def test_unusable_variable_is_named(
    name: str, value: str, make: Callable[..., App], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as caught:
        await maybe_await(make().application.info())
    assert "s3cret" not in str(caught.value)


UNCACHED = ssl.create_default_context


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSLKEYLOGFILE"])
async def test_unusable_certificates_fail_only_with_tls(
    name: str, make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssl, "create_default_context", UNCACHED)
    monkeypatch.setenv(name, "/nowhere/file")
    server.default = Answer(200, INFO)
    assert (await maybe_await(make().application.info())).name == "Bikes"
    with pytest.raises(ConfigurationError, match=name):
        await maybe_await(make(base_url=server.base_url.replace("http", "https")).application.info())


@pytest.fixture(scope="module")
def authority() -> Any:
    return trustme.CA()


@pytest.fixture(scope="module")
def encrypted(authority: Any) -> Generator[str]:
    """Yield the URL of a server with TLS, whose certificate the authority has issued."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(INFO).encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
            """Write nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"https://localhost:{server.server_port}/v1"
        server.shutdown()
        thread.join()


async def test_certificates_of_the_environment_are_trusted(
    encrypted: str, authority: Any, make: Callable[..., App], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(APIConnectionError, match="is not trusted; set SSL_CERT_FILE"):
        await maybe_await(make(base_url=encrypted).application.info())
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    app = make(base_url=encrypted)
    assert [(await maybe_await(app.application.info())).name for _ in range(2)] == ["Bikes", "Bikes"]


async def test_own_tls_settings_replace_the_environment(
    mode: Mode, encrypted: str, authority: Any, make: Callable[..., App]
) -> None:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    kind: Any = DefaultAsyncClient if mode.is_async else DefaultClient
    for verify in (context, False):
        http = kind(verify=verify)
        assert (await maybe_await(make(base_url=encrypted, http_client=http).application.info())).name == "Bikes"
        await maybe_await(http.aclose() if mode.is_async else http.close())


def no_spec(_: str) -> None:
    """Find no package."""


async def test_socks_proxy_names_the_missing_package(make: Callable[..., App], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dify_chatflow._http.find_spec", no_spec)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(ConfigurationError, match=r"ALL_PROXY .* httpx\[socks\]"):
        await maybe_await(make().application.info())


async def test_range_in_no_proxy_is_named(make: Callable[..., App], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "::1,fe80::/10")
    with pytest.raises(ConfigurationError, match="NO_PROXY"):
        await maybe_await(make().application.info())


@pytest.mark.parametrize(
    "no_proxy", ["127.0.0.1", "*", "localhost, 127.0.0.1,::1,.local", "127.0.0.1/32,http://127.0.0.1"]
)
async def test_no_proxy_is_respected(
    no_proxy: str, make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = Answer(200, INFO)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    app = make(max_retries=0)
    with pytest.raises(APIConnectionError):
        await maybe_await(app.application.info())
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert (await maybe_await(make(max_retries=0).application.info())).name == "Bikes"


async def test_requests_pass_the_proxy(
    make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = Answer(200, INFO)
    monkeypatch.setenv("HTTP_PROXY", server.base_url.removesuffix("/v1"))
    app = make(base_url="http://dify.local/v1")
    assert (await maybe_await(app.application.info())).name == "Bikes"
    assert server.requests[0].headers["host"] == "dify.local"


async def test_default_client_takes_options_and_environment(
    mode: Mode, make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = Answer(200, INFO)
    kind: Any = DefaultAsyncClient if mode.is_async else DefaultClient
    for http in (kind(), kind(proxy=server.base_url.removesuffix("/v1")), kind(verify=False, http1=True)):
        assert http.timeout == httpx.Timeout(300, connect=5)
        assert (await maybe_await(make(http_client=http).application.info())).name == "Bikes"
        await maybe_await(http.aclose() if mode.is_async else http.close())
    monkeypatch.setenv("HTTP_PROXY", "foo://x")
    with pytest.raises(ConfigurationError, match="HTTP_PROXY"):
        kind()
    kind(trust_env=False)


async def test_connections_are_kept_alive_by_tcp(app: App, server: Server) -> None:
    server.default = Answer(200, INFO)
    raw: Any = app.raw
    await maybe_await(raw.application.info())
    session: Any = app._session  # pyright: ignore[reportPrivateUsage]
    http: Any = session.pool.http
    request = http.build_request("GET", f"{server.base_url}/info")
    response = await maybe_await(http.send(request, stream=True))
    found = response.extensions["network_stream"].get_extra_info("socket")
    assert found.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    await maybe_await(response.aclose() if hasattr(response.stream, "__aiter__") else response.close())


async def test_idle_connection_is_dropped_before_servers_do(app: App, server: Server) -> None:
    server.default = Answer(200, INFO)
    await maybe_await(app.application.info())
    await maybe_await(app.application.info())
    assert server.connections == 1
    time.sleep(1.6)  # noqa: ASYNC251 - nothing else runs
    await maybe_await(app.application.info())
    assert server.connections == 2


async def test_own_client_without_timeout_gets_ours(mode: Mode, make: Callable[..., App], server: Server) -> None:
    kind: Any = httpx.AsyncClient if mode.is_async else httpx.Client
    seen: list[Any] = []
    for options in ({}, {"timeout": 5.0}, {"timeout": 7.0}, {"timeout": None}):
        hook = note_async if mode.is_async else note
        http = kind(event_hooks={"request": [partial(hook, seen)]}, **options)
        server.default = Answer(200, INFO)
        await maybe_await(make(http_client=http).application.info())
        await maybe_await(http.aclose() if mode.is_async else http.close())
    assert [timeouts["read"] for timeouts in seen] == [300.0, 300.0, 7.0, None]


def note(seen: list[Any], request: httpx.Request) -> None:
    seen.append(request.extensions["timeout"])


async def note_async(seen: list[Any], request: httpx.Request) -> None:
    seen.append(request.extensions["timeout"])


def test_own_client_that_follows_redirects_warns(mode: Mode) -> None:
    http: Any = (httpx.AsyncClient if mode.is_async else httpx.Client)(follow_redirects=True)
    with pytest.warns(UserWarning, match="follows redirects"):
        mode.client(http_client=http)


def fork_and_ask(app: Chatflow, count: int) -> list[str]:
    """Ask in a forked process and return the answers."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            user = f"child-{os.getpid()}"
            answers = [app.with_options(user=user).chat.send("hello").answer == user for _ in range(count)]
            os.write(writing, b"".join(b"1" if answer else b"0" for answer in answers))
        except BaseException as error:  # noqa: BLE001 - the parent reports it
            os.write(writing, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    return [str(pid), str(reading)]


def collect(child: list[str]) -> str:
    """Return what a child process reported."""
    pid, reading = map(int, child)
    os.waitpid(pid, 0)
    report = os.read(reading, 4096).decode()
    os.close(reading)
    return report


def own_answer(request: Received) -> Answer:
    return Answer(200, {"answer": request.json["user"]})


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
def test_forked_processes_have_their_own_connections(server: Server) -> None:
    server.default = own_answer
    with Chatflow(KEY, base_url=server.base_url, user="parent") as app:
        assert app.chat.send("hello").answer == "parent"
        children = [fork_and_ask(app, 20) for _ in range(2)]
        assert {app.chat.send("hello").answer for _ in range(20)} == {"parent"}
        assert [collect(child) for child in children] == ["1" * 20] * 2


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
def test_own_client_is_refused_after_fork(server: Server) -> None:
    server.default = own_answer
    with httpx.Client() as http:
        app = Chatflow(KEY, base_url=server.base_url, user="parent", http_client=http)
        app.chat.send("hello")
        assert collect(fork_and_ask(app, 1)).startswith("ConfigurationError: http_client was used in another process")


@pytest.fixture
def unclosed() -> Iterator[None]:
    """Ignore the connections that an event loop left open at its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


@pytest.mark.usefixtures("unclosed")
def test_client_works_in_successive_event_loops(server: Server) -> None:
    server.default = Answer(200, INFO)
    app = AsyncChatflow(KEY, base_url=server.base_url)

    async def ask() -> str:
        return (await app.application.info()).name

    assert [asyncio.run(ask()), asyncio.run(ask()), trio.run(ask), trio.run(ask)] == ["Bikes"] * 4
    asyncio.run(close(app))


@pytest.mark.usefixtures("unclosed")
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_connections_of_ended_loops_are_closed(backend: str, server: Server) -> None:
    server.default = Answer(200, INFO)
    app = AsyncChatflow(KEY, base_url=server.base_url)

    async def ask() -> None:
        await app.application.info()

    port = httpx.URL(server.base_url).port or 0
    for _ in range(3):
        anyio.run(ask, backend=backend)
    assert connections_to(port) == 1
    asyncio.run(close(app))
    assert connections_to(port) == 0


@pytest.mark.usefixtures("unclosed")
def test_client_works_in_event_loops_of_threads(server: Server) -> None:
    server.default = Answer(200, INFO)
    app = AsyncChatflow(KEY, base_url=server.base_url)
    names: list[str] = []

    async def ask() -> None:
        for _ in range(10):
            names.append((await app.application.info()).name)  # noqa: PERF401 - one request after the other

    threads = [threading.Thread(target=lambda: asyncio.run(ask())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert names == ["Bikes"] * 40
    asyncio.run(close(app))


@pytest.mark.usefixtures("unclosed")
def test_own_client_is_refused_in_another_loop(server: Server) -> None:
    server.default = Answer(200, INFO)
    app = AsyncChatflow(KEY, base_url=server.base_url, http_client=httpx.AsyncClient())

    async def ask() -> None:
        await app.application.info()

    asyncio.run(ask())
    with pytest.raises(ConfigurationError, match="http_client was used in another event loop"):
        asyncio.run(ask())


async def test_certificate_failure_is_not_retried(mode: Mode, make: Callable[..., App], waits: list[float]) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("failed") from ssl.SSLCertVerificationError("self-signed certificate")

    transport = httpx.MockTransport(refuse)
    http: Any = (httpx.AsyncClient if mode.is_async else httpx.Client)(transport=transport)
    with pytest.raises(APIConnectionError):
        await maybe_await(make(http_client=http).application.info())
    assert waits == []
