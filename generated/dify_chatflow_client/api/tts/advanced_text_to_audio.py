from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import (
    File,
    Operation,
    Response,
    build_request,
    read_error,
)

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.error_response import ErrorResponse
    from ...models.text_to_audio_request import TextToAudioRequest


def _get_kwargs(
    *,
    body: TextToAudioRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/text-to-audio",
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> File:
    return File(payload=BytesIO(response.content))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> File | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "advanced_text_to_audio",
    "POST",
    "/text-to-audio",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[File | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: TextToAudioRequest,
) -> Response[File | ErrorResponse | None]:
    """Synthesize speech

    Synthesize speech from `text`, or from the answer of the message `message_id`, which takes precedence. Text-to-
    speech must be enabled in the app. For an unknown or malformed `message_id`, the server responds with `200` and
    the JSON value `null` instead of audio, so check the content type.

    Args:
        client: Client with the settings of the connection.
        body (TextToAudioRequest): Text or message to speak, and the voice. Omitting both `text` and `message_id`
            results in `400` `invalid_param`.

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
    body: TextToAudioRequest,
) -> File | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: TextToAudioRequest,
) -> Response[File | ErrorResponse | None]:
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
    body: TextToAudioRequest,
) -> File | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
