from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import (
    Operation,
    Response,
    build_request,
    read_error,
)

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.audio_to_text_request import AudioToTextRequest
    from ...models.error_response import ErrorResponse
    from ...models.transcription import Transcription


def _get_kwargs(
    *,
    body: AudioToTextRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/audio-to-text",
        body=body,
        kind="files",
        content_type="multipart/form-data",
    )


def _read_success(response: httpx.Response) -> Transcription:
    from ...models.transcription import Transcription  # noqa: PLC0415

    return Transcription.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Transcription | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 413, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "advanced_audio_to_text",
    "POST",
    "/audio-to-text",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Transcription | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: AudioToTextRequest,
) -> Response[Transcription | ErrorResponse | None]:
    """Transcribe an audio file

    Convert speech to text with the app's speech model. The file may have up to `30 MB` and must be declared as
    `audio/mp3`, `audio/m4a`, `audio/wav`, `audio/amr` or `audio/mpga`. The standard MP3 type `audio/mpeg` is not
    accepted, so set the content type of the file part explicitly.

    Args:
        client: Client with the settings of the connection.
        body (AudioToTextRequest): Multipart form with an audio file and, optionally, the end user.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: AudioToTextRequest,
) -> Transcription | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: AudioToTextRequest,
) -> Response[Transcription | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: AudioToTextRequest,
) -> Transcription | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
