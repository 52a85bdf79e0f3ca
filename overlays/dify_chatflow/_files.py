"""Files for uploads and downloads: names, MIME types, readers, and complete writes."""

from __future__ import annotations

import mimetypes
import os
import re
from base64 import b64decode
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from inspect import isawaitable, iscoroutine
from io import BytesIO
from pathlib import Path, PurePath
from shutil import copymode
from typing import IO, Any, BinaryIO, cast
from urllib.parse import unquote_to_bytes
from uuid import uuid4

from dify_chatflow._arguments import json_object, plain_text
from dify_chatflow._errors import ConfigurationError
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.file_upload_response import FileUploadResponse
from dify_chatflow_client.types import File

FileContent = str | os.PathLike[str] | bytes | IO[bytes]
FileTypes = FileContent | tuple[str | None, FileContent] | tuple[str | None, FileContent, str | None]
"""A path, bytes, an open binary file or a `data:` URL; or a tuple of a name, one of these, and a MIME type."""

Progress = Callable[[int, int | None], None]
"""A function called with the bytes sent so far and the size of the file, or None where it is unknown."""

# RFC 9110, 8.3.1, without quoted strings.
MIME_TYPE = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+(\s*;\s*[\w-]+=[\w!#$%&'*+.^`|~-]+)*", re.ASCII)
# The first bytes of files without a name.
SIGNATURES = {
    b"\x89PNG\r\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"%PDF-": ".pdf",
    b"ID3": ".mp3",
    b"OggS": ".ogg",
    b"fLaC": ".flac",
}
UNKNOWN_TYPE = "application/octet-stream"
# Extensions of documents whose text Dify reads; other files that are no media are `custom`.
DOCUMENTS = frozenset(
    "txt md mdx markdown pdf html htm xlsx xls doc docx csv eml msg pptx ppt xml epub vtt properties".split()  # noqa: SIM905
)
# Types that Dify accepts and that Python's table lacks, at least on some machines.
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
# The names of the speech endpoint for types that Python names differently (recording 422_llm_a2t_badmime).
SPEECH_TYPES = {
    "audio/mpeg": "audio/mp3",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/mp4": "audio/m4a",
    "audio/mp4a-latm": "audio/m4a",
    "video/mp4": "audio/m4a",
}


Attachment = FileTypes | FileUploadResponse | FileInput | Mapping[str, Any]
"""A value in `files=`: a file, an uploaded file, a URL, or an object as documented."""


def attachment(file: Attachment) -> FileInput | None:
    """Return the file for a message; None where it has to be uploaded first."""
    if isinstance(file, FileInput):
        return file
    if isinstance(file, FileUploadResponse):
        return to_file_input(file)
    if isinstance(file, Mapping):
        return checked_input(FileInput.from_dict(file))
    if isinstance(file, str) and file[:8].lower().startswith(("http://", "https://")):
        name = file.partition("?")[0].partition("#")[0]
        return FileInput(type_=cast("Any", file_type(name, None)), transfer_method="remote_url", url=file)
    return None


def checked_input(file: FileInput) -> FileInput:
    """Return a file that the caller describes by an object.

    Raises:
        ConfigurationError: The object lacks a field that every file needs.

    """
    source = "url" if file.transfer_method == "remote_url" else "upload_file_id"
    fields = {"type": file.type_, "transfer_method": file.transfer_method, source: getattr(file, source)}
    for name, value in fields.items():
        if not isinstance(value, str) or not value:
            raise ConfigurationError(f"a file in files=[...] has no {name}; pass a result of files.upload, or its URL")
    return file


def to_file_input(file: FileUploadResponse) -> FileInput:
    """Return an uploaded file for a message."""
    kind = file_type(file.name, file.mime_type if isinstance(file.mime_type, str) else None)
    return FileInput(type_=cast("Any", kind), transfer_method="local_file", upload_file_id=file.id)


def attachments(files: Sequence[Attachment] | None) -> Sequence[Attachment]:
    """Return the files of a query.

    Raises:
        TypeError: The value is a single file, whose letters or bytes would count as files.

    """
    if isinstance(files, (str, bytes, bytearray, os.PathLike, Mapping, FileUploadResponse)):
        raise TypeError("files must be a list; pass files=[...]")
    return files or ()


def plain_inputs(inputs: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return an app's input values as JSON; uploaded files become values of file variables, also in lists."""
    return json_object(inputs, "inputs", plain_file)


def plain_file(value: Any) -> Any:
    """Return an uploaded file as the value of a file variable, and other values unchanged."""
    return to_file_input(value) if isinstance(value, FileUploadResponse) else value


def file_type(name: str, mime_type: str | None) -> str:
    """Return Dify's type of a file: `image`, `audio`, `video`, `document` or `custom`."""
    major = (mime_type or guess_type(name)).partition("/")[0]
    if major in ("image", "audio", "video"):
        return major
    return "document" if PurePath(name).suffix.lstrip(".").lower() in DOCUMENTS else "custom"


def guess_type(name: str) -> str:
    """Return the MIME type for a name; never empty."""
    known = TYPES.get(PurePath(name).suffix.lower())
    return known or mimetypes.guess_type(name, strict=False)[0] or UNKNOWN_TYPE


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
        path = Path(file)
        if not os.fspath(file):
            raise ValueError("the path of the file is empty")
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


class Download:
    """A file that replaces the target when it is complete, and is deleted when it is not."""

    def __init__(self, to: str | os.PathLike[str]) -> None:
        self.path = Path(to)
        if self.path.is_dir():
            raise IsADirectoryError(f"{self.path} is a directory; pass the name of a file")
        self._temporary = self.path.with_name(f".{uuid4().hex}.part")
        # Not created by tempfile, whose files only their owner may read.
        self._file = self._temporary.open("xb")

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
