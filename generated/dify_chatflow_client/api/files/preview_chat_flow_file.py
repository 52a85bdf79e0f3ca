from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import (
    File,
    Operation,
    Response,
    build_request,
    read_error,
)

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.error_response import ErrorResponse


def _get_kwargs(
    file_id: str,
    *,
    as_attachment: bool | None = False,
    user: str | None = None,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/files/{file_id}/preview",
        path={
            "file_id": file_id,
        },
        params={
            "as_attachment": as_attachment,
            "user": user,
        },
    )


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
    as_attachment: bool | None = False,
    user: str | None = None,
) -> Response[File | ErrorResponse | None]:
    """Download an uploaded file

    Return the content of a file that is attached to a message of this app. An uploaded file is available only after
    it has been used in a chat request.

    Args:
        client: Client with the settings of the connection.
        file_id (str): UUID returned as `id` by the upload. A malformed UUID results in an HTML `404` page.
        as_attachment (bool | None): `true` to have browsers save the file instead of displaying it; the content
            type is then `application/octet-stream`. The default is `false`. Default: False.
        user (str | None): End user on whose behalf the file is read. Optional; the file is returned with or without
            it.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
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
    as_attachment: bool | None = False,
    user: str | None = None,
) -> File | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
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
    as_attachment: bool | None = False,
    user: str | None = None,
) -> Response[File | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
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
    as_attachment: bool | None = False,
    user: str | None = None,
) -> File | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            file_id=file_id,
            client=client,
            as_attachment=as_attachment,
            user=user,
        )
    ).parsed
