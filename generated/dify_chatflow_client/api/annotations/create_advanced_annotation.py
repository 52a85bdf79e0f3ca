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
    from ...models.annotation import Annotation
    from ...models.create_annotation_request import CreateAnnotationRequest
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    *,
    body: CreateAnnotationRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/apps/annotations",
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> Annotation:
    from ...models.annotation import Annotation  # noqa: PLC0415

    if response.status_code == 201:
        return Annotation.from_dict(response.json())
    return Annotation.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Annotation | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code in (200, 201):
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "create_advanced_annotation",
    "POST",
    "/apps/annotations",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Annotation | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAnnotationRequest,
) -> Response[Annotation | ErrorResponse | None]:
    """Create an annotation

    Store a question and its predefined answer. With annotation reply enabled, a query that is sufficiently similar
    to `question` is answered with `answer`, without running the workflow. A missing field results in `400`
    `invalid_param`; empty strings are accepted, so validate the texts before sending them.

    Args:
        client: Client with the settings of the connection.
        body (CreateAnnotationRequest): Question and predefined answer. A missing field results in `400`
            `invalid_param`.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAnnotationRequest,
) -> Annotation | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAnnotationRequest,
) -> Response[Annotation | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAnnotationRequest,
) -> Annotation | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
