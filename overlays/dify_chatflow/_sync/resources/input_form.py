# Generated from dify_chatflow/_async/resources/input_form.py by `make generate`; change it there.
"""The input form of the app: requested, kept for a while, and compared with the inputs of a query."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from dify_chatflow._inputs import InputForm
from dify_chatflow._sync.session import Session
from dify_chatflow_client.api.applications import get_advanced_chat_app_parameters as app_parameters

# Seconds after which the form is read again: until then, a newly published version may add required variables.
FORM_LIFETIME = 300.0


def read_input_form(session: Session) -> InputForm:
    """Request the form."""
    parameters = session.call(app_parameters.operation)
    return InputForm.from_parameters(parameters.to_dict())


def check_inputs(session: Session, inputs: Mapping[str, Any]) -> None:
    """Raise ConfigurationError for inputs that the app does not accept.

    A kept form that refuses them is read again first, since it may be older than the app.
    """
    cache = session.config.form_cache
    form: InputForm | None = cache.form if time.monotonic() < cache.expires else None
    if form is None or form.problems(inputs):
        form = cache.form = read_input_form(session)
        cache.expires = time.monotonic() + FORM_LIFETIME
    form.check(inputs)
