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
    from ...models.conversation_variable_item import ConversationVariableItem
    from ...models.conversation_variable_update_request import ConversationVariableUpdateRequest
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    conversation_id: str,
    variable_id: str,
    *,
    body: ConversationVariableUpdateRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/conversations/{conversation_id}/variables/{variable_id}".format(
            conversation_id=quote(str(conversation_id), safe=""),
            variable_id=quote(str(variable_id), safe=""),
        ),
    }
    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read_success(response: httpx.Response) -> ConversationVariableItem:
    from ...models.conversation_variable_item import ConversationVariableItem  # noqa: PLC0415

    return ConversationVariableItem.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConversationVariableItem | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "update_chatflow_conversation_variable",
    "PUT",
    "/conversations/{conversation_id}/variables/{variable_id}",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ConversationVariableItem | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    conversation_id: str,
    variable_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ConversationVariableUpdateRequest,
) -> Response[ConversationVariableItem | ErrorResponse | None]:
    """Overwrite one variable of a conversation

     Replace what a conversation variable holds; later turns of the chatflow see the new content. Send a
    JSON value of the declared `value_type`: nothing is converted, array items are checked too, and
    `null` counts as a mismatch.

    Args:
        conversation_id (str):
        variable_id (str):
        body (ConversationVariableUpdateRequest): Value to store in one variable, along with the
            end user who owns the conversation.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConversationVariableItem | ErrorResponse | None]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            conversation_id=conversation_id,
            variable_id=variable_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    conversation_id: str,
    variable_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ConversationVariableUpdateRequest,
) -> ConversationVariableItem | ErrorResponse | None:
    """Like sync_detailed, but gives only the parsed body"""
    return sync_detailed(
        conversation_id=conversation_id,
        variable_id=variable_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    conversation_id: str,
    variable_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ConversationVariableUpdateRequest,
) -> Response[ConversationVariableItem | ErrorResponse | None]:
    """Like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            conversation_id=conversation_id,
            variable_id=variable_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    conversation_id: str,
    variable_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ConversationVariableUpdateRequest,
) -> ConversationVariableItem | ErrorResponse | None:
    """Like asyncio_detailed, but gives only the parsed body"""
    return (
        await asyncio_detailed(
            conversation_id=conversation_id,
            variable_id=variable_id,
            client=client,
            body=body,
        )
    ).parsed
