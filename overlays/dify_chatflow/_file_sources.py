"""Files as callers pass them: their content, name and MIME type."""

from __future__ import annotations

import mimetypes
import os
import re
from base64 import b64decode
from collections.abc import Awaitable
from contextlib import suppress
from inspect import iscoroutinefunction
from pathlib import PurePath
from typing import Any, Protocol, cast
from urllib.parse import unquote_to_bytes

from dify_chatflow._arguments import plain_text
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._mime import MIME_TYPE, SIGNATURE_LENGTH, SIGNATURES


class BinaryReader(Protocol):
    """An open binary file, or another object that reads bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; none at the end."""
        ...


class AsyncBinaryReader(Protocol):
    """An object that reads bytes when awaited, such as an async file or the upload of an async web framework."""

    def read(self, size: int = -1, /) -> Awaitable[bytes]:
        """Return at most `size` bytes; none at the end."""
        ...


FileContent = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryReader | AsyncBinaryReader
FileTypes = FileContent | tuple[str | None, FileContent] | tuple[str | None, FileContent, str | None]
"""A path, bytes, a binary file, a `data:` URL or an upload of a web framework, or a tuple of a name, one of these, and
a MIME type."""

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
# The longest path that Linux opens, and the part of one that messages show.
LONGEST_PATH, SHOWN_LENGTH = 4096, 60


def split_file(file: FileTypes) -> tuple[FileContent, str | None, str | None]:
    """Return the content, name and MIME type of a tuple, a `data:` URL, or an upload of a web framework.

    Raises:
        ConfigurationError: The tuple or the URL cannot be read.

    """
    if isinstance(file, tuple) and not hasattr(file, "body"):
        if len(file) not in (2, 3):
            raise ConfigurationError("a file tuple must be (name, file) or (name, file, type)")
        content, name, kind = split_file(file[1])
        own_kind = file[2] if len(file) == 3 else None  # noqa: PLR2004
        return content, name if file[0] is None else file[0], own_kind or kind
    if isinstance(file, str) and file[:5].lower() == "data:":
        return read_data_url(file)
    if hasattr(file, "content_type") or hasattr(file, "body"):
        return split_upload(file)
    return cast("FileContent", file), None, None


def split_upload(upload: Any) -> tuple[FileContent, str | None, str | None]:
    """Return the content, name and MIME type of an upload of a web framework.

    Its file is the upload itself (Django, Flask), its `file` where that reads without an event loop (Starlette,
    FastAPI, aiohttp), or its `body` (Sanic, Tornado). With a `filename`, its `name` is that of the form's field.
    """
    content, read = upload, getattr(upload, "read", None)
    if isinstance(getattr(upload, "body", None), bytes):
        content = upload.body
    elif (read is None or iscoroutinefunction(read)) and hasattr(upload, "file"):
        content = upload.file
    name = getattr(upload, "filename" if hasattr(upload, "filename") else "name", None)
    name = PurePath(name.replace("\\", "/")).name if isinstance(name, str) else None
    kind = getattr(upload, "content_type", getattr(upload, "type", None))
    kind = kind if isinstance(kind, str) and MIME_TYPE.fullmatch(kind) else None
    return content, name or f"file{extension(content, kind)}", kind


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
    return ("speech" if speech else "file") + extension(file, mime_type, ".mp3" if speech else ".bin")


def extension(file: FileContent, mime_type: str | None, default: str = ".bin") -> str:
    """Return the extension of a file without a name: that of its MIME type, or that of its first bytes."""
    known = mimetypes.guess_extension(mime_type.partition(";")[0].strip()) if mime_type else None
    head = b"" if known else first_bytes(file)
    return known or next((suffix for start, suffix in SIGNATURES.items() if start.match(head)), default)


def first_bytes(file: FileContent) -> bytes:
    """Return the first bytes of a file, and leave its position; none where it cannot be rewound."""
    if isinstance(file, (bytes, bytearray, memoryview)):
        return bytes(file[:SIGNATURE_LENGTH])
    found: Any = file
    with suppress(OSError, AttributeError, ValueError, TypeError):
        if not iscoroutinefunction(found.read):
            here = found.tell()
            found.seek(0)
            head = found.read(SIGNATURE_LENGTH)
            found.seek(here)
            return head if isinstance(head, bytes) else b""
    return b""


def file_name(name: object) -> str:
    """Return the name of a file as it can be sent.

    Raises:
        ConfigurationError: The name is empty or not text.

    """
    if not isinstance(name, str) or not name.strip():
        raise ConfigurationError(f"the file has an empty name: {name!r:.80}; pass filename='...'")
    return plain_text(name)


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
