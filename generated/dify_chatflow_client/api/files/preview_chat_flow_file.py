from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import (
    UNSET,
    File,
    Operation,
    Response,
    Unset,
    read_error,
)

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    file_id: str,
    *,
    as_attachment: bool | Unset = False,
    user: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["as_attachment"] = as_attachment

    params["user"] = user

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/files/{file_id}/preview".format(
            file_id=quote(str(file_id), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _read_success(response: httpx.Response) -> File:
    return File(payload=BytesIO(response.content))


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> File | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "preview_chat_flow_file",
    "GET",
    "/files/{file_id}/preview",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[File | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    file_id: str,
    *,
    client: AuthenticatedClient | Client,
    as_attachment: bool | Unset = False,
    user: str | Unset = UNSET,
) -> Response[File | ErrorResponse | None]:
    """Fetch the bytes of an uploaded file

     Returns the content of a file that a message of this app has used. A fresh upload becomes readable
    only after a question has referred to it.

    Args:
        file_id (str):
        as_attachment (bool | Unset):  Default: False.
        user (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File | ErrorResponse | None]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            file_id=file_id,
            as_attachment=as_attachment,
            user=user,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    file_id: str,
    *,
    client: AuthenticatedClient | Client,
    as_attachment: bool | Unset = False,
    user: str | Unset = UNSET,
) -> File | ErrorResponse | None:
    """Like sync_detailed, but gives only the parsed body"""
    return sync_detailed(
        file_id=file_id,
        client=client,
        as_attachment=as_attachment,
        user=user,
    ).parsed


async def asyncio_detailed(
    file_id: str,
    *,
    client: AuthenticatedClient | Client,
    as_attachment: bool | Unset = False,
    user: str | Unset = UNSET,
) -> Response[File | ErrorResponse | None]:
    """Like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            file_id=file_id,
            as_attachment=as_attachment,
            user=user,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    file_id: str,
    *,
    client: AuthenticatedClient | Client,
    as_attachment: bool | Unset = False,
    user: str | Unset = UNSET,
) -> File | ErrorResponse | None:
    """Like asyncio_detailed, but gives only the parsed body"""
    return (
        await asyncio_detailed(
            file_id=file_id,
            client=client,
            as_attachment=as_attachment,
            user=user,
        )
    ).parsed
