"""Human-input forms: read one, submit one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from local_dify.api import files
from local_dify.api import validation as check
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, validate
from local_dify.engine import forms
from local_dify.errors import json_response, not_found_with_guesses
from local_dify.json_types import Record


async def get_form(request: APIRequest) -> Response:
    """Handle `GET /form/human_input/{form_token}`."""
    found = find_form(request)
    forms.require_open(found, request.now())
    return json_response(forms.form_body(found))


async def submit_form(request: APIRequest) -> Response:
    """Handle `POST /form/human_input/{form_token}`: once, by any user (524_humllm_form_post)."""
    body = await request.json()
    user = request.user(body.get("user"), required=True)
    fields = (Field("inputs", check.mapping), Field("action", check.string))
    params = validate("HumanInputFormSubmitPayload", body, *fields)
    found = find_form(request)
    forms.require_open(found, request.now())
    forms.check_submission(found, params["action"], params["inputs"])
    if request.version.checks_selects:
        forms.check_selects(found, params["inputs"])
    request.engine.submit(found, params["action"], resolve_form_files(request, found, params["inputs"], user))
    return json_response({})


def find_form(request: APIRequest) -> Record:
    """Return the form of this app with the token in the path."""
    found = request.state.get("form", str(request.raw.path_params["form_token"]), request.app.id)
    if found is None:
        raise not_found_with_guesses("Form not found", request.path)
    return found


def resolve_form_files(
    request: APIRequest, form: Mapping[str, Any], inputs: Mapping[str, Any], user: Mapping[str, Any]
) -> Record:
    """Return the submitted inputs with files in the form that events show."""
    kinds = {entry["output_variable_name"]: entry["type"] for entry in form["inputs"]}
    values: Record = dict(inputs)
    for name, value in inputs.items():
        if kinds.get(name) == "file":
            values[name] = files.resolve_file(request, value, user)
        elif kinds.get(name) == "file-list":
            values[name] = files.resolve_files(request, value, user)
    return values
