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
    from ...models.workflow_run_detail import WorkflowRunDetail


def _get_kwargs(
    workflow_run_id: str,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/workflows/run/{workflow_run_id}",
        path={
            "workflow_run_id": workflow_run_id,
        },
    )


def _read_success(response: httpx.Response) -> WorkflowRunDetail:
    from ...models.workflow_run_detail import WorkflowRunDetail  # noqa: PLC0415

    return WorkflowRunDetail.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> WorkflowRunDetail | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_chatflow_workflow_run_detail",
    "GET",
    "/workflows/run/{workflow_run_id}",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[WorkflowRunDetail | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    workflow_run_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[WorkflowRunDetail | ErrorResponse | None]:
    """Get a workflow run's detail

    Return the status, inputs, outputs, error and token usage of a workflow run. This is the authoritative source
    for the outcome of a run: a stopped run has the status `stopped` here, while its stream may report `failed`. A
    run that is waiting for human input is `paused`, with `finished_at` null and an `elapsed_time` of 0.

    Args:
        client: Client with the settings of the connection.
        workflow_run_id (str): UUID of the run, the `workflow_run_id` of its events. A malformed UUID results in a
            `500` response.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            workflow_run_id=workflow_run_id,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    workflow_run_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> WorkflowRunDetail | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        workflow_run_id=workflow_run_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    workflow_run_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[WorkflowRunDetail | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            workflow_run_id=workflow_run_id,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    workflow_run_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> WorkflowRunDetail | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            workflow_run_id=workflow_run_id,
            client=client,
        )
    ).parsed
