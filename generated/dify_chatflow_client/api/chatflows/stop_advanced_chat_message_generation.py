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
    from ...models.stop_request import StopRequest
    from ...models.success_result import SuccessResult


def _get_kwargs(
    task_id: str,
    *,
    body: StopRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/chat-messages/{task_id}/stop",
        path={
            "task_id": task_id,
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
    "stop_advanced_chat_message_generation",
    "POST",
    "/chat-messages/{task_id}/stop",
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
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: StopRequest,
) -> Response[SuccessResult | ErrorResponse | None]:
    """Stop a running chat

    Request that the run behind an open stream be aborted. The server responds with `200` for any id, including
    unknown and finished ones, so check the events or the run detail for the outcome. On current servers, the
    aborted stream ends with `workflow_finished`, with `data.status` set to `failed` and `data.error` to `Aborted:
    User requested stop`, and without `message_end`; the run detail has the status `stopped`. Blocking runs cannot
    be stopped this way, because their task id is returned only with the complete answer.

    Args:
        client: Client with the settings of the connection.
        task_id (str): `task_id` of the events in the running stream. It differs from `workflow_run_id`.
        body (StopRequest): End user who stops the run.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            task_id=task_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: StopRequest,
) -> SuccessResult | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        task_id=task_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: StopRequest,
) -> Response[SuccessResult | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            task_id=task_id,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: StopRequest,
) -> SuccessResult | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            task_id=task_id,
            client=client,
            body=body,
        )
    ).parsed
