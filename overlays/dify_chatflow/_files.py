"""Files on their way to and from the server: named, typed, streamed, never half written."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from inspect import isawaitable, iscoroutine
from io import BytesIO
from pathlib import Path, PurePath
from typing import IO, Any, BinaryIO, cast
from uuid import uuid4

from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.file_upload_response import FileUploadResponse
from dify_chatflow_client.types import File, Model

FileTypes = str | os.PathLike[str] | bytes | IO[bytes]
"""A path, the bytes themselves, or an open binary file."""

Progress = Callable[[int, int | None], None]
"""Called with the bytes sent so far and the size of the file, or None where it is not known."""

UNKNOWN_TYPE = "application/octet-stream"
# Kinds of document Dify reads the text of; what is none of them and no medium is `custom`.
DOCUMENTS = frozenset(
    "txt md mdx markdown pdf html htm xlsx xls doc docx csv eml msg pptx ppt xml epub vtt properties".split()  # noqa: SIM905
)
# What Dify takes and Python's own table does not know, or not on every machine.
TYPES = {
    ".amr": "audio/amr",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".m4a": "audio/m4a",
    ".md": "text/markdown",
    ".mdx": "text/markdown",
    ".mpga": "audio/mpga",
    ".msg": "application/vnd.ms-outlook",
    ".ogg": "audio/ogg",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".properties": "text/plain",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Names the speech endpoint takes for what Python's tables call otherwise (recording 422_llm_a2t_badmime).
SPOKEN = {
    "audio/mpeg": "audio/mp3",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/mp4": "audio/m4a",
    "audio/mp4a-latm": "audio/m4a",
    "video/mp4": "audio/m4a",
}


Attachment = FileTypes | FileUploadResponse | FileInput | Mapping[str, Any]
"""What `files=` takes: anything `files.upload` takes, an uploaded file, a URL, or the document's own object."""


def attachment(file: Attachment) -> FileInput | None:
    """The file as a message carries it; None where it has to be uploaded first."""
    if isinstance(file, FileInput):
        return file
    if isinstance(file, FileUploadResponse):
        return to_file_input(file)
    if isinstance(file, Mapping):
        return FileInput.from_dict(file)
    if isinstance(file, str) and file.startswith(("http://", "https://")):
        name = file.partition("?")[0]
        return FileInput(type_=cast("Any", file_type(name, None)), transfer_method="remote_url", url=file)
    return None


def to_file_input(file: FileUploadResponse) -> FileInput:
    """Return an uploaded file as a message carries it."""
    kind = file_type(file.name, file.mime_type if isinstance(file.mime_type, str) else None)
    return FileInput(type_=cast("Any", kind), transfer_method="local_file", upload_file_id=file.id)


def attachments(files: Sequence[Attachment] | None) -> Sequence[Attachment]:
    """The files of a question; TypeError for a single one, whose letters or bytes would count as files."""
    if isinstance(files, (str, bytes, bytearray, os.PathLike, Mapping, FileUploadResponse)):
        raise TypeError("files takes a list: files=[...]")
    return files or ()


def plain_inputs(inputs: Mapping[str, Any] | None) -> dict[str, Any]:
    """An app's input values; uploaded files become what a file variable holds, also in lists."""
    return {name: plain_input(value) for name, value in (inputs or {}).items()}


def plain_input(value: Any) -> Any:
    """One input value as JSON."""
    if isinstance(value, (list, tuple)):
        return [plain_input(item) for item in cast("list[Any]", value)]
    if isinstance(value, FileUploadResponse):
        value = attachment(value)
    return value.to_dict() if isinstance(value, Model) else value


def file_type(name: str, mime_type: str | None) -> str:
    """Dify's kind of file: `image`, `audio`, `video`, `document` or `custom`."""
    major = (mime_type or guess_type(name)).partition("/")[0]
    if major in ("image", "audio", "video"):
        return major
    return "document" if PurePath(name).suffix.lstrip(".").lower() in DOCUMENTS else "custom"


def guess_type(name: str) -> str:
    """The MIME type that goes with a name; never empty."""
    known = TYPES.get(PurePath(name).suffix.lower())
    return known or mimetypes.guess_type(name, strict=False)[0] or UNKNOWN_TYPE


