"""Files for uploads: their names, MIME types and readers."""

from __future__ import annotations

import mimetypes
import os
import re
from base64 import b64decode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from inspect import isawaitable, iscoroutine
from io import BytesIO
from pathlib import Path, PurePath
from typing import IO, BinaryIO, cast
from urllib.parse import unquote_to_bytes

from dify_chatflow._arguments import plain_text
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._mime import MIME_TYPE, SIGNATURES, SPEECH_TYPES, guess_type
from dify_chatflow_client.types import File

FileContent = str | os.PathLike[str] | bytes | IO[bytes]
FileTypes = FileContent | tuple[str | None, FileContent] | tuple[str | None, FileContent, str | None]
"""A path, bytes, an open binary file or a `data:` URL; or a tuple of a name, one of these, and a MIME type."""

Progress = Callable[[int, int | None], None]
"""A function called with the bytes sent so far and the size of the file, or None where it is unknown."""

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
# The longest path that Linux opens, and the part of one that messages show.
LONGEST_PATH, SHOWN_LENGTH = 4096, 60


@contextmanager
def open_part(
    file: FileTypes,
    filename: str | None,
    mime_type: str | None,
    progress: Progress | None = None,
    *,
    speech: bool = False,
) -> Generator[File]:
    """Open a file for a multipart request, with its name and MIME type, and close it afterwards.

    Raises:
        FileNotFoundError, IsADirectoryError, ValueError: The file cannot be sent.

    """
    file, own_name, own_type = split_file(file)
    mime_type = mime_type or own_type
    if filename is None:
        filename = own_name if own_name is not None else guess_name(file, mime_type, speech=speech)
    name = file_name(filename)
    kind = mime_type or guess_type(name)
    if not isinstance(kind, str) or not MIME_TYPE.fullmatch(kind):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(f"mime_type is invalid: {kind!r:.80}; pass one like 'image/png'")
    with open_binary(file) as payload:
        if speech and not mime_type:
            kind = SPEECH_TYPES.get(kind, kind)
        yield File(readable(payload, progress), name, kind)


def split_file(file: FileTypes) -> tuple[FileContent, str | None, str | None]:
    """Return the content, name and MIME type of a tuple, a `data:` URL, or an upload of a web framework.

    Raises:
        ConfigurationError: The tuple or the URL cannot be read.

    """
    if isinstance(file, tuple):
        if len(file) not in (2, 3):
            raise ConfigurationError("a file tuple must be (name, file) or (name, file, type)")
        content, name, kind = file[1], file[0], file[2] if len(file) == 3 else None  # noqa: PLR2004
        return content, name, kind
    if isinstance(file, str) and file[:5].lower() == "data:":
        return read_data_url(file)
    if hasattr(file, "content_type") and hasattr(file, "read"):  # its `name` may be that of the form's field
        name, kind = getattr(file, "filename", None), getattr(file, "content_type", None)
        name = PurePath(name.replace("\\", "/")).name if isinstance(name, str) else ""
        return file, name or None, kind if isinstance(kind, str) and MIME_TYPE.fullmatch(kind) else None
    return file, None, None


def read_data_url(url: str) -> tuple[bytes, None, str]:
    """Return the content and MIME type of a `data:` URL (RFC 2397).

    Raises:
        ConfigurationError: The URL has no content, or its base64 is invalid.

    """
    head, comma, data = url[5:].partition(",")
    kind = head.removesuffix(";base64")
    try:
        content = b64decode(unquote_to_bytes(data), validate=True) if kind != head else unquote_to_bytes(data)
    except ValueError:
        content = None
    if not comma or content is None:
        raise ConfigurationError(f"cannot read the data URL 'data:{head[:40]}…': its content is missing or invalid")
    return content, None, kind if "/" in kind else "text/plain"


