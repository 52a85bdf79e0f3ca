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
    from ...models.annotation_reply_action import AnnotationReplyAction
    from ...models.annotation_reply_job import AnnotationReplyJob
    from ...models.annotation_reply_request import AnnotationReplyRequest
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    action: AnnotationReplyAction,
    *,
    body: AnnotationReplyRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/apps/annotation-reply/{action}",
        path={
            "action": action,
        },
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> AnnotationReplyJob:
    from ...models.annotation_reply_job import AnnotationReplyJob  # noqa: PLC0415

    return AnnotationReplyJob.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AnnotationReplyJob | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "initial_advanced_annotation_reply_settings",
    "POST",
    "/apps/annotation-reply/{action}",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AnnotationReplyJob | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    action: AnnotationReplyAction,
    *,
    client: AuthenticatedClient | Client,
    body: AnnotationReplyRequest,
) -> Response[AnnotationReplyJob | ErrorResponse | None]:
    """Switch annotation reply on or off

    Start a background job that switches annotation reply on or off, and return the job's id immediately. All three
    settings are required, even to disable the feature: a missing one results in `400` `invalid_param`. Poll the
    status of the job with the same action until it is `completed` or `error`.

    Args:
        client: Client with the settings of the connection.
        action (AnnotationReplyAction): Enables or disables annotation replies.
        body (AnnotationReplyRequest): Embedding model and similarity threshold for annotation reply. All fields are
            required, even to disable the feature.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            action=action,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    action: AnnotationReplyAction,
    *,
    client: AuthenticatedClient | Client,
    body: AnnotationReplyRequest,
) -> AnnotationReplyJob | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        action=action,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    action: AnnotationReplyAction,
    *,
    client: AuthenticatedClient | Client,
    body: AnnotationReplyRequest,
) -> Response[AnnotationReplyJob | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            action=action,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    action: AnnotationReplyAction,
    *,
    client: AuthenticatedClient | Client,
    body: AnnotationReplyRequest,
) -> AnnotationReplyJob | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            action=action,
            client=client,
            body=body,
        )
    ).parsed
