"""Conversations: open, list, rename, delete."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from local_dify.api import validation as check
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, Problem, model_problem, validate, validation_error
from local_dify.errors import internal_error, json_response, not_found, not_found_with_guesses
from local_dify.json_types import Record

UNNAMED = "New conversation"
LONGEST_NAME = 255
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
LAST_ID = Field("last_id", check.optional(check.identifier("must be a valid UUID")), default=None)
LIMIT = Field("limit", check.integer(1, 100), default=20)
SORTS = ("created_at", "-created_at", "updated_at", "-updated_at")


def open_conversation(
    request: APIRequest, params: Mapping[str, Any], user: Mapping[str, Any], inputs: Record
) -> Record:
    """Return the user's conversation of that id, or a new one."""
    now = request.now()
    found = request.state.get("conversation", params["conversation_id"] or "", request.app.id)
    if found is not None and found["user_id"] == user["id"]:
        return request.state.put("conversation", {**found, "updated_at": now})
    script = request.app.script
    welcome = PLACEHOLDER.sub(lambda match: str(inputs.get(match[1]) or ""), script.opening_statement)
    made: Record = {
        "id": str(uuid.uuid4()),
        "app_id": request.app.id,
        "user_id": user["id"],
        "inputs": inputs,
        "name": params["query"] if params["auto_generate_name"] else UNNAMED,
        "introduction": welcome,
        "first_query": params["query"],
        "created_at": now,
        "updated_at": now,
    }
    for declared in script.variables:
        derived_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{request.app.id}/{declared['name']}"))
        variable = {
            "variable_id": str(declared.get("id", derived_id)),
            "description": "",
            **declared,
            "app_id": request.app.id,
        }
        variable |= {"id": f"{made['id']}/{variable['variable_id']}", "created_at": int(now), "updated_at": int(now)}
        request.state.put("variable", variable, parent=made["id"])
    return request.state.put("conversation", made, parent=user["id"])


def find_conversation(request: APIRequest, conversation_id: str, user: Mapping[str, Any]) -> Record | None:
    """Return the conversation if it belongs to this user."""
    found = request.state.get("conversation", conversation_id, request.app.id)
    return found if found and found["user_id"] == user["id"] else None


def conversation_body(conversation: Mapping[str, Any]) -> Record:
    """Return the body of a conversation in lists and after renaming."""
    times = {name: int(conversation[name]) for name in ("created_at", "updated_at")}
    ids = {name: conversation[name] for name in ("id", "name", "inputs")}
    return {**ids, "status": "normal", "introduction": conversation["introduction"], **times}


async def list_conversations(request: APIRequest) -> Response:
    """Handle `GET /conversations`.

    Sorted by `created_at`, rows that share a second with the last row of a page are lost; by `updated_at`, none are.
    """
    user = request.user(request.query.get("user"))
    request.require_chat_app()
    sort = Field("sort_by", check.literal(*SORTS), default="-updated_at")
    params = validate("ConversationListQuery", request.query, LAST_ID, LIMIT, sort)
    name, descending = params["sort_by"].lstrip("-"), params["sort_by"].startswith("-")

    def key(conversation: Mapping[str, Any]) -> float:
        moment = float(conversation[name])
        return int(moment) if name == "created_at" else moment

    found = sorted(request.state.find("conversation", request.app.id, user["id"]), key=key, reverse=descending)
    if params["last_id"]:
        last = find_conversation(request, params["last_id"], user)
        if last is None:
            raise not_found_with_guesses("Last Conversation Not Exists", request.path)
        found = [c for c in found if (key(c) < key(last) if descending else key(c) > key(last))]
    return page_response(params["limit"], [conversation_body(c) for c in found])


def page_response(limit: int, rows: list[Record]) -> Response:
    """Return a page of a list that is paged by the last id."""
    return json_response({"limit": limit, "has_more": len(rows) > limit, "data": rows[:limit]})


async def rename(request: APIRequest) -> Response:
    """Handle `POST /conversations/{conversation_id}/name`."""
    body = await request.json()
    user = request.user(body.get("user"))
    request.require_chat_app()
    name = Field("name", check.optional(check.string), default=None)
    params = validate("ConversationRenamePayload", body, name, Field("auto_generate", check.boolean, default=False))
    is_checked = request.version.validation == "pydantic"  # older versions accept any name (1.9.2: 191)
    if is_checked and not params["auto_generate"] and not (params["name"] or "").strip():
        words = "Value error, name is required when auto_generate is false"
        problem = model_problem(Problem(words, "value_error"), body)
        raise validation_error("ConversationRenamePayload", [problem], {"name": words})
    found = find_conversation(request, request.id("conversation_id"), user)
    if found is None:
        raise not_found("Conversation Not Exists.")
    if params["auto_generate"]:
        return json_response(
            conversation_body(request.state.put("conversation", {**found, "name": found["first_query"]}))
        )
    if len(params["name"] or "") > LONGEST_NAME:
        raise internal_error()
    return json_response(
        conversation_body(
            request.state.put("conversation", {**found, "name": params["name"], "updated_at": request.now()})
        )
    )


async def delete(request: APIRequest) -> Response:
    """Handle `DELETE /conversations/{conversation_id}`, whose JSON body names the user."""
    user = request.user((await request.json()).get("user"))
    request.require_chat_app()
    conversation_id = request.id("conversation_id")
    found = find_conversation(request, conversation_id, user)
    if request.version.deletes_anything:
        found = request.state.get("conversation", conversation_id, request.app.id) or {"id": conversation_id}
    if found is None:
        raise not_found("Conversation Not Exists.")
    for kind in ("message", "variable"):
        for record in request.state.find(kind, request.app.id, found["id"]):
            request.state.remove(kind, record["id"])
            request.state.remove("feedback", record["id"])
    request.state.remove("conversation", found["id"])
    return Response(status_code=204, headers={"content-type": "application/json"})
