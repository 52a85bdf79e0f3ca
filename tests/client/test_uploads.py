"""Uploads from web frameworks and async files, and the names of files without one."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import pytest
from starlette.datastructures import Headers, UploadFile

from dify_chatflow import AsyncChatflow
from tests.client.modes import KEY, App, maybe_await
from tests.client.test_files import CONTENT, parts, uploading
from tests.server import Server

pytestmark = pytest.mark.anyio


class FlaskUpload:
    """Werkzeug's `FileStorage`: other attributes are those of its stream, and `name` is that of the field."""

    def __init__(self, content: bytes, filename: str | None, content_type: str | None) -> None:
        self.name, self.stream, self.filename = "field", io.BytesIO(content), filename
        self.content_type = content_type

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class DjangoUpload:
    """Django's `UploadedFile`: `name` is that of the file, and there is no `filename`."""

    def __init__(self, content: bytes, name: str, content_type: str) -> None:
        self.file, self.name, self.content_type, self.size = io.BytesIO(content), name, content_type, len(content)
        self.read, self.seek, self.tell = self.file.read, self.file.seek, self.file.tell


@dataclass
class AiohttpUpload:
    """Aiohttp's `FileField`, which cannot be read itself."""

    name: str
    filename: str
    file: io.BytesIO
    content_type: str
    headers: dict[str, str] = field(default_factory=dict[str, str])


class SanicUpload(NamedTuple):
    """Sanic's `File`: a tuple in another order than that of a file tuple."""

    type: str
    body: bytes
    name: str


class TornadoUpload(dict[str, Any]):
    """Tornado's `HTTPFile`: a dict whose keys are attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def starlette_upload(filename: str | None = "bike.png") -> UploadFile:
    return UploadFile(io.BytesIO(CONTENT), filename=filename, headers=Headers({"content-type": "image/png"}))


UPLOADS: dict[str, Callable[[], Any]] = {
    "starlette": starlette_upload,
    "flask": lambda: FlaskUpload(CONTENT, "C:\\photos\\bike.png", "image/png"),
    "django": lambda: DjangoUpload(CONTENT, "bike.png", "image/png"),
    "aiohttp": lambda: AiohttpUpload("field", "bike.png", io.BytesIO(CONTENT), "image/png"),
    "sanic": lambda: SanicUpload("image/png", CONTENT, "bike.png"),
    "tornado": lambda: TornadoUpload(filename="bike.png", body=CONTENT, content_type="image/png"),
}


@pytest.mark.parametrize("framework", UPLOADS)
async def test_upload_of_a_framework_is_sent(framework: str, app: App, server: Server) -> None:
    uploading(server)
    await maybe_await(app.files.upload(UPLOADS[framework]()))
    await maybe_await(app.files.upload(("other.webp", UPLOADS[framework]())))
    await maybe_await(app.files.upload(UPLOADS[framework](), filename="mine.gif", mime_type="image/gif"))
    sent = [parts(request)["file"][1:] for request in server.requests]
    assert sent == [
        ("bike.png", "image/png", CONTENT),
        ("other.webp", "image/png", CONTENT),
        ("mine.gif", "image/gif", CONTENT),
    ]


async def test_upload_can_be_attached(app: App, server: Server) -> None:
    uploading(server)
    files = [starlette_upload(), UPLOADS["flask"](), ("bike.webp", UPLOADS["sanic"]())]
    await maybe_await(app.chat.send("what is this?", files=files))
    attached = server.requests[-1].json["files"]
    assert [file["upload_file_id"] for file in attached] == ["id-of-bike.png", "id-of-bike.png", "id-of-bike.webp"]


async def test_upload_without_name_is_named_by_type(app: App, server: Server) -> None:
    uploading(server)
    nameless: Any = FlaskUpload(b"%PDF-1.7", "", None)
    for upload in (starlette_upload(None), nameless):
        await maybe_await(app.files.upload(upload))
    assert [parts(request)["file"].filename for request in server.requests] == ["file.png", "file.pdf"]


class Slow:
    """An async reader without a name, which gives little at a time."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)

    async def read(self, size: int = -1) -> bytes:
        return self._stream.read(min(size, 10_000))


