"""Conversation variables: what a conversation remembers, and what sets it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from local_dify.api import validation as check
from local_dify.api.conversations import LAST_ID, LIMIT, LONGEST_NAME, find_conversation, page
from local_dify.api.request import Call
from local_dify.api.validation import Field, Problem, validate
from local_dify.errors import bad_request, crash, json_response, not_found, not_found_near
from local_dify.json_types import Record, is_list

KINDS = {"str": "string", "bool": "boolean", "int": "integer", "float": "float", "dict": "object", "NoneType": "none"}
NUMBERS = {"integer", "float"}
UNSAFE = ("'", '"', ";", "--", "/*", "*/", "xp_", "sp_")


def variable_name(value: Any) -> tuple[Any, Problem | None]:
    """The name of a variable: letters, digits, hyphens, underscores and periods."""
    words = None
    if not re.sub(r"[-_.]", "", value).isalnum():
        words = "Variable name can only contain letters, numbers, hyphens (-), underscores (_), and periods (.)"
    elif found := next((text for text in UNSAFE if text in value.lower()), None):
        words = f"Variable name contains invalid characters: {found}"
    elif len(value) > LONGEST_NAME:
        return value, Problem(f"String should have at most {LONGEST_NAME} characters", "string_too_long")
    return value, Problem(f"Value error, {words}", "value_error") if words else None


async def listing(call: Call) -> Response:
    """GET /conversations/{conversation_id}/variables; filtering by name crashes, as in 187_variables_name."""
    user = call.user(call.query.get("user"))
    call.require_chat_app()
    named = Field("variable_name", variable_name, default=None)
    asked = validate("ConversationVariablesQuery", call.query, LAST_ID, LIMIT, named)
    conversation = find_conversation(call, call.id("conversation_id"), user)
    if conversation is None:
        raise not_found_near("Conversation Not Exists", call.path)
    if asked["variable_name"]:
        raise crash()
    found = call.state.find("variable", call.app.id, conversation["id"])
    if asked["last_id"]:
        last = next((v for v in found if v["variable_id"] == asked["last_id"]), None)
        if last is None:
            raise not_found_near("Conversation Variable Not Exists", call.path)
        # Variables are made together, and the next page begins a second later: there is none (186_variables_p2).
        found = [v for v in found if v["created_at"] > last["created_at"]]
    return page(asked["limit"], [variable_shown(v) for v in found])


def variable_shown(variable: Mapping[str, Any]) -> Record:
    """A variable as the server shows it: the value is Python's text of it."""
    ids = {"id": variable["variable_id"], "name": variable["name"], "value_type": variable["value_type"]}
    times = {name: variable[name] for name in ("created_at", "updated_at")}
    return {**ids, "value": str(variable["value"]), "description": variable["description"], **times}


async def update(call: Call) -> Response:
    """PUT /conversations/{conversation_id}/variables/{variable_id}."""
    body = await call.json()
    user = call.user(body.get("user"))
    call.require_chat_app()
    asked = validate("ConversationVariableUpdatePayload", body, Field("value", check.anything))
    conversation = find_conversation(call, call.id("conversation_id"), user)
    if conversation is None:
        raise not_found("Conversation Not Exists.")
    found = call.state.get("variable", f"{conversation['id']}/{call.id('variable_id')}")
    if found is None:
        raise not_found("Conversation Variable Not Exists.")
    wanted = found["value_type"]
    if not fits(asked["value"], wanted):
        got = kind_of(asked["value"])
        raise bad_request(f"Type mismatch: variable '{found['name']}' expects {wanted}, but got {got} type")
    now = int(call.now())
    return json_response(
        variable_shown(call.state.put("variable", {**found, "value": asked["value"], "updated_at": now}))
    )


def kind_of(value: Any) -> str:
    """The server's name for a value's type."""
    if not is_list(value):
        return KINDS[type(value).__name__]
    inner = {kind_of(item) for item in value}
    if inner <= NUMBERS:
        return "array[number]"
    kind = inner.pop() if len(inner) == 1 else "any"
    return "array[any]" if kind == "none" or kind.startswith("array") else f"array[{kind}]"


def fits(value: Any, wanted: str) -> bool:
    """Whether a variable of that type takes the value; any list of the right kind does, the empty one always."""
    if wanted == "number":
        return isinstance(value, (int, float))
    return kind_of(value) == wanted or (isinstance(value, list) and (not value or wanted == "array[any]"))
