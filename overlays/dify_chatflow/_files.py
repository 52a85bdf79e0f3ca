"""Files for uploads, opened and read in blocks."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from inspect import isawaitable, iscoroutine, iscoroutinefunction
from io import BytesIO
from pathlib import Path, PurePath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._file_sources import (
    AsyncBinaryReader,
    FileContent,
    FileTypes,
    checked_path,
    file_name,
    guess_name,
    split_file,
)
from dify_chatflow._mime import MIME_TYPE, SPEECH_TYPES, guess_type
from dify_chatflow_client.types import File

# The part of an async file that is copied at once, and the part of the copy that is held in memory.
BLOCK_SIZE, MEMORY_SIZE = 65_536, 1_048_576

Progress = Callable[[int, int | None], None]
"""A function called with the bytes sent or received so far and the size of the file, or None where it is unknown."""


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
    content, own_name, own_type = split_file(file)
    mime_type = mime_type or own_type
    if filename is None:
        filename = own_name if own_name is not None else guess_name(content, mime_type, speech=speech)
    name = file_name(filename)
    kind = mime_type or guess_type(name)
    if not isinstance(kind, str) or not MIME_TYPE.fullmatch(kind):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(f"mime_type is invalid: {kind!r:.80}; pass one like 'image/png'")
    with open_binary(content) as payload:
        if speech and not mime_type:
            kind = SPEECH_TYPES.get(kind, kind)
        yield File(readable(payload, progress), name, kind)


@asynccontextmanager
async def async_open_part(
    file: FileTypes,
    filename: str | None,
    mime_type: str | None,
    progress: Progress | None = None,
    *,
    speech: bool = False,
) -> AsyncGenerator[File]:
    """Open a file as `open_part` does; one that is read asynchronously is copied first, to disk if it is large.

    Raises:
        FileNotFoundError, IsADirectoryError, ValueError: The file cannot be sent.

    """
    content, own_name, own_type = split_file(file)
    if not iscoroutinefunction(getattr(content, "read", None)):
        with open_part(file, filename, mime_type, progress, speech=speech) as part:
            yield part
        return
    reader, mime_type = cast("AsyncBinaryReader", content), mime_type or own_type
    with SpooledTemporaryFile(MEMORY_SIZE) as copy:
        while chunk := await reader.read(BLOCK_SIZE):
            check_binary(chunk)
            copy.write(chunk)
        copy.seek(0)
        name = own_name if own_name is not None else getattr(content, "name", None)
        source = (PurePath(name).name if isinstance(name, str) else None, cast("BinaryIO", copy))
        with open_part(source, filename, mime_type, progress, speech=speech) as part:
            yield part


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
