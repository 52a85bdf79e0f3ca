from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import (
    Operation,
    Response,
    Unset,
    build_request,
    read_error,
)

if TYPE_CHECKING:
    from ...models.chunk_chat_event import ChunkChatEventVariant
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    workflow_run_id: str,
    *,
    user: str,
    include_state_snapshot: bool | Unset = False,
    continue_on_pause: bool | Unset = False,
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


def parse_event(data: Mapping[str, Any]) -> ChunkChatEventVariant:
    """One event of the stream this operation answers with, in its own class"""
    from ...models.chunk_chat_event import read_variant  # noqa: PLC0415

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
    include_state_snapshot: bool | Unset = False,
    continue_on_pause: bool | Unset = False,
) -> Response[None | ErrorResponse | None]:
    """Follow the events of an existing run

    Opens a stream on a run that was started earlier, for example after a lost connection or while a form is being
    answered. Without a snapshot only events from now on arrive, and a paused run sends nothing but pings until it
    continues. A run that is over yields just `workflow_finished`. After a form is answered no `message` events
    arrive: take the text from `outputs.answer` of `workflow_finished`.

    Args:
        client: How to reach the server.
        workflow_run_id (str): UUID of the run to follow, found as `workflow_run_id` in the chat response or in any
            of its stream events. A malformed value makes the server answer 500.
        user (str): The end user for whom the run was started. Any other name gives 404, a missing one 400
            `invalid_param`.
        include_state_snapshot (bool | Unset): With `true` the stream begins with what has happened so far:
            `workflow_started`, `message_replace` with the answer up to now, and shortened node events. Write `true` or
            `false` literally; the default is `false`. Default: False.
        continue_on_pause (bool | Unset): With `true` the stream stays open across pauses, also for several forms in
            a row; by default `workflow_paused` closes it. Combine it with the snapshot: alone, the connection also
            stays open after `workflow_finished`, so close it yourself. Default: False.

    Returns:
        The status, headers and content, and the body parsed; None where the document declares no body

    Raises:
        httpx.TransportError: The server cannot be reached, or does not answer in time.
        errors.UnexpectedStatus: The document does not list the status, and the client is told to raise then.
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
    include_state_snapshot: bool | Unset = False,
    continue_on_pause: bool | Unset = False,
) -> None | ErrorResponse | None:
    """Like sync_detailed, but gives only the parsed body"""
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
    include_state_snapshot: bool | Unset = False,
    continue_on_pause: bool | Unset = False,
) -> Response[None | ErrorResponse | None]:
    """Like sync_detailed, for asyncio"""
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
    include_state_snapshot: bool | Unset = False,
    continue_on_pause: bool | Unset = False,
) -> None | ErrorResponse | None:
    """Like asyncio_detailed, but gives only the parsed body"""
    return (
        await asyncio_detailed(
            workflow_run_id=workflow_run_id,
            client=client,
            user=user,
            include_state_snapshot=include_state_snapshot,
            continue_on_pause=continue_on_pause,
        )
    ).parsed
