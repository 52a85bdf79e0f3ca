# Generated from dify_chatflow/_async/resources/downloads.py by `make generate`; change it there.
"""Binary bodies: returned as bytes, iterated over in chunks, or written to a file."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import cast

from dify_chatflow._body import chunks
from dify_chatflow._concurrency import sleep
from dify_chatflow._download import Download, OpenFile, Writer
from dify_chatflow._errors import APIConnectionError, ResponseDecodeError
from dify_chatflow._files import Progress
from dify_chatflow._request import PreparedRequest
from dify_chatflow._response import WORDS_SIZE, check_file
from dify_chatflow._retry import delay_after_failure
from dify_chatflow._sync.session import Session
from dify_chatflow._transport import Response

OK = 200


def download(
    session: Session,
    request: PreparedRequest,
    to: str | os.PathLike[str] | Writer | None,
    progress: Progress | None,
) -> bytes | Path | Writer:
    """Return the body as bytes, or write it to a file and return its path, or the open file."""
    if to is None and progress is None:
        response = session.send(request)
        refuse_other_status(response, request)
        check_file(request.operation, response, response.content, request.label)
        return response.content
    memory = BytesIO()
    while True:
        target = Download(to) if isinstance(to, (str, os.PathLike)) else OpenFile(memory if to is None else to)
        try:
            with target:
                with closing(body_chunks(session, request, progress, is_held=to is None)) as chunks:
                    for chunk in chunks:
                        target.write(chunk)
        except APIConnectionError:
            delay = delay_after_failure(request.operation.method, request.attempt, is_unsent=False, is_replayable=True)
            if delay is None or request.attempt > session.config.max_retries or not target.is_repeatable:
                raise
            sleep(delay)
        else:
            if to is None:
                return memory.getvalue()
            return target.path if isinstance(target, Download) else cast("Writer", target.file)


def body_chunks(
    session: Session, request: PreparedRequest, progress: Progress | None, *, is_held: bool = False
) -> Generator[bytes]:
    """Yield the body; the first chunk is large enough to be recognised as an error in place of a file."""
    with session.open(request, is_held=is_held) as response:
        refuse_other_status(response, request)
        received, size, head, is_checked = 0, body_size(response), b"", False
        for chunk in chunks(response):
            received += len(chunk)
            if progress:
                progress(received, size)
            head = chunk if is_checked else head + chunk
            if is_checked or len(head) > WORDS_SIZE:
                if not is_checked:
                    check_file(request.operation, response, head, request.label)
                is_checked = True
                yield head
        if not is_checked:
            check_file(request.operation, response, head, request.label)
            if head:
                yield head


def body_size(response: Response) -> int | None:
    """Return the size of a file that the server announces; None for a compressed one."""
    length = response.headers.get("content-length", "")
    is_compressed = "is_decoded" in response.extensions or "content-encoding" in response.headers
    return int(length) if length.isdecimal() and not is_compressed else None


def refuse_other_status(response: Response, request: PreparedRequest) -> None:
    """Raise ResponseDecodeError for a success that is not 200: its body is no file, not even an empty one."""
    if response.status_code != OK:
        raise ResponseDecodeError(
            f"{request.label}: the server answered {response.status_code}, which has no file; it answers {OK} with one",
            payload=b"",
            response=response,
        )
