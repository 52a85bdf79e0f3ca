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
    from ...models.human_input_submission import HumanInputSubmission
    from ...models.json_object import JsonObject


def _get_kwargs(
    form_token: str,
    *,
    body: HumanInputSubmission,
) -> dict[str, Any]:
    return build_request(
        "post",
        "/form/human_input/{form_token}",
        path={
            "form_token": form_token,
        },
        body=body,
        kind="json",
        content_type="application/json",
    )


def _read_success(response: httpx.Response) -> JsonObject:
    from ...models.json_object import JsonObject  # noqa: PLC0415

    return JsonObject.from_dict(response.json())


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> JsonObject | ErrorResponse | None:
    from ...models.error_response import ErrorResponse  # noqa: PLC0415

    if response.status_code == 200:
        return _read_success(response)
    if response.status_code in (400, 401, 403, 404, 412, 415, 429, 500):
        return read_error(ErrorResponse.from_dict, response)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return read_error(ErrorResponse.from_dict, response) if response.status_code >= 400 else None


operation = Operation(
    "submit_chatflow_human_input_form",
    "POST",
    "/form/human_input/{form_token}",
    _get_kwargs,
    _read_success,
)


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[JsonObject | ErrorResponse | None]:
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
    body: HumanInputSubmission,
) -> Response[JsonObject | ErrorResponse | None]:
    """Submit the form of a paused run

    Submit the field values and the selected action, and resume the run in the background. Read the remaining events
    from the event stream of the run; the complete answer is in `outputs.answer` of `workflow_finished`. Only forms
    that the Human Input node delivers through the web app can be submitted.

    Args:
        client: Client with the settings of the connection.
        form_token (str): Token of the form: the `form_token` of the `human_input_required` event. It is valid for
            one submission.
        body (HumanInputSubmission): Submission with the selected action and the field values.

    Returns:
        Status, headers, content and the parsed body, which is None if the document declares none

    Raises:
        httpx.TransportError: The server cannot be reached, or does not respond in time.
        errors.UnexpectedStatus: The document does not declare the status, and `raise_on_unexpected_status` is set.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            form_token=form_token,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


def sync(
    form_token: str,
    *,
    client: AuthenticatedClient | Client,
    body: HumanInputSubmission,
) -> JsonObject | ErrorResponse | None:
    """Send the request like sync_detailed, and return only the parsed body"""
    return sync_detailed(
        form_token=form_token,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    form_token: str,
    *,
    client: AuthenticatedClient | Client,
    body: HumanInputSubmission,
) -> Response[JsonObject | ErrorResponse | None]:
    """Send the request like sync_detailed, for asyncio"""
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            form_token=form_token,
            body=body,
        )
    )
    return _build_response(client=client, response=response)


async def asyncio(
    form_token: str,
    *,
    client: AuthenticatedClient | Client,
    body: HumanInputSubmission,
) -> JsonObject | ErrorResponse | None:
    """Send the request like asyncio_detailed, and return only the parsed body"""
    return (
        await asyncio_detailed(
            form_token=form_token,
            client=client,
            body=body,
        )
    ).parsed
