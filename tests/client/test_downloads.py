"""Binary bodies in chunks, into open files, and with their progress."""

from __future__ import annotations

import io
from contextlib import aclosing, closing
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import APIConnectionError, AsyncChatflow, NotFoundError, ResponseDecodeError
from tests.client.modes import App, maybe_await, method, to_list
from tests.client.test_files import DOWNLOADS, download
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

AUDIO = {"Content-Type": "audio/mpeg"}
CONTENT = bytes(range(256)) * 1000
CUT = Answer(200, headers=AUDIO, chunks=[b"x" * 65_537] * 4, cut=True)
ITERATORS = ["files.iter_bytes", "audio.iter_bytes"]
BOTH = pytest.mark.parametrize("call", DOWNLOADS)


@BOTH
async def test_open_file_receives_the_body(call: str, app: App, server: Server, tmp_path: Path) -> None:
    server.default = Answer(200, CONTENT, headers=AUDIO)
    memory = io.BytesIO(b"head")
    memory.seek(0, io.SEEK_END)
    assert await maybe_await(download(app, call, memory)) is memory
    assert memory.getvalue() == b"head" + CONTENT
    with (tmp_path / "raw.bin").open("wb", buffering=0) as raw:
        assert await maybe_await(download(app, call, raw)) is raw
        assert not raw.closed
    assert (tmp_path / "raw.bin").read_bytes() == CONTENT


class Pipe(io.RawIOBase):
    """A file that cannot seek, and writes at most 1000 bytes at once."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        part = bytes(data[:1000])
        self.content += part
        return len(part)


async def test_file_that_cannot_seek_is_written_once(app: App, server: Server) -> None:
    server.default = Answer(200, CONTENT, headers=AUDIO)
    pipe = Pipe()
    await maybe_await(download(app, "files.download", pipe))
    assert pipe.content == CONTENT
    server.default = CUT
    with pytest.raises(APIConnectionError):
        await maybe_await(download(app, "files.download", pipe))
    assert len(server.requests) == 2
    assert pipe.content.startswith(CONTENT + b"x" * 65_537)


async def test_failed_attempt_is_cut_from_the_file(app: App, server: Server) -> None:
    server.answers, server.default = [CUT, CUT], Answer(200, b"good", headers=AUDIO)
    memory = io.BytesIO(b"head")
    memory.seek(4)
    await maybe_await(download(app, "files.download", memory))
    assert memory.getvalue() == b"headgood"
    server.default = CUT
    with pytest.raises(APIConnectionError):
        await maybe_await(download(app, "files.download", memory))
    assert memory.getvalue() == b"headgood"


class AsyncWriter:
    """An async file."""

    async def write(self, data: bytes) -> int:
        return len(data)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("to", "message"),
    [
        (io.StringIO(), "open it with mode 'wb'"),
        (AsyncWriter(), "write the chunks of iter_bytes"),
        (5, "cannot write a file to int; pass a path or an open binary file"),
    ],
)
@BOTH
async def test_unwritable_file_is_refused(call: str, to: Any, message: str, app: App, server: Server) -> None:
    with pytest.raises(TypeError, match=message):
        await maybe_await(download(app, call, to))
    assert server.requests == []


@pytest.mark.parametrize("call", ITERATORS)
async def test_body_is_iterated_in_chunks(call: str, app: App, server: Server) -> None:
    server.default = Answer(200, headers=AUDIO, chunks=[b"x" * 65_536] * 8)
    chunks = await to_list(method(app, call)("hello"))
    assert b"".join(chunks) == b"x" * 65_536 * 8
    assert len(chunks) > 2
    assert max(map(len, chunks)) <= 3 * 65_536


@pytest.mark.parametrize("call", ITERATORS)
async def test_iterator_raises_before_the_first_chunk(call: str, app: App, server: Server) -> None:
    missing = {"code": "not_found", "message": "gone", "status": 404}
    server.answers = [Answer(404, missing), Answer(200, missing), Answer(200, "null")]
    for error in (NotFoundError, ResponseDecodeError, ResponseDecodeError):
        chunks = method(app, call)("hello")
        with pytest.raises(error):
            await to_list(chunks)
    assert len(server.requests) == 3


async def test_iterator_raises_where_the_body_ends(app: App, server: Server) -> None:
    server.default = CUT
    seen: list[int] = []
    chunks = app.files.iter_bytes("file-1", on_progress=lambda received, _: seen.append(received))
    with pytest.raises(APIConnectionError):
        await to_list(chunks)
    assert len(server.requests) == 1
    assert 65_537 <= seen[-1] <= 4 * 65_537


@pytest.mark.filterwarnings("error")
async def test_closed_iterator_ends_the_response(app: App, server: Server) -> None:
    server.default = Answer(200, headers=AUDIO, chunks=[b"x" * 65_537] * 64, linger=True)
    if isinstance(app, AsyncChatflow):
        async with aclosing(app.files.iter_bytes("file-1")) as chunks:
            assert await anext(chunks)
    else:
        with closing(app.files.iter_bytes("file-1")) as opened:
            assert next(opened)
    server.default = Answer(200, b"next", headers=AUDIO)
    assert await maybe_await(app.files.download("file-1")) == b"next"


async def test_arguments_are_checked_without_iteration(app: App) -> None:
    with pytest.raises(ValueError, match="file_id"):
        app.files.iter_bytes("")
    with pytest.raises(ValueError, match="needs a text"):
        app.audio.iter_bytes()
    with pytest.raises(TypeError, match="did you mean"):
        method(app, "files.iter_bytes")("file-1", time_out=1)


@pytest.mark.parametrize("to", [None, "file", "path"])
@BOTH
async def test_progress_of_a_download_is_reported(
    call: str, to: str | None, app: App, server: Server, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None]] = []

    def note(received: int, size: int | None) -> None:
        seen.append((received, size))

    target = {None: None, "file": io.BytesIO(), "path": tmp_path / "copy.bin"}[to]
    server.default = Answer(200, CONTENT, headers=AUDIO)
    result = await maybe_await(method(app, call)("hello", to=target, on_progress=note))
    counts = [received for received, _ in seen]
    assert counts == sorted(set(counts))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert to is not None or result == CONTENT
    server.default = Answer(200, headers=AUDIO, chunks=[CONTENT])
    seen.clear()
    assert b"".join(await to_list(app.files.iter_bytes("file-1", on_progress=note))) == CONTENT
    assert (len(CONTENT), None) in seen
