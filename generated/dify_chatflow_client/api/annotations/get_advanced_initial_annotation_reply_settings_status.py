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
    from ...models.annotation_reply_job_status import AnnotationReplyJobStatus
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    action: AnnotationReplyAction,
    job_id: str,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/apps/annotation-reply/{action}/status/{job_id}",
        path={
            "action": action,
            "job_id": job_id,
        },
    )


def _read_success(response: httpx.Response) -> AnnotationReplyJobStatus:
    from ...models.annotation_reply_job_status import AnnotationReplyJobStatus  # noqa: PLC0415

    return AnnotationReplyJobStatus.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AnnotationReplyJobStatus | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_advanced_initial_annotation_reply_settings_status",
    "GET",
    "/apps/annotation-reply/{action}/status/{job_id}",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AnnotationReplyJobStatus | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    action: AnnotationReplyAction,
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[AnnotationReplyJobStatus | ErrorResponse | None]:
    """Check an annotation reply job

    Return the status of a job that switches annotation reply on or off: `waiting`, `processing`, `completed` or
    `error`. Jobs are identified by action and id, so specify the action that the job was started with.

    Args:
        client: Client with the settings of the connection.
        action (AnnotationReplyAction): Enables or disables annotation replies.
        job_id (str): UUID of the job, returned as `job_id` when the job was queued. A malformed UUID results in an
            HTML `404` page.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            action=action,
            job_id=job_id,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    action: AnnotationReplyAction,
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> AnnotationReplyJobStatus | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        action=action,
        job_id=job_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    action: AnnotationReplyAction,
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[AnnotationReplyJobStatus | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            action=action,
            job_id=job_id,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    action: AnnotationReplyAction,
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> AnnotationReplyJobStatus | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            action=action,
            job_id=job_id,
            client=client,
        )
    ).parsed
