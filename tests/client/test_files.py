"""Uploads with name, type and streaming; downloads that are complete or absent."""

from __future__ import annotations

import asyncio
import errno
import gzip
import io
import mimetypes
import os
import re
import stat
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dify_chatflow import (
    APIConnectionError,
    AsyncChatflow,
    DifyError,
    NotFoundError,
    PayloadTooLargeError,
    ResponseDecodeError,
    UploadedFile,
)
from dify_chatflow._download import Download
from dify_chatflow._files import Progress
from dify_chatflow.models import Attachment
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.file_upload_response import FileUploadResponse
from tests.client.modes import KEY, App, enter, maybe_await, method, to_list
from tests.contract.cases import COPIED, recordings
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

CONTENT = bytes(range(256)) * 1000
(UPLOADED,) = [case.body for case in recordings(COPIED) if case.name == "082_upload_png"]
ANSWER: dict[str, Any] = {"event": "message", "answer": "hi", "metadata": {}}


class Part(NamedTuple):
    """A part of a multipart body."""

    name: str
    filename: str
    mime_type: str
    content: bytes


def parts(received: Received) -> dict[str, Part]:
    """Return the parts of a multipart body by name."""
    (boundary,) = re.findall(r"boundary=(\S+)", received.headers["content-type"])
    found: dict[str, Part] = {}
    for raw in received.body.split(f"--{boundary}".encode())[1:-1]:
        head, _, content = raw.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        (name,) = re.findall(r'; name="([^"]*)"', head.decode())
        filename = re.findall(r'; filename="([^"]*)"', head.decode())
        kind = re.findall(r"Content-Type: (\S+)", head.decode())
        part = Part(name, filename[0] if filename else "", kind[0] if kind else "", content.removesuffix(b"\r\n"))
        found[name] = part
    return found


def uploading(server: Server) -> None:
    """Accept every upload with the record that a server returns."""

    def answer(received: Received) -> Answer:
        if received.path.endswith("/chat-messages"):
            return Answer(200, ANSWER)
        if "/form/" in received.path:
            return Answer(200, {})
        part = parts(received)["file"]
        said = {"id": f"id-of-{part.filename}", "name": part.filename, "mime_type": part.mime_type}
        return Answer(201, {**UPLOADED, **said, "size": len(part.content)})

    server.default = answer


class OnlyReads:
    """A file-like that can be read, and nothing else."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)


def named_file_like(_: Path) -> Any:
    named: Any = io.BytesIO(CONTENT)
    named.name = "named.png"
    return named


def compressed(path: Path) -> Any:
    """Return an open file whose descriptor's size is not that of its content."""
    with gzip.open(path.with_suffix(".gz"), "wb") as target:
        target.write(CONTENT)
    return gzip.open(path.with_suffix(".gz"), "rb")


PNG, GUESSED = ("photo.png", "image/png"), ("file.bin", "application/octet-stream")
# How the content is given, the name and type the server should see, and whether the size is known.
FORMS: dict[str, tuple[Callable[[Path], Any], tuple[str, str], bool]] = {
    "path": (lambda path: path, PNG, True),
    "text path": (str, PNG, True),
    "bytes": (lambda _: CONTENT, GUESSED, True),
    "bytearray": (lambda _: bytearray(CONTENT), GUESSED, True),
    "open file": (lambda path: path.open("rb"), PNG, True),
    "named file-like": (named_file_like, ("named.png", "image/png"), True),
    "nameless file-like": (lambda _: io.BytesIO(CONTENT), GUESSED, True),
    "only reads": (lambda _: OnlyReads(CONTENT), GUESSED, False),
    "compressed": (compressed, ("photo.gz", "application/octet-stream"), True),
}


def noting(seen: list[tuple[int, int | None]]) -> Progress:
    def note(sent: int, size: int | None) -> None:
        seen.append((sent, size))

    return note


