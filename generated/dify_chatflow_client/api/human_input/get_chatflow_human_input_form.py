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
    from ...models.human_input_form import HumanInputForm


def _get_kwargs(
    form_token: str,
) -> dict[str, Any]:
    return build_request(
        "get",
        "/form/human_input/{form_token}",
        path={
            "form_token": form_token,
        },
    )


def _read_success(response: httpx.Response) -> HumanInputForm:
    from ...models.human_input_form import HumanInputForm  # noqa: PLC0415

    return HumanInputForm.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> HumanInputForm | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 412, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "get_chatflow_human_input_form",
    "GET",
    "/form/human_input/{form_token}",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[HumanInputForm | ErrorResponse | None]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    form_token: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[HumanInputForm | ErrorResponse | None]:
    """Get the form of a paused run

    Return the text, fields and buttons of the form that a paused run is waiting for, so that a client can display
    it. Only forms that the Human Input node delivers through the web app are available. No `user` is required.

    Args:
        client: Client with the settings of the connection.
        form_token (str): Token of the form: the `form_token` of the `human_input_required` event, also contained in
            the `reasons` of `workflow_paused`.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            form_token=form_token,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    form_token: str,
    *,
    client: AuthenticatedClient | Client,
) -> HumanInputForm | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        form_token=form_token,
        client=client,
    ).parsed


async def asyncio_detailed(
    form_token: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[HumanInputForm | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            form_token=form_token,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    form_token: str,
    *,
    client: AuthenticatedClient | Client,
) -> HumanInputForm | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            form_token=form_token,
            client=client,
        )
    ).parsed
