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
    from ...models.conversation_rename_request import ConversationRenameRequest
    from ...models.conversation_summary import ConversationSummary
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    conversation_id: str,
    *,
    body: ConversationRenameRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/conversations/{conversation_id}/name",
        path={
            "conversation_id": conversation_id,
        },
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> ConversationSummary:
    from ...models.conversation_summary import ConversationSummary  # noqa: PLC0415

    return ConversationSummary.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConversationSummary | ErrorResponse | None:
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
) -> Response[ConversationSummary | ErrorResponse | None]:
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
) -> Response[ConversationSummary | ErrorResponse | None]:
    """Rename a conversation

    Set the name of a conversation. Send `name`, or `auto_generate: true` to have the server generate a name from
    the conversation. A blank `name` without `auto_generate` results in `400` `invalid_param`; a very long one (300
    characters, for example) can result in `500` `unknown`.

    Args:
        client: Client with the settings of the connection.
        conversation_id (str): UUID of the conversation, which must belong to the `user` in the body.
        body (ConversationRenameRequest): New `name` of a conversation, or `auto_generate` to have the server
            generate one.

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
    body: ConversationRenameRequest,
) -> ConversationSummary | ErrorResponse | None:
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
    body: ConversationRenameRequest,
) -> Response[ConversationSummary | ErrorResponse | None]:
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
    body: ConversationRenameRequest,
) -> ConversationSummary | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            conversation_id=conversation_id,
            client=client,
            body=body,
        )
    ).parsed
