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
    from ...models.delete_conversation_request import DeleteConversationRequest
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    conversation_id: str,
    *,
    body: DeleteConversationRequest,
) -> dict[str, Any]:
    return build_request(
        "delete",
        "/conversations/{conversation_id}",
        path={
            "conversation_id": conversation_id,
        },
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> None:
    if response.status_code == 204:
        return None
    return None


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> None | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code in (200, 204):
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
    """Delete a conversation of an end user

    Delete the conversation and remove it from lists. The request requires a JSON body. Deleting the same
    conversation again results in `404` `not_found`.

    Args:
        client: Client with the settings of the connection.
        conversation_id (str): UUID of the conversation. A malformed UUID results in an HTML `404` page.
        body (DeleteConversationRequest): End user who deletes the conversation.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
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
    """Send the request like sync_detailed, and return only the parsed body"""
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
    """Send the request like sync_detailed, for asyncio"""
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
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            conversation_id=conversation_id,
            client=client,
            body=body,
        )
    ).parsed
