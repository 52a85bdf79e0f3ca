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
    from ...models.conversation_variable import ConversationVariable
    from ...models.conversation_variable_update_request import ConversationVariableUpdateRequest
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    conversation_id: str,
    variable_id: str,
    *,
    body: ConversationVariableUpdateRequest,
) -> dict[str, Any]:
    return build_request(
        "put",
        "/conversations/{conversation_id}/variables/{variable_id}",
        path={
            "conversation_id": conversation_id,
            "variable_id": variable_id,
        },
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> ConversationVariable:
    from ...models.conversation_variable import ConversationVariable  # noqa: PLC0415

    return ConversationVariable.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConversationVariable | ErrorResponse | None:
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
) -> Response[ConversationVariable | ErrorResponse | None]:
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
) -> Response[ConversationVariable | ErrorResponse | None]:
    """Update a conversation variable

    Set the value of a conversation variable for subsequent turns. Send a JSON value that matches the declared
    `value_type`: values are not converted, array items are checked as well, and `null` is rejected.

    Args:
        client: Client with the settings of the connection.
        conversation_id (str): UUID of the conversation, which must belong to the `user` in the body.
        variable_id (str): UUID of the variable, the `id` in the variable list. A name is not accepted.
        body (ConversationVariableUpdateRequest): New value of a variable and the end user who owns the
            conversation.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
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
) -> ConversationVariable | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
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
) -> Response[ConversationVariable | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
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
) -> ConversationVariable | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            conversation_id=conversation_id,
            variable_id=variable_id,
            client=client,
            body=body,
        )
    ).parsed