@pytest.mark.filterwarnings("error")
async def test_async_file_is_sent(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dify_chatflow._files.MEMORY_SIZE", 300_000)
    uploading(server)
    (path := tmp_path / "photo.png").write_bytes(CONTENT)
    large = bytes(400_000)
    seen: list[tuple[int, int | None]] = []
    async with AsyncChatflow(KEY, base_url=server.base_url, user="eve") as app:
        async with await anyio.open_file(path, "rb") as file:
            await app.files.upload(file)
        await app.files.upload(Slow(b"GIF89a"))
        await app.files.upload(
            ("a.bin", Slow(large), "image/x"), on_progress=lambda sent, size: seen.append((sent, size))
        )
        await app.chat.send("what is this?", files=[Slow(b"RIFF____WEBPVP8 ")])
    assert [parts(request)["file"][1:] for request in server.requests[:4]] == [
        ("photo.png", "image/png", CONTENT),
        ("file.gif", "image/gif", b"GIF89a"),
        ("a.bin", "image/x", large),
        ("file.webp", "image/webp", b"RIFF____WEBPVP8 "),
    ]
    assert seen[-1] == (len(large), len(large))


class Text:
    """An async file that is open in text mode."""

    async def read(self, _: int = -1) -> str:
        return "text"


@pytest.mark.filterwarnings("error")
async def test_async_text_is_refused(server: Server) -> None:
    text: Any = Text()
    async with AsyncChatflow(KEY, base_url=server.base_url, user="eve") as app:
        with pytest.raises(TypeError, match="open it with mode 'rb'"):
            await app.files.upload(text)
    assert server.requests == []


HEADS = {
    b"\x89PNG\r\n\x1a\n": "file.png",
    b"\xff\xd8\xff\xe0": "file.jpg",
    b"GIF89a": "file.gif",
    b"RIFF\x00\n\x00\x00WEBPVP8 ": "file.webp",
    b"RIFF\x00\n\x00\x00WAVEfmt ": "file.wav",
    b"RIFF\x00\n\x00\x00AVI ": "file.bin",
    b"%PDF-1.7": "file.pdf",
    b"ID3\x04": "file.mp3",
    b"\xff\xfb\x90": "file.mp3",
    b"OggS\x00": "file.ogg",
    b"fLaC\x00": "file.flac",
    b"\x00\x00\x00 ftypM4A \x00": "file.m4a",
    b"\x00\x00\x00 ftypisom": "file.mp4",
    b"\x00\x00\x00 ftypheic": "file.bin",
    b"": "file.bin",
}


async def test_file_without_name_is_named_by_content(app: App, server: Server) -> None:
    uploading(server)
    for head, name in HEADS.items():
        moved = io.BytesIO(head)
        moved.seek(0, io.SEEK_END)
        server.requests.clear()
        for file in (head, bytearray(head), io.BytesIO(head), moved):
            await maybe_await(app.files.upload(file))
        assert {parts(request)["file"][1::2] for request in server.requests} == {(name, head)}


@pytest.mark.parametrize(
    ("head", "mime_type", "name"),
    [
        (b"RIFF\x00\n\x00\x00WAVEfmt ", None, "speech.wav"),
        (b"anything", None, "speech.mp3"),
        (b"anything", "audio/mp3", "speech.mp3"),
    ],
)
async def test_speech_without_name_is_named_by_content(
    head: bytes, mime_type: str | None, name: str, app: App, server: Server
) -> None:
    server.reply(body={"text": "hello"})
    await maybe_await(app.audio.transcribe(head, mime_type=mime_type))
    assert parts(server.requests[0])["file"].filename == name
