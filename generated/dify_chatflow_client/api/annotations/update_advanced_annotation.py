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
    from ...models.error_response import ErrorResponse
    from ...models.update_annotation_request import UpdateAnnotationRequest


def _get_kwargs(
    annotation_id: str,
    *,
    body: UpdateAnnotationRequest,
) -> dict[str, Any]:
    return build_request(
        "put",
        "/apps/annotations/{annotation_id}",
        path={
            "annotation_id": annotation_id,
        },
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> Annotation:
    from ...models.annotation import Annotation  # noqa: PLC0415

    return Annotation.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Annotation | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "update_advanced_annotation",
    "PUT",
    "/apps/annotations/{annotation_id}",
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
    annotation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAnnotationRequest,
) -> Response[Annotation | ErrorResponse | None]:
    """Update an annotation

    Replace both texts of an annotation; `id`, `hit_count` and `created_at` do not change. Both fields are required:
    a missing one results in `400` `invalid_param`.

    Args:
        client: Client with the settings of the connection.
        annotation_id (str): UUID of the annotation. A malformed UUID results in an HTML `404` page.
        body (UpdateAnnotationRequest): New texts of an annotation. Both fields are required.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            annotation_id=annotation_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    annotation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAnnotationRequest,
) -> Annotation | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        annotation_id=annotation_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    annotation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAnnotationRequest,
) -> Response[Annotation | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            annotation_id=annotation_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    annotation_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAnnotationRequest,
) -> Annotation | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            annotation_id=annotation_id,
            client=client,
            body=body,
        )
    ).parsed
