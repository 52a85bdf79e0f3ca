"""The caller's own HTTP client: httpx, and httpx2, which has the same interface and different errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from dify_chatflow import (
    APIConnectionError,
    APITimeoutError,
    InternalServerError,
    NotFoundError,
    StreamInterruptedError,
)
from tests.client.modes import KEY, App, Mode, close, enter, maybe_await, to_list
from tests.contract.cases import COPIED, recordings
from tests.server import Answer, Server, refusing

pytestmark = pytest.mark.anyio

INFO = {"name": "Bikes"}
(STREAM,) = [case for case in recordings(COPIED) if case.name == "402_llm_stream"]


@pytest.fixture(params=[httpx, httpx2], ids=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> Any:
    """Both libraries."""
    return request.param


@pytest.fixture
async def http(mode: Mode, library: Any) -> AsyncIterator[Any]:
    """Return a caller's HTTP client with its own header and timeout."""
    kind = library.AsyncClient if mode.is_async else library.Client
    client = kind(headers={"X-Own": "yes", "Authorization": "Bearer own"}, timeout=0.2)
    yield client
    await maybe_await(client.aclose() if mode.is_async else client.close())


@pytest.fixture
def own(make: Callable[..., App], http: Any) -> App:
    """Return a client that uses the caller's HTTP client."""
    return make(http_client=http)


async def test_requests_use_own_client(own: App, server: Server) -> None:
    server.default = Answer(200, INFO)
    assert (await maybe_await(own.application.info())).name == "Bikes"
    headers = server.requests[0].headers
    assert (headers["x-own"], headers["authorization"]) == ("yes", f"Bearer {KEY}")


async def test_own_client_stays_open(own: App, http: Any, server: Server) -> None:
    await close(own)
    assert not http.is_closed
    server.default = Answer(200, INFO)
    response = await maybe_await(http.get(f"{server.base_url}/info"))
    assert response.json() == INFO


async def test_files_are_uploaded_and_downloaded(own: App, server: Server, tmp_path: Path) -> None:
    (path := tmp_path / "a.txt").write_bytes(b"content" * 20_000)
    server.answers = [
        Answer(201, {"id": "file-1", "name": "a.txt"}),
        Answer(200, headers={"Content-Type": "text/plain"}, chunks=[b"con", b"tent"]),
        Answer(200, headers={"Content-Type": "text/plain"}, chunks=[b"con"], cut=True),
    ]
    assert (await maybe_await(own.files.upload(path))).id == "file-1"
    assert b"content" * 20_000 in server.requests[0].body
    await maybe_await(own.files.download("file-1", to=tmp_path / "b.txt"))
    assert (tmp_path / "b.txt").read_bytes() == b"content"
    with pytest.raises(APIConnectionError):
        await maybe_await(own.with_options(max_retries=0).files.download("file-1", to=tmp_path / "c.txt"))
    assert not (tmp_path / "c.txt").exists()


async def test_streams_use_own_client(own: App, server: Server) -> None:
    server.reply(chunks=[STREAM.body.encode()], headers={"Content-Type": STREAM.content_type})
    async with enter(own.chat.stream("hello")) as stream:
        assert [event.to_dict() for event in await to_list(stream)] == STREAM.events()


async def test_interrupted_stream_raises_package_error(own: App, server: Server) -> None:
    chunk = STREAM.body.encode()[:500]
    server.reply(chunks=[chunk], headers={"Content-Type": STREAM.content_type}, cut=True)
    with pytest.raises(StreamInterruptedError):
        async with enter(own.chat.stream("hello")) as stream:
            await to_list(stream)


async def test_client_errors_become_package_errors(own: App, server: Server, waits: list[float]) -> None:
    server.answers = [Answer(503, ""), Answer(404, {"code": "not_found", "message": "gone", "status": 404})]
    with pytest.raises(NotFoundError):
        await maybe_await(own.application.info())
    assert len(waits) == 1
    server.default = Answer(drop=True)
    with pytest.raises(APIConnectionError) as caught:
        await maybe_await(own.chat.send("hello"))
    assert not isinstance(caught.value, APITimeoutError)
    assert len(server.requests) == 3


async def test_refused_connections_are_retried(make: Callable[..., App], http: Any, waits: list[float]) -> None:
    with refusing() as base_url, pytest.raises(APIConnectionError, match="ConnectError"):
        await maybe_await(make(base_url=base_url, http_client=http).chat.send("hello"))
    assert len(waits) == 2


async def test_own_timeout_is_kept_unless_set(make: Callable[..., App], http: Any, server: Server) -> None:
    server.default = Answer(hang=True)
    with pytest.raises(APITimeoutError, match="ReadTimeout"):
        await maybe_await(make(http_client=http, max_retries=0).application.info())
    with pytest.raises(APITimeoutError, match="ReadTimeout"):
        await maybe_await(make(http_client=http, max_retries=0, timeout=0.05).application.info())
    with pytest.raises(APITimeoutError, match="ReadTimeout"):
        await maybe_await(make(http_client=http, max_retries=0).with_options(timeout=0.05).application.info())
    assert len(server.requests) == 3


async def test_mocked_transport_works(mode: Mode, library: Any) -> None:
    def answer(request: Any) -> Any:
        return library.Response(200, json={"name": request.url.path})

    kind = library.AsyncClient if mode.is_async else library.Client
    transport = kind(transport=library.MockTransport(answer))
    async with enter(mode.client(base_url="http://nowhere.invalid/v1", http_client=transport)) as app:
        assert (await maybe_await(app.application.info())).name == "/v1/info"
    await maybe_await(transport.aclose() if mode.is_async else transport.close())


async def test_subclass_works(mode: Mode, library: Any, server: Server) -> None:
    base = library.AsyncClient if mode.is_async else library.Client
    Mine = type("Mine", (base,), {"__module__": __name__})  # noqa: N806 - a class of the caller's, in his own module
    server.default = Answer(drop=True)
    mine: Any = Mine()
    async with enter(mine) as http:
        app = mode.client(base_url=server.base_url, http_client=http, user="eve")
        with pytest.raises(APIConnectionError):
            await maybe_await(app.chat.send("hello"))
    assert len(server.requests) == 1


async def test_own_client_may_follow_redirects(mode: Mode, library: Any, server: Server) -> None:
    kind = library.AsyncClient if mode.is_async else library.Client
    server.answers = [Answer(307, "", headers={"Location": "/v1/moved"}), Answer(200, INFO)]
    async with enter(kind(follow_redirects=True)) as http:
        with pytest.warns(UserWarning, match="follows redirects"):
            app = mode.client(base_url=server.base_url, http_client=http)
        assert (await maybe_await(app.application.info())).name == "Bikes"
    assert [request.path for request in server.requests] == ["/v1/info", "/v1/moved"]


@pytest.mark.parametrize("status", [500, 502, 522])
async def test_proxy_html_has_status_error(status: int, own: App, server: Server) -> None:
    server.default = Answer(status, "<html>Bad gateway</html>", headers={"Content-Type": "text/html"})
    with pytest.raises(InternalServerError, match=f"{status}: Bad gateway"):
        await maybe_await(own.chat.send("hello"))
    assert len(server.requests) == 1
