from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import (
    Operation,
    Response,
    read_error,
)

if TYPE_CHECKING:
    from ...models.delete_conversation_request import DeleteConversationRequest
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    conversation_id: str,
    *,
    body: DeleteConversationRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/conversations/{conversation_id}".format(
            conversation_id=quote(str(conversation_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read_success(response: httpx.Response) -> None:
    return None


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> None | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 204:
        return None
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "delete_advanced_conversation",
    "DELETE",
    "/conversations/{conversation_id}",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[None | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    conversation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: DeleteConversationRequest,
) -> Response[None | ErrorResponse | None]:
    """Remove a conversation for good

     Remove a conversation of the given user, so that it no longer appears in lists. The call needs a
    JSON body, and repeating it for the same id gives 404 `not_found`.

    Args:
        conversation_id (str):
        body (DeleteConversationRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[None | ErrorResponse | None]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            conversation_id=conversation_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    conversation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: DeleteConversationRequest,
) -> None | ErrorResponse | None:
    """Like sync_detailed, but gives only the parsed body"""
    return sync_detailed(
        conversation_id=conversation_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: DeleteConversationRequest,
) -> Response[None | ErrorResponse | None]:
    """Like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            conversation_id=conversation_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    conversation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: DeleteConversationRequest,
) -> None | ErrorResponse | None:
    """Like asyncio_detailed, but gives only the parsed body"""
    return (
        await asyncio_detailed(
            conversation_id=conversation_id,
            client=client,
            body=body,
        )
    ).parsed
