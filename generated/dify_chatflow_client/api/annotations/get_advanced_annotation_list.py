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
    from ...models.annotation_page import AnnotationPage
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    *,
    page: int | None = 1,
    limit: int | None = 20,
    keyword: str | None = None,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/apps/annotations",
        params={
            "page": page,
            "limit": limit,
            "keyword": keyword,
        },
    )


def _read_success(response: httpx.Response) -> AnnotationPage:
    from ...models.annotation_page import AnnotationPage  # noqa: PLC0415

    return AnnotationPage.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AnnotationPage | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_advanced_annotation_list",
    "GET",
    "/apps/annotations",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AnnotationPage | ErrorResponse | None]:
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
    keyword: str | None = None,
) -> Response[AnnotationPage | ErrorResponse | None]:
    """List the annotations of the app

    Return one page of the app's annotations with the total number of matches. Use `keyword` to filter the list; if
    nothing matches, `data` is empty and `total` is 0.

    Args:
        client: Client with the settings of the connection.
        page (int | None): Page number, starting at `1` (the default). Current servers reject values below `1` with
            `400` `invalid_param`. Default: 1.
        limit (int | None): Page size; the default is `20`. Default: 20.
        keyword (str | None): Text that the question or answer must contain. By default, all annotations are
            returned.

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
            keyword=keyword,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = 1,
    limit: int | None = 20,
    keyword: str | None = None,
) -> AnnotationPage | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        page=page,
        limit=limit,
        keyword=keyword,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = 1,
    limit: int | None = 20,
    keyword: str | None = None,
) -> Response[AnnotationPage | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            page=page,
            limit=limit,
            keyword=keyword,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = 1,
    limit: int | None = 20,
    keyword: str | None = None,
) -> AnnotationPage | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            page=page,
            limit=limit,
            keyword=keyword,
        )
    ).parsed
