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
    from ...models.conversation_variable_page import ConversationVariablePage
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    conversation_id: str,
    *,
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    variable_name: str | None = None,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/conversations/{conversation_id}/variables",
        path={
            "conversation_id": conversation_id,
        },
        params={
            "user": user,
            "last_id": last_id,
            "limit": limit,
            "variable_name": variable_name,
        },
    )


def _read_success(response: httpx.Response) -> ConversationVariablePage:
    from ...models.conversation_variable_page import ConversationVariablePage  # noqa: PLC0415

    return ConversationVariablePage.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConversationVariablePage | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_advanced_conversation_variables",
    "GET",
    "/conversations/{conversation_id}/variables",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ConversationVariablePage | ErrorResponse | None]:
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
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    variable_name: str | None = None,
) -> Response[ConversationVariablePage | ErrorResponse | None]:
    """List the variables of a conversation

    Return the conversation variables of the chatflow with their current values. Each `value` is the output of
    Python's `str()`, such as `False` or `[1, None]`, not JSON. Variables are often created in the same second, in
    which case every page after the first is empty: request up to `100` items instead of paginating.

    Args:
        client: Client with the settings of the connection.
        conversation_id (str): UUID of the conversation. A malformed UUID results in an HTML `404` page.
        user (str | None): End user who owns the conversation. Any other value results in `404` `not_found`.
        last_id (str | None): UUID of the last variable of the previous page; only variables created in a later
            second are returned.
        limit (int | None): Page size, from `1` to `100`; the default is `20`. Default: 20.
        variable_name (str | None): Name of the variable to return: `1` to `255` letters, digits, hyphens,
            underscores or periods. Some servers respond with `500` `unknown`; filtering the complete list on the client
            is safer.

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
            last_id=last_id,
            limit=limit,
            variable_name=variable_name,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    conversation_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    variable_name: str | None = None,
) -> ConversationVariablePage | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        conversation_id=conversation_id,
        client=client,
        user=user,
        last_id=last_id,
        limit=limit,
        variable_name=variable_name,
    ).parsed


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    variable_name: str | None = None,
) -> Response[ConversationVariablePage | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            conversation_id=conversation_id,
            user=user,
            last_id=last_id,
            limit=limit,
            variable_name=variable_name,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    conversation_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str | None = None,
    last_id: str | None = None,
    limit: int | None = 20,
    variable_name: str | None = None,
) -> ConversationVariablePage | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            conversation_id=conversation_id,
            client=client,
            user=user,
            last_id=last_id,
            limit=limit,
            variable_name=variable_name,
        )
    ).parsed
