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
    from ...models.file_upload_request import FileUploadRequest
    from ...models.file_upload_response import FileUploadResponse


def _get_kwargs(
    *,
    body: FileUploadRequest,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/files/upload",
        body=body,
        kind="files",
        content_type="multipart/form-data",
    )


def _read_success(response: httpx.Response) -> FileUploadResponse:
    from ...models.file_upload_response import FileUploadResponse  # noqa: PLC0415

    return FileUploadResponse.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> FileUploadResponse | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 201:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 413, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "upload_advanced_chat_file",
    "POST",
    "/files/upload",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[FileUploadResponse | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: FileUploadRequest,
) -> Response[FileUploadResponse | ErrorResponse | None]:
    """Upload a file

    Store an image, document, audio or video file on the server and return its id. To send the file to the chatflow,
    add it to the `files` of a chat request with the id as `upload_file_id` and `transfer_method` set to
    `local_file`. The `user` of the upload owns the file; a reference by another user is rejected with `400`
    `invalid_param`.

    Args:
        client: Client with the settings of the connection.
        body (FileUploadRequest): File to store and its owner.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: FileUploadRequest,
) -> FileUploadResponse | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: FileUploadRequest,
) -> Response[FileUploadResponse | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: FileUploadRequest,
) -> FileUploadResponse | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
