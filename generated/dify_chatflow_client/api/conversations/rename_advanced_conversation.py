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
    from ...models.conversation_list_item import ConversationListItem
    from ...models.conversation_rename_request import ConversationRenameRequest
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    conversation_id: str,
    *,
    body: ConversationRenameRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/conversations/{conversation_id}/name".format(
            conversation_id=quote(str(conversation_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read_success(response: httpx.Response) -> ConversationListItem:
    from ...models.conversation_list_item import ConversationListItem  # noqa: PLC0415

    return ConversationListItem.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConversationListItem | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "rename_advanced_conversation",
    "POST",
    "/conversations/{conversation_id}/name",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ConversationListItem | ErrorResponse | None]:
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
    body: ConversationRenameRequest,
) -> Response[ConversationListItem | ErrorResponse | None]:
    """Set or generate the title of a conversation

     Give a conversation the title shown in conversation lists. Send `name` to choose it, or
    `auto_generate: true` to have the server make one from the chat. A blank `name` without
    `auto_generate` gives 400 `invalid_param`, and a very long one (300 characters, for example) can
    give 500 `unknown`.

    Args:
        conversation_id (str):
        body (ConversationRenameRequest): Either a title in `name`, or `auto_generate` set to
            `True` to have the server invent one.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConversationListItem | ErrorResponse | None]
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
    body: ConversationRenameRequest,
) -> ConversationListItem | ErrorResponse | None:
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
    body: ConversationRenameRequest,
) -> Response[ConversationListItem | ErrorResponse | None]:
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
    body: ConversationRenameRequest,
) -> ConversationListItem | ErrorResponse | None:
    """Like asyncio_detailed, but gives only the parsed body"""
    return (
        await asyncio_detailed(
            conversation_id=conversation_id,
            client=client,
            body=body,
        )
    ).parsed
