"""Targets of a download: a file that is complete or absent, or an open one."""

from __future__ import annotations

import os
from inspect import isawaitable, iscoroutine
from pathlib import Path
from shutil import copymode
from typing import Any, Generic, Protocol, Self, TypeVar, cast
from uuid import uuid4


class BinaryWriter(Protocol):
    """An open binary file, or another object that writes bytes."""

    def write(self, data: bytes, /) -> object:
        """Append the bytes."""
        ...


class Download:
    """A file that replaces the target when it is complete, and is deleted when it is not."""

    def __init__(self, to: str | os.PathLike[str]) -> None:
        self.path = Path(to)
        if self.path.is_dir():
            raise IsADirectoryError(f"{self.path} is a directory; pass the name of a file")
        self._temporary = self.path.with_name(f".{uuid4().hex}.part")
        # Not created by tempfile, whose files only their owner may read.
        self._file = self._temporary.open("xb")

    @property
    def is_repeatable(self) -> bool:
        """True: another attempt writes another temporary file."""
        return True

    def write(self, chunk: bytes) -> None:
        """Append a chunk."""
        self._file.write(chunk)

    def __enter__(self) -> Download:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self._file.close()
            if kind is None:
                if self.path.exists():
                    copymode(self.path, self._temporary)
                self._temporary.replace(self.path)
        finally:
            self._temporary.unlink(missing_ok=True)


Writer = TypeVar("Writer", bound=BinaryWriter)


class OpenFile(Generic[Writer]):
    """An open file that receives the body from its position on, and after a failure is cut there if it can seek."""

    def __init__(self, file: Writer) -> None:
        self.file = file
        self._file = cast("Any", file)
        self._has_bytes = False
        check_writer(file)
        try:
            self._start = self._file.tell() if self._file.seekable() else None
        except (AttributeError, OSError):
            self._start = None

    @property
    def is_repeatable(self) -> bool:
        """True unless the file keeps bytes of the failed attempt."""
        return self._start is not None or not self._has_bytes

    def write(self, chunk: bytes) -> None:
        """Append a chunk, also to a raw file, which may write a part of it."""
        self._has_bytes = True
        rest = memoryview(chunk)
        while rest:
            written = self._file.write(rest)
            rest = rest[written:] if isinstance(written, int) else rest[:0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None and self._start is not None:
            self._file.seek(self._start)
            self._file.truncate()


def check_writer(file: object) -> None:
    """Raise TypeError for what is no binary file, before any request."""
    write = getattr(file, "write", None)
    if write is None:
        raise TypeError(f"cannot write a file to {type(file).__name__}; pass a path or an open binary file as `to`")
    try:
        written = write(b"")
    except TypeError:
        raise TypeError("the file in `to` is open in text mode; open it with mode 'wb'") from None
    if isawaitable(written):
        if iscoroutine(written):
            written.close()
        raise TypeError("the file in `to` is asynchronous; pass its path, or write the chunks of iter_bytes")
