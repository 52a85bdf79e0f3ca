"""Human input: the forms of paused runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from dify_chatflow._async.forms import required_token, submit_form
from dify_chatflow._async.session import AsyncResource
from dify_chatflow._options import RequestOptions
from dify_chatflow._streaming.form import Form
from dify_chatflow_client.api.human_input import get_chatflow_human_input_form as get_form
from dify_chatflow_client.models.human_input_form import HumanInputForm
from dify_chatflow_client.models.json_object import JsonObject


class AsyncHumanInput(AsyncResource):
    """`app.human_input`: read and submit the forms of paused runs."""

    async def get(self, form_token: Form | str, **options: Unpack[RequestOptions]) -> HumanInputForm:
        """Return a form.

        Args:
            form_token: One of `reply.forms`, or its token.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The form's text, fields, buttons and expiry in Unix seconds.

        Raises:
            NotFoundError: The form does not exist.
            PreconditionFailedError: The form was submitted before, or has expired.

        Example:
            form = await app.human_input.get(reply.forms[0])
            print(form.form_content, [action.id for action in form.user_actions])

        """
        return await self._session.with_options(options).call(get_form.operation, required_token(form_token))

    async def submit(
        self,
        form_token: Form | str,
        action: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> JsonObject:
        """Submit a form and resume its run, which `runs.events` follows.

        Args:
            form_token: One of `reply.forms`, or its token.
            action: The id of the button.
            inputs: The values of the fields by output variable, which may be uploaded files. Servers accept a value
                of the wrong type, and the run fails.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            An empty object.

        Raises:
            ConfigurationError: No end user is set, or the form cannot be submitted any more.
            BadRequestError: The button is unknown, or a field is missing.
            PreconditionFailedError: The form was submitted before, or has expired.

        Example:
            await app.human_input.submit(reply.forms[0], "approve", inputs={"comment": "Fine."})

        """
        session, owner = self._session.with_options(options), self._config.required_user(user)
        return await submit_form(session, form_token, action, inputs, owner)
