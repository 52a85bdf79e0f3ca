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
    from ...models.error_response import ErrorResponse
    from ...models.message_page import MessagePage


def _get_kwargs(
    *,
    conversation_id: str,
    user: str | None = None,
    first_id: str | None = None,
    limit: int | None = 20,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/messages",
        params={
            "conversation_id": conversation_id,
            "user": user,
            "first_id": first_id,
            "limit": limit,
        },
    )


def _read_success(response: httpx.Response) -> MessagePage:
    from ...models.message_page import MessagePage  # noqa: PLC0415

    return MessagePage.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MessagePage | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_advanced_conversation_history",
    "GET",
    "/messages",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[MessagePage | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    conversation_id: str,
    user: str | None = None,
    first_id: str | None = None,
    limit: int | None = 20,
) -> Response[MessagePage | ErrorResponse | None]:
    """List the messages of a conversation

    Return the stored messages of a conversation, starting with the newest page. Within a page, messages are in
    chronological order; to get the previous page, pass the `id` of the first item as `first_id`. Messages created
    in the same second can be skipped between pages, and a page can be empty even if `has_more` was true. An empty
    `conversation_id` results in an empty page instead of an error.

    Args:
        client: Client with the settings of the connection.
        conversation_id (str): UUID of the conversation, as returned by the chat request and the conversation list.
        user (str | None): End user who owns the conversation. Any other value results in `404` `not_found`.
        first_id (str | None): UUID of the first message of the page received before; older messages are returned.
            Omit it for the newest page.
        limit (int | None): Page size, from `1` to `100`; the default is `20`. Default: 20.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            conversation_id=conversation_id,
            user=user,
            first_id=first_id,
            limit=limit,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    conversation_id: str,
    user: str | None = None,
    first_id: str | None = None,
    limit: int | None = 20,
) -> MessagePage | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        conversation_id=conversation_id,
        user=user,
        first_id=first_id,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    conversation_id: str,
    user: str | None = None,
    first_id: str | None = None,
    limit: int | None = 20,
) -> Response[MessagePage | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            conversation_id=conversation_id,
            user=user,
            first_id=first_id,
            limit=limit,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    conversation_id: str,
    user: str | None = None,
    first_id: str | None = None,
    limit: int | None = 20,
) -> MessagePage | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            conversation_id=conversation_id,
            user=user,
            first_id=first_id,
            limit=limit,
        )
    ).parsed
