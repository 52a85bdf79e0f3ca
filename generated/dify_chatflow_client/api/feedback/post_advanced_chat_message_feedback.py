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
    from ...models.message_feedback_request import MessageFeedbackRequest
    from ...models.success_result import SuccessResult


def _get_kwargs(
    message_id: str,
    *,
    body: MessageFeedbackRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/messages/{message_id}/feedbacks",
        path={
            "message_id": message_id,
        },
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> SuccessResult:
    from ...models.success_result import SuccessResult  # noqa: PLC0415

    return SuccessResult.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> SuccessResult | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "post_advanced_chat_message_feedback",
    "POST",
    "/messages/{message_id}/feedbacks",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[SuccessResult | ErrorResponse | None]:
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
    body: MessageFeedbackRequest,
) -> Response[SuccessResult | ErrorResponse | None]:
    """Rate a message

    Store the end user's rating of a message: `like` or `dislike` in `rating`, with an optional comment in
    `content`. A new rating replaces the previous one, and `null` removes it. Any other value is rejected with `400`
    `invalid_param`.

    Args:
        client: Client with the settings of the connection.
        message_id (str): UUID of the message to rate, the `message_id` of the chat response. A malformed UUID
            results in an HTML `404` page.
        body (MessageFeedbackRequest): Rating of a message by an end user, with an optional comment.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            message_id=message_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    message_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: MessageFeedbackRequest,
) -> SuccessResult | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        message_id=message_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    message_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: MessageFeedbackRequest,
) -> Response[SuccessResult | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            message_id=message_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    message_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: MessageFeedbackRequest,
) -> SuccessResult | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            message_id=message_id,
            client=client,
            body=body,
        )
    ).parsed
