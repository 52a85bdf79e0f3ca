"""Conversation variables: list and set."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from local_dify.api import validation as check
from local_dify.api.conversations import LAST_ID, LIMIT, LONGEST_NAME, find_conversation, page_response
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, Problem, validate
from local_dify.errors import bad_request, internal_error, invalid, json_response, not_found, not_found_with_guesses
from local_dify.json_types import Record, is_list

KINDS = {"str": "string", "bool": "boolean", "int": "integer", "float": "float", "dict": "object", "NoneType": "none"}
NUMBERS = {"integer", "float"}
UNSAFE = ("'", '"', ";", "--", "/*", "*/", "xp_", "sp_")


def check_name(value: Any) -> tuple[Any, Problem | None]:
    """Accept the name of a variable: letters, digits, hyphens, underscores and periods."""
    message = None
    if not re.sub(r"[-_.]", "", value).isalnum():
        message = "Variable name can only contain letters, numbers, hyphens (-), underscores (_), and periods (.)"
    elif found := next((text for text in UNSAFE if text in value.lower()), None):
        message = f"Variable name contains invalid characters: {found}"
    elif len(value) > LONGEST_NAME:
        return value, Problem(f"String should have at most {LONGEST_NAME} characters", "string_too_long")
    return value, Problem(f"Value error, {message}", "value_error") if message else None


async def list_variables(request: APIRequest) -> Response:
    """Handle `GET /conversations/{conversation_id}/variables`."""
    user = request.user(request.query.get("user"))
    request.require_chat_app()
    is_checked = request.version.variable_name != "ignored"
    named = Field("variable_name", check_name if is_checked else check.anything, default=None)
    params = validate("ConversationVariablesQuery", request.query, LAST_ID, LIMIT, named)
    conversation = find_conversation(request, request.id("conversation_id"), user)
    if conversation is None:
        raise not_found_with_guesses("Conversation Not Exists", request.path)
    found = request.state.find("variable", request.app.id, conversation["id"])
    if params["variable_name"] and request.version.variable_name == "error":
        raise internal_error()
    if params["variable_name"] and request.version.variable_name == "applied":
        found = [variable for variable in found if variable["name"] == params["variable_name"]]
    if params["last_id"]:
        last = next((v for v in found if v["variable_id"] == params["last_id"]), None)
        if last is None:
            raise not_found_with_guesses("Conversation Variable Not Exists", request.path)
        # Variables are made together, and the next page begins a second later: there is none (186_variables_p2).
        found = [v for v in found if v["created_at"] > last["created_at"]]
    return page_response(params["limit"], [variable_body(v) for v in found])


def variable_body(variable: Mapping[str, Any]) -> Record:
    """Return the body of a variable; its value is Python's `str()` of the value."""
    ids = {"id": variable["variable_id"], "name": variable["name"], "value_type": variable["value_type"]}
    times = {name: variable[name] for name in ("created_at", "updated_at")}
    return {**ids, "value": str(variable["value"]), "description": variable["description"], **times}


async def set_variable(request: APIRequest) -> Response:
    """Handle `PUT /conversations/{conversation_id}/variables/{variable_id}`."""
    body = await request.json()
    user = request.user(body.get("user"))
    request.require_chat_app()
    params = validate("ConversationVariableUpdatePayload", body, Field("value", check.anything))
    conversation = find_conversation(request, request.id("conversation_id"), user)
    if conversation is None:
        raise not_found("Conversation Not Exists.")
    found = request.state.get("variable", f"{conversation['id']}/{request.id('variable_id')}")
    if found is None:
        raise not_found("Conversation Variable Not Exists.")
    wanted, value = found["value_type"], params["value"]
    if request.version.value_text:
        value = parse_value(value)
    if wanted == "number" and isinstance(value, float):
        raise invalid("not supported value type integer")
    if not has_type(value, wanted):
        got = value_type(value)
        raise bad_request(f"Type mismatch: variable '{found['name']}' expects {wanted}, but got {got} type")
    now = int(request.now())
    return json_response(variable_body(request.state.put("variable", {**found, "value": value, "updated_at": now})))


def parse_value(text: Any) -> Any:
    """Return the value in its JSON text, which 1.7.2 asks for.

    Raises:
        APIError: The text is not JSON.
    """
    try:
        return json.loads(text)
    except (TypeError, ValueError) as error:
        raise invalid("Invalid JSON in value") from error


def value_type(value: Any) -> str:
    """Return the server's name for a value's type."""
    if not is_list(value):
        return KINDS[type(value).__name__]
    inner = {value_type(item) for item in value}
    if inner <= NUMBERS:
        return "array[number]"
    kind = inner.pop() if len(inner) == 1 else "any"
    return "array[any]" if kind == "none" or kind.startswith("array") else f"array[{kind}]"


def has_type(value: Any, wanted: str) -> bool:
    """Return True if a variable of that type accepts the value; an empty list always fits a list."""
    if wanted == "number":
        return isinstance(value, (int, float))
    return value_type(value) == wanted or (isinstance(value, list) and (not value or wanted == "array[any]"))
