from __future__ import annotations

import datetime
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
    from ...models.workflow_log_page import WorkflowLogPage
    from ...models.workflow_log_status import WorkflowLogStatus


def _get_kwargs(
    *,
    keyword: str | None = None,
    status: WorkflowLogStatus | None = None,
    page: int | None = 1,
    limit: int | None = 20,
    created_at_before: datetime.datetime | None = None,
    created_at_after: datetime.datetime | None = None,
    created_by_end_user_session_id: str | None = None,
    created_by_account: str | None = None,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/workflows/logs",
        params={
            "keyword": keyword,
            "status": status,
            "page": page,
            "limit": limit,
            "created_at__before": created_at_before,
            "created_at__after": created_at_after,
            "created_by_end_user_session_id": created_by_end_user_session_id,
            "created_by_account": created_by_account,
        },
    )


def _read_success(response: httpx.Response) -> WorkflowLogPage:
    from ...models.workflow_log_page import WorkflowLogPage  # noqa: PLC0415

    return WorkflowLogPage.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> WorkflowLogPage | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "list_chatflow_workflow_logs",
    "GET",
    "/workflows/logs",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[WorkflowLogPage | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    keyword: str | None = None,
    status: WorkflowLogStatus | None = None,
    page: int | None = 1,
    limit: int | None = 20,
    created_at_before: datetime.datetime | None = None,
    created_at_after: datetime.datetime | None = None,
    created_by_end_user_session_id: str | None = None,
    created_by_account: str | None = None,
) -> Response[WorkflowLogPage | ErrorResponse | None]:
    """List workflow runs

    Return one page of the workflow run log with status, tokens, steps and duration of each run. Filters can be
    combined. The log has no node details; those are available only as `node_started` and `node_finished` events
    while the run is streamed. For a chatflow, the list may be empty even if there were runs.

    Args:
        client: Client with the settings of the connection.
        keyword (str | None): Text that the inputs, outputs or end user id must contain.
        status (WorkflowLogStatus | None): Status of a run in the log.
        page (int | None): Page number, from `1` (the default) to `99999`. Default: 1.
        limit (int | None): Page size, from `1` to `100`; the default is `20`. Larger values result in `400`
            `invalid_param`. Default: 20.
        created_at_before (datetime.datetime | None): Latest creation time, as an ISO 8601 date-time such as
            `2030-01-01T00:00:00Z`.
        created_at_after (datetime.datetime | None): Earliest creation time, as an ISO 8601 date-time such as
            `2025-01-01T00:00:00Z`.
        created_by_end_user_session_id (str | None): End user who started the runs, as specified in `user` of the
            chat requests.
        created_by_account (str | None): Email address of the workspace member who started the runs. An unknown
            address results in `400` `invalid_param`.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            keyword=keyword,
            status=status,
            page=page,
            limit=limit,
            created_at_before=created_at_before,
            created_at_after=created_at_after,
            created_by_end_user_session_id=created_by_end_user_session_id,
            created_by_account=created_by_account,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    keyword: str | None = None,
    status: WorkflowLogStatus | None = None,
    page: int | None = 1,
    limit: int | None = 20,
    created_at_before: datetime.datetime | None = None,
    created_at_after: datetime.datetime | None = None,
    created_by_end_user_session_id: str | None = None,
    created_by_account: str | None = None,
) -> WorkflowLogPage | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        keyword=keyword,
        status=status,
        page=page,
        limit=limit,
        created_at_before=created_at_before,
        created_at_after=created_at_after,
        created_by_end_user_session_id=created_by_end_user_session_id,
        created_by_account=created_by_account,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    keyword: str | None = None,
    status: WorkflowLogStatus | None = None,
    page: int | None = 1,
    limit: int | None = 20,
    created_at_before: datetime.datetime | None = None,
    created_at_after: datetime.datetime | None = None,
    created_by_end_user_session_id: str | None = None,
    created_by_account: str | None = None,
) -> Response[WorkflowLogPage | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            keyword=keyword,
            status=status,
            page=page,
            limit=limit,
            created_at_before=created_at_before,
            created_at_after=created_at_after,
            created_by_end_user_session_id=created_by_end_user_session_id,
            created_by_account=created_by_account,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    keyword: str | None = None,
    status: WorkflowLogStatus | None = None,
    page: int | None = 1,
    limit: int | None = 20,
    created_at_before: datetime.datetime | None = None,
    created_at_after: datetime.datetime | None = None,
    created_by_end_user_session_id: str | None = None,
    created_by_account: str | None = None,
) -> WorkflowLogPage | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            keyword=keyword,
            status=status,
            page=page,
            limit=limit,
            created_at_before=created_at_before,
            created_at_after=created_at_after,
            created_by_end_user_session_id=created_by_end_user_session_id,
            created_by_account=created_by_account,
        )
    ).parsed
