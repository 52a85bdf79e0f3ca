"""Binary bodies, returned as bytes or written to a file in chunks."""

from __future__ import annotations

import os
from pathlib import Path

from dify_chatflow._async.session import AsyncSession
from dify_chatflow._body import async_chunks
from dify_chatflow._concurrency import async_sleep
from dify_chatflow._download import Download
from dify_chatflow._errors import APIConnectionError, ResponseDecodeError
from dify_chatflow._files import Progress
from dify_chatflow._request import PreparedRequest
from dify_chatflow._response import WORDS_SIZE, check_file
from dify_chatflow._retry import delay_after_failure
from dify_chatflow._transport import Response

OK = 200


async def download(
    session: AsyncSession,
    request: PreparedRequest,
    to: str | os.PathLike[str] | None,
    progress: Progress | None = None,
) -> bytes | Path:
    """Return the body as bytes, or write it to a file and return the path."""
    if to is None:
        response = await session.send(request)
        refuse_other_status(response, request)
        check_file(request.operation, response, response.content, request.label)
        if progress is not None:
            progress(len(response.content), len(response.content))
        return response.content
    while True:
        try:
            with Download(to) as target:
                async with session.open(request) as response:
                    refuse_other_status(response, request)
                    head, received, size = b"", 0, body_size(response)
                    async for chunk in async_chunks(response):
                        target.write(chunk)
                        received += len(chunk)
                        if progress is not None:
                            progress(received, size)
                        head += chunk if len(head) <= WORDS_SIZE else b""
                    check_file(request.operation, response, head, request.label)
        except APIConnectionError:
            delay = delay_after_failure(request.operation.method, request.attempt, is_unsent=False, is_replayable=True)
            if delay is None or request.attempt > session.config.max_retries:
                raise
            await async_sleep(delay)
        else:
            return target.path


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
