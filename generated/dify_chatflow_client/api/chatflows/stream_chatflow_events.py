from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import (
    UNSET,
    Operation,
    Response,
    Unset,
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

    params: dict[str, Any] = {}

    params["user"] = user

    params["include_state_snapshot"] = include_state_snapshot

    params["continue_on_pause"] = continue_on_pause

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/workflow/{workflow_run_id}/events".format(
            workflow_run_id=quote(str(workflow_run_id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


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

     Opens a stream on a run that was started earlier, for example after a lost connection or while a
    form is being answered. Without a snapshot only events from now on arrive, and a paused run sends
    nothing but pings until it continues. A run that is over yields just `workflow_finished`. After a
    form is answered no `message` events arrive: take the text from `outputs.answer` of
    `workflow_finished`.

    Args:
        workflow_run_id (str):
        user (str):
        include_state_snapshot (bool | Unset):  Default: False.
        continue_on_pause (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[None | ErrorResponse | None]
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
