from __future__ import annotations

from collections.abc import Mapping
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
    from ...models.chat_completion_response import ChatCompletionResponse
    from ...models.chat_request import ChatRequest
    from ...models.error_response import ErrorResponse
    from ...models.maintenance_pause import MaintenancePause
    from ...models.stream_event import StreamEvent


def _get_kwargs(
    *,
    body: ChatRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/chat-messages",
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> ChatCompletionResponse | MaintenancePause:
    from ...models.chat_completion_response import ChatCompletionResponse  # noqa: PLC0415
    from ...models.maintenance_pause import MaintenancePause  # noqa: PLC0415

    if response.status_code == 202:
        return MaintenancePause.from_dict(response.json())
    return ChatCompletionResponse.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ChatCompletionResponse | MaintenancePause | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code in (200, 202):
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "send_advanced_chat_message",
    "POST",
    "/chat-messages",
    _get_kwargs,
    _read_success,
)


def parse_event(data: Mapping[str, Any]) -> StreamEvent:
    """Parse an event of the stream that this operation returns"""
    from ...models.stream_event import read_variant  # noqa: PLC0415

    return read_variant(data)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ChatCompletionResponse | MaintenancePause | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ChatRequest,
) -> Response[ChatCompletionResponse | MaintenancePause | ErrorResponse | None]:
    """Send a chat message

    Run the chatflow for `query` and return the answer, either complete (`blocking`, the default) or as a stream of
    events (`streaming`). Without `conversation_id`, the server starts a new conversation. An unknown id, or one
    that belongs to another user, results in `404` `not_found` on most servers, while some silently start a new
    conversation: compare the returned id with the one sent. Closing the connection does not end the run; it
    continues, and is billed, until it finishes or is stopped.

    Args:
        client: Client with the settings of the connection.
        body (ChatRequest): Query to the app, with inputs and end user.

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
    body: ChatRequest,
) -> ChatCompletionResponse | MaintenancePause | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ChatRequest,
) -> Response[ChatCompletionResponse | MaintenancePause | ErrorResponse | None]:
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
    body: ChatRequest,
) -> ChatCompletionResponse | MaintenancePause | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