@pytest.mark.parametrize("progress", [False, True])
@pytest.mark.parametrize("form", FORMS)
async def test_every_file_type_is_uploaded_completely(
    form: str, progress: bool, app: App, server: Server, tmp_path: Path
) -> None:
    (path := tmp_path / "photo.png").write_bytes(CONTENT)
    uploading(server)
    give, (name, kind), size_known = FORMS[form]
    file = give(path)
    seen: list[tuple[int, int | None]] = []
    uploaded = await maybe_await(app.files.upload(file, on_progress=noting(seen) if progress else None))
    arrived = parts(server.requests[0])
    assert arrived["file"] == ("file", name, kind, CONTENT)
    assert arrived["user"].content == b"abc-123"
    assert isinstance(uploaded, UploadedFile)
    assert uploaded.size == len(CONTENT)
    if progress:
        sent = [count for count, _ in seen]
        assert sent == sorted(set(sent))
        assert sent[-1] == len(CONTENT)
        assert {size for _, size in seen} == {len(CONTENT) if size_known else None}
        assert max(after - before for before, after in zip([0, *sent], sent, strict=False)) <= 65536
    assert ("content-length" in server.requests[0].headers) is size_known
    if hasattr(file, "closed"):
        assert not file.closed, "the caller's file stays open"
        file.close()


async def test_pipe_is_sent_completely(app: App, server: Server) -> None:
    uploading(server)
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(CONTENT)

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(reading, "rb") as pipe:
        await maybe_await(app.files.upload(pipe, filename="pipe.txt"))
    writer.join()
    assert parts(server.requests[0])["file"] == ("file", "pipe.txt", "text/plain", CONTENT)


async def test_name_and_type_can_be_set(app: App, server: Server, tmp_path: Path) -> None:
    (path := tmp_path / "photo.png").write_bytes(b"x")
    uploading(server)
    await maybe_await(app.files.upload(path, filename="notes.md", mime_type="text/x-notes"))
    assert parts(server.requests[0])["file"][1:3] == ("notes.md", "text/x-notes")


async def test_empty_file_is_sent(app: App, server: Server) -> None:
    uploading(server)
    seen: list[tuple[int, int | None]] = []
    await maybe_await(app.files.upload(b"", filename="empty.txt", on_progress=noting(seen)))
    assert parts(server.requests[0])["file"] == ("file", "empty.txt", "text/plain", b"")
    assert seen == []


async def test_file_name_may_hold_any_character(app: App, server: Server) -> None:
    uploading(server)
    await maybe_await(app.files.upload(b"x", filename='Zürich "2026"\r\nX: y.png'))
    body = server.requests[0].body
    assert 'filename="Zürich %222026%22%0D%0AX: y.png"'.encode() in body


