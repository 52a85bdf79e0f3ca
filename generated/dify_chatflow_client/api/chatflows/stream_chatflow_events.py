from __future__ import annotations

from collections.abc import Mapping
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
    from ...models.stream_event import StreamEvent


def _get_kwargs(
    workflow_run_id: str,
    *,
    user: str,
    include_state_snapshot: bool | None = False,
    continue_on_pause: bool | None = False,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/workflow/{workflow_run_id}/events",
        path={
            "workflow_run_id": workflow_run_id,
        },
        params={
            "user": user,
            "include_state_snapshot": include_state_snapshot,
            "continue_on_pause": continue_on_pause,
        },
    )


def _read_success(response: httpx.Response) -> None:
    return None


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> None | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return None
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "stream_chatflow_events",
    "GET",
    "/workflow/{workflow_run_id}/events",
    _get_kwargs,
    _read_success,
)


def parse_event(data: Mapping[str, Any]) -> StreamEvent:
    """Parse an event of the stream that this operation returns"""
    from ...models.stream_event import read_variant  # noqa: PLC0415

    return read_variant(data)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[None | ErrorResponse | None]:
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
    user: str,
    include_state_snapshot: bool | None = False,
    continue_on_pause: bool | None = False,
) -> Response[None | ErrorResponse | None]:
    """Stream the events of a workflow run

    Open an event stream for an existing run, for example after a lost connection or a form submission. Without a
    snapshot, only new events are sent; a paused run sends only pings until it resumes. A finished run sends a
    single `workflow_finished`. Some servers send no `message` events after a form submission: read the text from
    `outputs.answer` of `workflow_finished`.

    Args:
        client: Client with the settings of the connection.
        workflow_run_id (str): UUID of the run, the `workflow_run_id` of the chat response or its events. A
            malformed UUID results in a `500` response.
        user (str): End user who started the run. Any other value results in `404` `not_found`, a missing one in
            `400` `invalid_param`.
        include_state_snapshot (bool | None): `true` to start the stream with the events so far: `workflow_started`,
            `message_replace` with the current answer, and abridged node events. Must be the literal `true` or `false`;
            the default is `false`. Default: False.
        continue_on_pause (bool | None): `true` to continue the stream after pauses, including several consecutive
            forms; by default, it ends with `workflow_paused`. Combine it with the snapshot: without it, the connection
            also remains open after `workflow_finished` and must be closed by the client. Default: False.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            workflow_run_id=workflow_run_id,
            user=user,
            include_state_snapshot=include_state_snapshot,
            continue_on_pause=continue_on_pause,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    workflow_run_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str,
    include_state_snapshot: bool | None = False,
    continue_on_pause: bool | None = False,
) -> None | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        workflow_run_id=workflow_run_id,
        client=client,
        user=user,
        include_state_snapshot=include_state_snapshot,
        continue_on_pause=continue_on_pause,
    ).parsed


async def asyncio_detailed(
    workflow_run_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str,
    include_state_snapshot: bool | None = False,
    continue_on_pause: bool | None = False,
) -> Response[None | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            workflow_run_id=workflow_run_id,
            user=user,
            include_state_snapshot=include_state_snapshot,
            continue_on_pause=continue_on_pause,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    workflow_run_id: str,
    *,
    client: AuthenticatedClient | Client,
    user: str,
    include_state_snapshot: bool | None = False,
    continue_on_pause: bool | None = False,
) -> None | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            workflow_run_id=workflow_run_id,
            client=client,
            user=user,
            include_state_snapshot=include_state_snapshot,
            continue_on_pause=continue_on_pause,
        )
    ).parsed
