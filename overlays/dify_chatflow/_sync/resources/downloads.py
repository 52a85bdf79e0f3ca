# Generated from dify_chatflow/_async/resources/downloads.py by `make generate`; change it there.
"""Binary bodies, returned as bytes or written to a file in chunks."""

from __future__ import annotations

import os
from pathlib import Path

from dify_chatflow._concurrency import sleep
from dify_chatflow._download import Download
from dify_chatflow._errors import APIConnectionError, ResponseDecodeError
from dify_chatflow._request import PreparedRequest
from dify_chatflow._retry import delay_after_failure
from dify_chatflow._sync.session import Session
from dify_chatflow._transport import Response

NO_CONTENT = 204


def download(session: Session, request: PreparedRequest, to: str | os.PathLike[str] | None) -> bytes | Path:
    """Return the body as bytes, or write it to a file and return the path."""
    if to is None:
        response = session.send(request)
        refuse_empty(response, request)
        refuse_json(response, request, response.content)
        return response.content
    while True:
        try:
            with Download(to) as target:
                with session.open(request) as response:
                    refuse_empty(response, request)
                    if is_json(response):
                        refuse_json(response, request, response.read())
                    for chunk in response.iter_bytes():
                        target.write(chunk)
        except APIConnectionError:
            delay = delay_after_failure(request.operation.method, request.attempt, is_unsent=False, is_replayable=True)
            if delay is None or request.attempt > session.config.max_retries:
                raise
            sleep(delay)
        else:
            return target.path


def refuse_empty(response: Response, request: PreparedRequest) -> None:
    """Raise ResponseDecodeError for a response without content, which is no file, not even an empty one."""
    if response.status_code == NO_CONTENT:
        raise ResponseDecodeError(
            f"{request.label}: the server answered {NO_CONTENT} without content", payload=b"", response=response
        )


def is_json(response: Response) -> bool:
    """Return whether the content type is JSON."""
    return str(response.headers.get("content-type", "")).startswith("application/json")


def refuse_json(response: Response, request: PreparedRequest, content: bytes) -> None:
    """Raise ResponseDecodeError for the JSON `null` of a server without content (recording 417_llm_t2a_msg404)."""
    if is_json(response) and content.strip() == b"null":
        raise ResponseDecodeError(
            f"{request.label}: the server answered null: it has no content", payload=content, response=response
        )
