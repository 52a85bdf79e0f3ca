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
    from ...models.suggested_questions import SuggestedQuestions


def _get_kwargs(
    message_id: str,
    *,
    user: str,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/messages/{message_id}/suggested",
        path={
            "message_id": message_id,
        },
        params={
            "user": user,
        },
    )


def _read_success(response: httpx.Response) -> SuggestedQuestions:
    from ...models.suggested_questions import SuggestedQuestions  # noqa: PLC0415

    return SuggestedQuestions.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> SuggestedQuestions | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_advanced_suggested_questions",
    "GET",
    "/messages/{message_id}/suggested",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[SuggestedQuestions | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    message_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str,
) -> Response[SuggestedQuestions | ErrorResponse | None]:
    """Suggest follow-up questions

    Generate follow-up questions that the end user might ask after a message. The feature must be enabled in the app
    (`suggested_questions_after_answer.enabled` in the app parameters); otherwise the request fails with `400`
    `bad_request`.

    Args:
        client: Client with the settings of the connection.
        message_id (str): UUID of the answered message, the `message_id` of the chat response. A malformed UUID
            results in an HTML `404` page.
        user (str): End user who owns the message. A missing value results in `400` `invalid_param`.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            message_id=message_id,
            user=user,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    message_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str,
) -> SuggestedQuestions | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        message_id=message_id,
        client=client,
        user=user,
    ).parsed


async def asyncio_detailed(
    message_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str,
) -> Response[SuggestedQuestions | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            message_id=message_id,
            user=user,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    message_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str,
) -> SuggestedQuestions | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            message_id=message_id,
            client=client,
            user=user,
        )
    ).parsed
