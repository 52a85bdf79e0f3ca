"""Bodies of responses are complete, limited in size, and read in time that grows with their length alone."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import (
    ConfigurationError,
    InternalServerError,
    PayloadTooLargeError,
    ResponseDecodeError,
)
from tests.client.modes import App, Mode, maybe_await
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

INFO = json.dumps({"name": "Bikes"}).encode()
RAW_DEFLATE = zlib.compressobj(wbits=-15)
ENCODED = {
    "gzip": ("gzip", gzip.compress(INFO)),
    "members": ("gzip", gzip.compress(INFO[:5]) + gzip.compress(INFO[5:])),
    "padded": ("gzip", gzip.compress(INFO) + b"\0\0"),
    "deflate": ("deflate", zlib.compress(INFO)),
    "raw deflate": ("deflate", RAW_DEFLATE.compress(INFO) + RAW_DEFLATE.flush()),
    "twice": ("gzip, GZIP", gzip.compress(gzip.compress(INFO))),
    "identity": ("identity", INFO),
}


def compressed(body: bytes, encoding: str = "gzip", status: int = 200) -> Answer:
    return Answer(status, body, headers={"Content-Encoding": encoding, "Content-Type": "application/octet-stream"})


@pytest.mark.parametrize(("encoding", "body"), ENCODED.values(), ids=ENCODED)
async def test_encoded_body_is_read(encoding: str, body: bytes, app: App, server: Server, tmp_path: Path) -> None:
    server.default = compressed(body, encoding)
    assert (await maybe_await(app.application.info())).name == "Bikes"
    assert await maybe_await(app.files.download("file-1")) == INFO
    await maybe_await(app.files.download("file-1", to=tmp_path / "file"))
    assert (tmp_path / "file").read_bytes() == INFO


@pytest.mark.parametrize(
    "answer", [compressed(gzip.compress(b"new" * 99_999)[:-9]), Answer(204, "")], ids=["cut", "204"]
)
async def test_incomplete_download_keeps_the_old_file(
    answer: Answer, make: Callable[..., App], server: Server, tmp_path: Path
) -> None:
    server.default = answer
    (path := tmp_path / "file").write_text("old")
    app = make(max_retries=0)
    with pytest.raises(ResponseDecodeError):
        await maybe_await(app.files.download("file-1", to=path))
    with pytest.raises(ResponseDecodeError):
        await maybe_await(app.files.download("file-1"))
    assert contents(tmp_path) == ["old"]


def contents(folder: Path) -> list[str]:
    return [file.read_text() for file in folder.iterdir()]


async def test_download_keeps_the_mode_of_the_file(app: App, server: Server, tmp_path: Path) -> None:
    server.default = Answer(200, b"new")
    (path := tmp_path / "file").write_text("old")
    path.chmod(0o600)
    await maybe_await(app.files.download("file-1", to=path))
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)


def bomb(size: int) -> bytes:
    """Return zeros, compressed twice."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    once = b"".join(compressor.compress(bytes(1 << 20)) for _ in range(size >> 20)) + compressor.flush()
    return gzip.compress(once)


BOMB = bomb(1 << 29)


async def test_decompressed_size_is_limited(app: App, server: Server, waits: list[float]) -> None:
    server.default = compressed(BOMB, "gzip, gzip")
    for call in (app.application.info, app.files.download):
        with pytest.raises(ResponseDecodeError, match="larger than 268435456 bytes"):
            await maybe_await(call(*("file-1",) * (call == app.files.download)))
    assert waits == []
    server.default = compressed(BOMB, "gzip, gzip", status=500)
    with pytest.raises(InternalServerError) as caught:
        await maybe_await(app.application.info())
    assert len(str(caught.value)) < 1000
    server.default = compressed(gzip.compress(INFO), "gzip, gzip, gzip, gzip")
    with pytest.raises(ResponseDecodeError, match="4 content encodings"):
        await maybe_await(app.application.info())


async def test_size_limit_is_adjustable(app: App, server: Server) -> None:
    server.default = Answer(200, b"x" * 1000)
    assert len(await maybe_await(app.with_options(max_response_size=1000).files.download("file-1"))) == 1000
    with pytest.raises(ResponseDecodeError, match="larger than 999 bytes"):
        await maybe_await(app.with_options(max_response_size=999).files.download("file-1"))


@pytest.mark.parametrize("size", [0, -1, 1.5, "9", True])
def test_invalid_size_limit_is_refused(size: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="max_response_size"):
        mode.client().with_options(max_response_size=size)


@pytest.mark.parametrize("piece", ["<style ", "<", "<script>", "&lt;", "<!--", "</style"])
async def test_error_page_is_read_in_linear_time(piece: str, make: Callable[..., App], server: Server) -> None:
    server.default = Answer(500, (piece * 500_000)[:900_000], headers={"Content-Type": "text/html"})
    started = time.process_time()
    with pytest.raises(InternalServerError):
        await maybe_await(make(max_retries=0).application.info())
    assert time.process_time() - started < 1


async def test_error_page_shows_its_text(make: Callable[..., App], server: Server) -> None:
    page = "<html><style>p {color: red}</style><script>if (a<b) {}</script><p>Bad <b>gateway</b> 3 < 4</p></html>"
    server.default = Answer(500, page, headers={"Content-Type": "text/html"})
    with pytest.raises(InternalServerError, match="500: Bad gateway 3 < 4"):
        await maybe_await(make(max_retries=0).application.info())


@pytest.mark.parametrize("use", ["application.info", "files.download", "to file"])
async def test_trickling_body_fails(use: str, make: Callable[..., App], server: Server, tmp_path: Path) -> None:
    server.default = Answer(200, b" " * 10_000, drip=0.01)
    app = make(max_retries=0, timeout=0.2)
    arguments: dict[str, Any] = {"to": tmp_path / "file"} if use == "to file" else {}
    call: Any = app.application.info if use == "application.info" else partial(app.files.download, "f", **arguments)
    with pytest.raises(ResponseDecodeError, match="the body has not ended"):
        await maybe_await(call())
    assert contents(tmp_path) == []


@pytest.mark.parametrize(
    "answer", [Answer(502, chunks=[b"Bad gateway"], cut=True), Answer(502, b"B" * 9999, drip=0.05)]
)
async def test_broken_error_page_keeps_its_status(
    answer: Answer, make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dify_chatflow._body.ERROR_SECONDS", 0.1)
    server.default = answer
    with pytest.raises(InternalServerError, match="502: B"):
        await maybe_await(make(max_retries=0).application.info())


async def test_silent_error_page_keeps_its_status(
    make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dify_chatflow._body.ERROR_SECONDS", 0.1)
    server.default = Answer(413, chunks=[b"too"], linger=True)
    with pytest.raises(PayloadTooLargeError, match="413: too"):
        await maybe_await(make(max_retries=0).application.info())