@contextmanager
def opened(
    file: FileTypes,
    filename: str | None,
    mime_type: str | None,
    progress: Progress | None = None,
    *,
    speech: bool = False,
) -> Generator[File]:
    """The file ready to be sent: open, with a name and a MIME type; what was opened here is closed here.

    FileNotFoundError, IsADirectoryError or ValueError come before any request.
    """
    name = filename if filename is not None else guess_name(file, speech=speech)
    if not name.strip():
        raise ValueError("the file has an empty name: give filename='...'")
    kind = mime_type or guess_type(name)
    with open_binary(file) as payload:
        yield File(readable(payload, progress), name, SPOKEN.get(kind, kind) if speech and not mime_type else kind)


def guess_name(file: FileTypes, *, speech: bool) -> str:
    """The name a file goes by: its path's last part, or one that says only what it is."""
    path = file if isinstance(file, (str, os.PathLike)) else getattr(file, "name", None)
    if isinstance(path, (str, os.PathLike)) and os.fspath(cast("str", path)):
        return PurePath(cast("str", path)).name
    return "speech.mp3" if speech else "file.bin"


@contextmanager
def open_binary(file: FileTypes) -> Generator[BinaryIO]:
    """The content of a file argument as an open binary file."""
    if isinstance(file, (bytes, bytearray, memoryview)):
        yield BytesIO(file)
    elif isinstance(file, (str, os.PathLike)):
        path = Path(file)
        if not os.fspath(file):
            raise ValueError("the path of the file is empty")
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a directory; give a file")
        with path.open("rb") as opened_file:
            yield opened_file
    elif hasattr(file, "read"):
        check_binary(file.read(0))
        yield cast("BinaryIO", file)
    else:
        raise TypeError(f"cannot read a file from {type(file).__name__}; give a path, bytes or an open binary file")


def check_binary(nothing: object) -> None:
    """TypeError where a file gives, instead of bytes, text or what has to be awaited."""
    if isinstance(nothing, str):
        raise TypeError("the file is open in text mode; open it with mode 'rb'")
    if isawaitable(nothing):
        if iscoroutine(nothing):
            nothing.close()
        raise TypeError("the file has to be awaited; give its path, or the bytes that `await file.read()` gives")


class Reader:
    """A binary file as the HTTP library sees it: without a descriptor, whose size may not be that of the content."""

    def __init__(self, file: BinaryIO, size: int | None, progress: Progress | None) -> None:
        self._file = file
        self._size = size
        self._progress = progress
        self._sent = 0

    def read(self, size: int = -1) -> bytes:
        """Read and report."""
        chunk = self._file.read(size)
        if chunk and self._progress:
            self._sent += len(chunk)
            self._progress(self._sent, self._size)
        return chunk


class SizedReader(Reader):
    """One that can start over, so that its size can be announced."""

    def tell(self) -> int:
        """The position."""
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Start over, as the HTTP library does before it sends."""
        self._sent = 0
        return self._file.seek(offset, whence)


def readable(file: BinaryIO, progress: Progress | None) -> BinaryIO:
    """The file for the HTTP library; a pipe, a socket or a compressed file is sent without announcing its size."""
    size = size_of(file)
    return cast("BinaryIO", (Reader if size is None else SizedReader)(file, size, progress))


def size_of(file: BinaryIO) -> int | None:
    """The size of a file in bytes; None where it cannot be known."""
    try:
        here = file.tell()
        size = file.seek(0, os.SEEK_END)
        file.seek(here)
    except (OSError, AttributeError, ValueError):
        return None
    return size


class Download:
    """A file that takes its place when it is complete, and leaves no trace when it is not."""

    def __init__(self, to: str | os.PathLike[str]) -> None:
        self.path = Path(to)
        if self.path.is_dir():
            raise IsADirectoryError(f"{self.path} is a directory; give the name of the file to write")
        self._temporary = self.path.with_name(f".{uuid4().hex}.part")
        # Not made by tempfile, whose files nobody but their owner may read.
        self._file = self._temporary.open("xb")

    def write(self, chunk: bytes) -> None:
        """Append a piece."""
        self._file.write(chunk)

    def __enter__(self) -> Download:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self._file.close()
            if kind is None:
                self._temporary.replace(self.path)
        finally:
            self._temporary.unlink(missing_ok=True)
