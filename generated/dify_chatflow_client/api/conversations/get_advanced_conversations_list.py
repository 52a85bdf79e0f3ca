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
    from ...models.conversation_page import ConversationPage
    from ...models.conversation_sort import ConversationSort
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    *,
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    sort_by: ConversationSort | None = "-updated_at",
) -> dict[str, Any]:
    return build_request(
        "get",
        "/conversations",
        params={
            "user": user,
            "last_id": last_id,
            "limit": limit,
            "sort_by": sort_by,
        },
    )


def _read_success(response: httpx.Response) -> ConversationPage:
    from ...models.conversation_page import ConversationPage  # noqa: PLC0415

    return ConversationPage.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConversationPage | ErrorResponse | None:
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
) -> Response[ConversationPage | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    sort_by: ConversationSort | None = "-updated_at",
) -> Response[ConversationPage | ErrorResponse | None]:
    """List the conversations of an end user

    Return the conversations of an end user with this app, by default the most recently updated first
    (`sort_by=-updated_at`). To get the next page, pass the `id` of the last item as `last_id`; repeat until
    `has_more` is false. With `created_at`, items can be skipped between pages, because times are compared in
    seconds; `-updated_at` is reliable. For an unknown user, the list is empty.

    Args:
        client: Client with the settings of the connection.
        user (str | None): End user who owns the conversations, as specified in the chat requests. Without it, the
            conversations of named users are not found.
        last_id (str | None): UUID of the last conversation of the previous page. Omit it for the first page.
        limit (int | None): Page size, from `1` to `100`; the default is `20`. Other values result in `400`
            `invalid_param`. Default: 20.
        sort_by (ConversationSort | None): Sort order of conversations; a minus sign sorts the newest first.
            Default: '-updated_at'.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
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
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    sort_by: ConversationSort | None = "-updated_at",
) -> ConversationPage | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
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
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    sort_by: ConversationSort | None = "-updated_at",
) -> Response[ConversationPage | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
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
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    sort_by: ConversationSort | None = "-updated_at",
) -> ConversationPage | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            user=user,
            last_id=last_id,
            limit=limit,
            sort_by=sort_by,
        )
    ).parsed
