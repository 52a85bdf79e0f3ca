"""Submission of human-input forms, for `app.human_input` and for streams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dify_chatflow._arguments import identifier
from dify_chatflow._async.session import AsyncSession
from dify_chatflow._attachments import plain_inputs
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._streaming.form import Form
from dify_chatflow_client.api.human_input import submit_chatflow_human_input_form as submit_operation
from dify_chatflow_client.models.human_input_submission import HumanInputSubmission
from dify_chatflow_client.models.json_object import JsonObject


async def submit_form(
    session: AsyncSession, form: Form | str, action: str, inputs: Mapping[str, Any] | None, user: str
) -> JsonObject:
    """Submit a form and return the server's answer, an empty object."""
    body = HumanInputSubmission(inputs=JsonObject(plain_inputs(inputs)), action=action, user=user)
    return await session.call(submit_operation.operation, required_token(form), body=body)


def required_token(form: Form | str) -> str:
    """Return the token of a form.

    Raises:
        ConfigurationError: The form has no token.

    """
    token: Any = form if isinstance(form, str) else getattr(form, "token", form)
    if not token:
        raise ConfigurationError("this form has no token: it cannot be read or submitted any more")
    return identifier(token, "form_token")