def guess_name(file: FileContent, mime_type: str | None, *, speech: bool) -> str:
    """Return the name of a file: the last part of its path, or a generic one with the extension of its type."""
    path = file if isinstance(file, (str, os.PathLike)) else getattr(file, "name", None)
    if isinstance(path, (str, os.PathLike)) and os.fspath(cast("str", path)):
        return PurePath(cast("str", path)).name
    if speech:
        return "speech.mp3"
    if mime_type:
        return f"file{mimetypes.guess_extension(mime_type.partition(';')[0].strip()) or '.bin'}"
    head = bytes(file[:12]) if isinstance(file, (bytes, bytearray, memoryview)) else b""
    return "file" + next((suffix for start, suffix in SIGNATURES.items() if head.startswith(start)), ".bin")


def file_name(name: object) -> str:
    """Return the name of a file as it can be sent.

    Raises:
        ConfigurationError: The name is empty or not text.

    """
    if not isinstance(name, str) or not name.strip():
        raise ConfigurationError(f"the file has an empty name: {name!r:.80}; pass filename='...'")
    return plain_text(name)


@contextmanager
def open_binary(file: FileContent) -> Generator[BinaryIO]:
    """Yield the content of a file argument as an open binary file."""
    if isinstance(file, (bytes, bytearray, memoryview)):
        yield BytesIO(file)
    elif isinstance(file, (str, os.PathLike)):
        path = Path(checked_path(file))
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a directory; pass a file")
        with path.open("rb") as opened_file:
            yield opened_file
    elif hasattr(file, "read"):
        check_binary(file.read(0))
        yield cast("BinaryIO", file)
    else:
        raise TypeError(f"cannot read a file from {type(file).__name__}; pass a path, bytes or an open binary file")


def checked_path(file: str | os.PathLike[str]) -> str:
    """Return the path of a file.

    Raises:
        ValueError: The path is empty, holds a null, or is the URL or the content of a file.

    """
    path = os.fspath(file)
    if not path or "\0" in path:
        raise ValueError(f"the path of the file is empty or holds a null character: {path[:SHOWN_LENGTH]!r}")
    if len(path) > LONGEST_PATH or URL.match(path):
        raise ConfigurationError(
            f"not a path: {path[:SHOWN_LENGTH]!r}…; pass a path, or bytes for content; the server fetches the http and "
            "https URLs in files=[...] itself"
        )
    return path


def check_binary(content: object) -> None:
    """Raise TypeError where a file reads text or awaitables instead of bytes."""
    if isinstance(content, str):
        raise TypeError("the file is open in text mode; open it with mode 'rb'")
    if isawaitable(content):
        if iscoroutine(content):
            content.close()
        raise TypeError("the file is asynchronous; pass its path, or the bytes of `await file.read()`")


class Reader:
    """A binary file for the HTTP library, without a descriptor, whose size may differ from the content's."""

    def __init__(self, file: BinaryIO, size: int | None, progress: Progress | None) -> None:
        self._file = file
        self._size = size
        self._progress = progress
        self._sent = 0

    def read(self, size: int = -1) -> bytes:
        """Read a chunk and report the progress."""
        chunk = self._file.read(size)
        if chunk and self._progress:
            self._sent += len(chunk)
            self._progress(self._sent, self._size)
        return chunk


class SizedReader(Reader):
    """A reader that can be rewound, so that its size can be announced."""

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Rewind, as the HTTP library does before it sends."""
        self._sent = 0
        return self._file.seek(offset, whence)


def readable(file: BinaryIO, progress: Progress | None) -> BinaryIO:
    """Return a reader for the HTTP library; the size of a pipe, a socket or a compressed file is not announced."""
    size = size_of(file)
    return cast("BinaryIO", (Reader if size is None else SizedReader)(file, size, progress))


def size_of(file: BinaryIO) -> int | None:
    """Return the size of a file in bytes; None where it is unknown."""
    try:
        here = file.tell()
        size = file.seek(0, os.SEEK_END)
        file.seek(here)
    except (OSError, AttributeError, ValueError):
        return None
    return size
