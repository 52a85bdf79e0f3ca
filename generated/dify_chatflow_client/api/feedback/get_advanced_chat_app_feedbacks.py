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
    from ...models.feedback_page import FeedbackPage


def _get_kwargs(
    *,
    page: int | None = 1,
    limit: int | None = 20,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/app/feedbacks",
        params={
            "page": page,
            "limit": limit,
        },
    )


def _read_success(response: httpx.Response) -> FeedbackPage:
    from ...models.feedback_page import FeedbackPage  # noqa: PLC0415

    return FeedbackPage.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> FeedbackPage | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_advanced_chat_app_feedbacks",
    "GET",
    "/app/feedbacks",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[FeedbackPage | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = 1,
    limit: int | None = 20,
) -> Response[FeedbackPage | ErrorResponse | None]:
    """List the feedback of the app

    Return the ratings of messages of this app, both by end users (`from_source` is `user`) and by team members in
    the console (`admin`). The response has neither a total nor `has_more`; an empty `data` marks the end of the
    list.

    Args:
        client: Client with the settings of the connection.
        page (int | None): Page number, starting at `1` (the default). A page after the last one is empty. Default:
            1.
        limit (int | None): Page size, from `1` to `101`; the default is `20`. Larger values result in `400`
            `invalid_param`. Default: 20.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            page=page,
            limit=limit,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = 1,
    limit: int | None = 20,
) -> FeedbackPage | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        page=page,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = 1,
    limit: int | None = 20,
) -> Response[FeedbackPage | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            page=page,
            limit=limit,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = 1,
    limit: int | None = 20,
) -> FeedbackPage | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            page=page,
            limit=limit,
        )
    ).parsed
