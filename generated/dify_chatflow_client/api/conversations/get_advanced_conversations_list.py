from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import (
    UNSET,
    Operation,
    Response,
    Unset,
    read_error,
)

if TYPE_CHECKING:
    from ...models.conversation_sort import ConversationSort
    from ...models.conversations_list_response import ConversationsListResponse
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    *,
    user: str | Unset = UNSET,
    last_id: str | Unset = UNSET,
    limit: int | Unset = 20,
    sort_by: ConversationSort | Unset = "-updated_at",
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["user"] = user

    params["last_id"] = last_id

    params["limit"] = limit

    json_sort_by: str | Unset = UNSET
    if not isinstance(sort_by, Unset):
        json_sort_by = sort_by

    params["sort_by"] = json_sort_by

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/conversations",
        "params": params,
    }
    return _kwargs


def _read_success(response: httpx.Response) -> ConversationsListResponse:
    from ...models.conversations_list_response import ConversationsListResponse  # noqa: PLC0415

    return ConversationsListResponse.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConversationsListResponse | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_advanced_conversations_list",
    "GET",
    "/conversations",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ConversationsListResponse | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    last_id: str | Unset = UNSET,
    limit: int | Unset = 20,
    sort_by: ConversationSort | Unset = "-updated_at",
) -> Response[ConversationsListResponse | ErrorResponse | None]:
    """Page through the conversations of a user

     List the conversations one end user has with this app, by default the latest change first
    (`sort_by=-updated_at`). Pass the `id` of the final entry of a page as `last_id` to read on until
    `has_more` is false. Sorting on `created_at` can lose rows between pages, because times are compared
    in whole seconds; `-updated_at` pages reliably. A user the server has never seen gets an empty list.

    Args:
        user (str | Unset):
        last_id (str | Unset):
        limit (int | Unset):  Default: 20.
        sort_by (ConversationSort | Unset): The field conversations are sorted by; a minus puts
            the newest first. Default: '-updated_at'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConversationsListResponse | ErrorResponse | None]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            user=user,
            last_id=last_id,
            limit=limit,
            sort_by=sort_by,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    last_id: str | Unset = UNSET,
    limit: int | Unset = 20,
    sort_by: ConversationSort | Unset = "-updated_at",
) -> ConversationsListResponse | ErrorResponse | None:
    """Like sync_detailed, but gives only the parsed body"""
    return sync_detailed(
        client=client,
        user=user,
        last_id=last_id,
        limit=limit,
        sort_by=sort_by,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    last_id: str | Unset = UNSET,
    limit: int | Unset = 20,
    sort_by: ConversationSort | Unset = "-updated_at",
) -> Response[ConversationsListResponse | ErrorResponse | None]:
    """Like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            user=user,
            last_id=last_id,
            limit=limit,
            sort_by=sort_by,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    user: str | Unset = UNSET,
    last_id: str | Unset = UNSET,
    limit: int | Unset = 20,
    sort_by: ConversationSort | Unset = "-updated_at",
) -> ConversationsListResponse | ErrorResponse | None:
    """Like asyncio_detailed, but gives only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            user=user,
            last_id=last_id,
            limit=limit,
            sort_by=sort_by,
        )
    ).parsed