@pytest.mark.parametrize("call", ["files.upload", "audio.transcribe"])
async def test_invalid_file_is_refused_before_requests(call: str, app: App, server: Server, tmp_path: Path) -> None:
    from tests.client.modes import method

    (path := tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    send = method(app, call)
    with pytest.raises(FileNotFoundError, match="missing"):
        await maybe_await(send(tmp_path / "missing.png"))
    with pytest.raises(IsADirectoryError, match="is a directory; pass a file"):
        await maybe_await(send(tmp_path))
    for name in ("", "  "):
        with pytest.raises(ValueError, match="pass filename="):
            await maybe_await(send(b"x", filename=name))
    with path.open(encoding="utf-8") as text, pytest.raises(TypeError, match="open it with mode 'rb'"):
        await maybe_await(send(text))
    with pytest.raises(TypeError, match="cannot read a file from int"):
        await maybe_await(send(5))
    assert server.requests == []


class Awaited:
    """An async file."""

    async def read(self, _: int = -1) -> bytes:
        return b""


@pytest.mark.filterwarnings("error")
async def test_async_file_needs_an_async_client(app: App, server: Server) -> None:
    uploading(server)
    if isinstance(app, AsyncChatflow):
        assert (await app.files.upload(Awaited())).size == 0
        return
    with pytest.raises(TypeError, match="pass its path, or the bytes"):
        app.files.upload(Awaited())
    assert server.requests == []


@pytest.mark.parametrize("files", ["photo.png", b"content", Path("photo.png"), {"type": "image"}, io.BytesIO(b"x"), 5])
async def test_single_file_instead_of_list_is_refused(files: Any, app: App, server: Server) -> None:
    with pytest.raises(TypeError, match=r"files must be a list; pass files=\[\.\.\.\]"):
        await maybe_await(app.chat.send("what is this?", files=files))
    assert server.requests == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("a.webp", "image/webp"), ("a.PNG", "image/png"), ("a.docx", "application/vnd.openxmlformats-")),
        *(("a.md", "text/markdown"), ("a.xlsx", "application/vnd.openxmlformats-"), ("a.m4a", "audio/m4a")),
        *(("a.flac", "audio/flac"), ("a", "application/octet-stream"), ("a.no-such", "application/octet-stream")),
    ],
)
async def test_types_are_guessed_without_system_tables(
    name: str, kind: str, app: App, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = mimetypes.MimeTypes(filenames=())
    monkeypatch.setattr(mimetypes, "guess_type", bare.guess_type)
    uploading(server)
    await maybe_await(app.files.upload(b"x", filename=name))
    assert parts(server.requests[0])["file"].mime_type.startswith(kind)


async def test_too_large_file_has_its_own_error(app: App, server: Server) -> None:
    server.reply(413, {"code": "file_too_large", "message": "too large", "status": 413})
    with pytest.raises(PayloadTooLargeError):
        await maybe_await(app.files.upload(CONTENT, filename="a.png"))


@pytest.mark.parametrize(
    ("file", "filename", "name", "kind"),
    [
        (b"x", None, "speech.mp3", "audio/mp3"),
        (b"x", "a.mp3", "a.mp3", "audio/mp3"),
        (b"x", "a.wav", "a.wav", "audio/wav"),
        (b"x", "a.m4a", "a.m4a", "audio/m4a"),
        (b"x", "a.mp4", "a.mp4", "audio/m4a"),
    ],
)
async def test_speech_type_is_the_server_name(
    file: bytes, filename: str | None, name: str, kind: str, app: App, server: Server
) -> None:
    server.reply(body={"text": "hello"})
    assert (await maybe_await(app.audio.transcribe(file, filename=filename))).text == "hello"
    assert parts(server.requests[0])["file"][1:3] == (name, kind)


async def test_explicit_speech_type_is_kept(app: App, server: Server) -> None:
    server.reply(body={"text": "hello"})
    await maybe_await(app.audio.transcribe(b"x", filename="a.mp3", mime_type="audio/mpeg"))
    assert parts(server.requests[0])["file"].mime_type == "audio/mpeg"


LOCAL = {"transfer_method": "local_file"}


async def test_chat_attaches_uploads_urls_and_objects(app: App, server: Server) -> None:
    uploading(server)
    photo = await maybe_await(app.files.upload(b"x", filename="photo.png"))
    plain = FileUploadResponse.from_dict(photo.to_dict())
    given = FileInput(type_="video", transfer_method="remote_url", url="http://localhost/film.mp4")
    files: list[Attachment] = [
        photo,
        plain,
        given,
        {"type": "audio", **LOCAL, "upload_file_id": "9"},
        "https://localhost/a/b.pdf?v=1",
    ]
    await maybe_await(app.chat.send("what is this?", files=files))
    assert server.requests[-1].json["files"] == [
        {"type": "image", **LOCAL, "upload_file_id": photo.id},
        {"type": "image", **LOCAL, "upload_file_id": photo.id},
        {"type": "video", "transfer_method": "remote_url", "url": "http://localhost/film.mp4"},
        {"type": "audio", **LOCAL, "upload_file_id": "9"},
        {"type": "document", "transfer_method": "remote_url", "url": "https://localhost/a/b.pdf?v=1"},
    ]
    assert len(server.requests) == 2


@pytest.mark.parametrize("name", ["send", "stream"])
async def test_chat_uploads_paths_and_open_files(name: str, app: App, server: Server, tmp_path: Path) -> None:
    uploading(server)
    (path := tmp_path / "photo.png").write_bytes(b"x")
    (tmp_path / "notes.md").write_bytes(b"y")
    with (tmp_path / "notes.md").open("rb") as notes:
        call = getattr(app.chat, name)("what is this?", files=[str(path), notes, b"z"], user="eve")
        if name == "send":
            await maybe_await(call)
        else:
            with pytest.raises(ResponseDecodeError, match="not an event stream"):
                async with enter(call) as stream:
                    await to_list(stream)
    assert [request.path for request in server.requests] == ["/v1/files/upload"] * 3 + ["/v1/chat-messages"]
    assert {parts(request)["user"].content for request in server.requests[:3]} == {b"eve"}
    assert server.requests[-1].json["files"] == [
        {"type": "image", **LOCAL, "upload_file_id": "id-of-photo.png"},
        {"type": "document", **LOCAL, "upload_file_id": "id-of-notes.md"},
        {"type": "custom", **LOCAL, "upload_file_id": "id-of-file.bin"},
    ]


async def test_failed_upload_sends_no_query(app: App, server: Server) -> None:
    server.default = Answer(415, {"code": "unsupported_file_type", "message": "no", "status": 415})
    with pytest.raises(DifyError):
        await maybe_await(app.chat.send("what is this?", files=[b"x"]))
    with pytest.raises(FileNotFoundError):
        await maybe_await(app.chat.send("what is this?", files=["missing.png"]))
    assert [request.path for request in server.requests] == ["/v1/files/upload"]


async def test_uploaded_files_can_be_inputs(app: App, server: Server) -> None:
    uploading(server)
    photo = await maybe_await(app.files.upload(b"x", filename="photo.png"))
    inputs = {"photo": photo, "all": [photo, photo.attachment], "plain": {"a": [1]}, "none": None}
    await maybe_await(app.chat.send("compare", inputs=inputs))
    await maybe_await(app.human_input.submit("token", "go", inputs={"photo": photo}))
    attached = {"type": "image", **LOCAL, "upload_file_id": photo.id}
    assert server.requests[1].json["inputs"] == {
        "photo": attached,
        "all": [attached, attached],
        "plain": {"a": [1]},
        "none": None,
    }
    assert server.requests[2].json["inputs"] == {"photo": attached}


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


DOWNLOADS = ["files.download", "audio.speak"]


def download(app: App, call: str, to: Any) -> Any:
    return method(app, call)("file-1" if call == "files.download" else "hello", to=to)


@pytest.mark.parametrize("call", DOWNLOADS)
async def test_download_is_renamed_when_complete(call: str, app: App, server: Server, tmp_path: Path) -> None:
    (target := tmp_path / "copy.bin").write_bytes(b"old")
    server.reply(headers={"Content-Type": "audio/mpeg"}, chunks=[b"x" * 65536] * 256)
    tracemalloc.start()
    written = await maybe_await(download(app, call, str(target)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written == target
    assert target.stat().st_size == 65536 * 256
    assert peak < 4_000_000, "the body is not held in memory"
    assert files_in(tmp_path) == [target.name]


async def test_download_has_usual_permissions(app: App, server: Server, tmp_path: Path) -> None:
    server.reply(headers={"Content-Type": "text/plain"}, body=b"x")
    await maybe_await(app.files.download("file-1", to=tmp_path / "copy.txt"))
    (tmp_path / "plain.txt").write_bytes(b"x")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "copy.txt", tmp_path / "plain.txt")}
    assert len(modes) == 1, "as any other file its owner writes"


@pytest.mark.parametrize("call", DOWNLOADS)
async def test_download_without_path_returns_bytes(call: str, app: App, server: Server) -> None:
    server.reply(headers={"Content-Type": "audio/mpeg"}, body=CONTENT)
    assert await maybe_await(download(app, call, None)) == CONTENT


@pytest.mark.parametrize(("headers", "size"), [({}, len(CONTENT)), ({"content-encoding": "gzip"}, None)])
async def test_download_reports_its_progress(
    headers: dict[str, str], size: int | None, app: App, server: Server, tmp_path: Path
) -> None:
    body = gzip.compress(CONTENT) if headers else CONTENT
    server.default = lambda _: Answer(200, body, headers=headers)
    seen: list[tuple[int, int | None]] = []
    await maybe_await(app.files.download("file-1", to=tmp_path / "copy.txt", on_progress=noting(seen)))
    assert seen[-1] == (len(CONTENT), size)
    await maybe_await(app.files.download("file-1", on_progress=noting(seen)))
    assert seen[-1] == (len(CONTENT), size)


@pytest.mark.parametrize("call", DOWNLOADS)
async def test_interrupted_download_leaves_no_file(call: str, app: App, server: Server, tmp_path: Path) -> None:
    (target := tmp_path / "copy.bin").write_bytes(b"old")
    server.default = Answer(200, headers={"Content-Type": "audio/mpeg"}, chunks=[b"x" * 1000], cut=True)
    with pytest.raises(APIConnectionError):
        await maybe_await(download(app, call, target))
    server.answers.clear()
    server.default = Answer(404, {"code": "not_found", "message": "gone", "status": 404})
    with pytest.raises(NotFoundError, match="gone"):
        await maybe_await(download(app, call, target))
    server.default = Answer(200, "null")
    with pytest.raises(ResponseDecodeError, match="no content"):
        await maybe_await(download(app, call, target))
    with pytest.raises(ResponseDecodeError, match="no content"):
        await maybe_await(download(app, call, None))
    assert target.read_bytes() == b"old"
    assert files_in(tmp_path) == [target.name]


@pytest.mark.parametrize("call", DOWNLOADS)
async def test_full_disk_leaves_no_file(
    call: str, app: App, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.FileIO):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    server.default = Answer(200, CONTENT, headers={"Content-Type": "audio/mpeg"})
    really_open = Path.open

    def opened(path: Path, mode: str = "r", **options: Any) -> Any:
        return io.BufferedWriter(Full(path, mode)) if mode == "xb" else really_open(path, mode, **options)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(OSError, match="No space left"):
        await maybe_await(download(app, call, tmp_path / "copy.bin"))
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("call", DOWNLOADS)
async def test_download_name_may_be_long(call: str, app: App, server: Server, tmp_path: Path) -> None:
    server.default = Answer(200, CONTENT, headers={"Content-Type": "audio/mpeg"})
    target = tmp_path / ("n" * 255)
    assert (await maybe_await(download(app, call, target))).read_bytes() == CONTENT


@pytest.mark.parametrize("call", DOWNLOADS)
async def test_cancelled_download_leaves_no_file(
    call: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    def note(*_: object) -> None:
        begun.set()

    monkeypatch.setattr(Download, "write", note)
    server.default = Answer(200, headers={"Content-Type": "audio/mpeg"}, chunks=[CONTENT], linger=True)
    (target := tmp_path / "copy.bin").write_bytes(b"old")
    async with AsyncChatflow(KEY, base_url=server.base_url, user="eve") as app:
        task = asyncio.create_task(download(app, call, target))
        await begun.wait()
        assert len(files_in(tmp_path)) == 2
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert target.read_bytes() == b"old"
    assert files_in(tmp_path) == [target.name]


@pytest.mark.parametrize("call", DOWNLOADS)
async def test_unwritable_target_is_refused_before_requests(
    call: str, app: App, server: Server, tmp_path: Path
) -> None:
    with pytest.raises(IsADirectoryError, match="pass the name of a file"):
        await maybe_await(download(app, call, tmp_path))
    with pytest.raises(FileNotFoundError):
        await maybe_await(download(app, call, tmp_path / "missing" / "copy.bin"))
    assert server.requests == []


async def test_json_file_is_downloaded(app: App, server: Server, tmp_path: Path) -> None:
    for to in (None, tmp_path / "copy.json"):
        server.reply(body=b'{"a": 1}')
        result: Any = await maybe_await(app.files.download("file-1", to=to))
        assert (result if to is None else result.read_bytes()) == b'{"a": 1}'


async def test_raw_download_to_path_holds_no_body(app: App, server: Server, tmp_path: Path) -> None:
    server.reply(headers={"Content-Type": "image/png"}, body=CONTENT)
    answer = await maybe_await(app.raw.files.download("file-1", to=tmp_path / "copy.png"))
    assert (answer.status_code, answer.content, answer.parsed) == (200, b"", tmp_path / "copy.png")
    assert answer.headers["content-type"] == "image/png"


@pytest.mark.parametrize(("as_attachment", "sent"), [(True, "true"), (False, "false")])
async def test_booleans_are_sent_as_words(as_attachment: bool, sent: str, app: App, server: Server) -> None:
    server.reply(headers={"Content-Type": "image/png"}, body=CONTENT)
    await maybe_await(app.files.download("file-1", as_attachment=as_attachment))
    assert server.requests[0].query["as_attachment"] == sent


async def test_speak_requires_text_or_message(app: App, server: Server) -> None:
    with pytest.raises(DifyError, match="speech needs a text"):
        await maybe_await(app.audio.speak())
    assert server.requests == []
