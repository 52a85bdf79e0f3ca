"""Conversations: opened by a chat, listed, renamed, deleted."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from local_dify.api import validation as check
from local_dify.api.request import Call
from local_dify.api.validation import Field, Problem, failure, model_problem, validate
from local_dify.errors import crash, json_response, not_found, not_found_near
from local_dify.json_types import Record

UNNAMED = "New conversation"
LONGEST_NAME = 255
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
LAST_ID = Field("last_id", check.optional(check.identifier("must be a valid UUID")), default=None)
LIMIT = Field("limit", check.integer(1, 100), default=20)
SORTS = ("created_at", "-created_at", "updated_at", "-updated_at")


def open_conversation(call: Call, asked: Mapping[str, Any], user: Mapping[str, Any], inputs: Record) -> Record:
    """The user's conversation of that id; anybody else's, or an unknown one, silently becomes a new one."""
    now = call.now()
    found = call.state.get("conversation", asked["conversation_id"] or "", call.app.id)
    if found is not None and found["user_id"] == user["id"]:
        return call.state.put("conversation", {**found, "updated_at": now})
    script = call.app.script
    welcome = PLACEHOLDER.sub(lambda match: str(inputs.get(match[1]) or ""), script.opening_statement)
    made: Record = {
        "id": str(uuid.uuid4()),
        "app_id": call.app.id,
        "user_id": user["id"],
        "inputs": inputs,
        "name": asked["query"] if asked["auto_generate_name"] else UNNAMED,
        "introduction": welcome,
        "first_query": asked["query"],
        "created_at": now,
        "updated_at": now,
    }
    for given in script.variables:
        named = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{call.app.id}/{given['name']}"))
        variable = {"variable_id": str(given.get("id", named)), "description": "", **given, "app_id": call.app.id}
        variable |= {"id": f"{made['id']}/{variable['variable_id']}", "created_at": int(now), "updated_at": int(now)}
        call.state.put("variable", variable, parent=made["id"])
    return call.state.put("conversation", made, parent=user["id"])


def find_conversation(call: Call, conversation_id: str, user: Mapping[str, Any]) -> Record | None:
    """The conversation, if it is this user's."""
    found = call.state.get("conversation", conversation_id, call.app.id)
    return found if found and found["user_id"] == user["id"] else None


def shown(conversation: Mapping[str, Any]) -> Record:
    """A conversation as lists and renaming show it."""
    times = {name: int(conversation[name]) for name in ("created_at", "updated_at")}
    ids = {name: conversation[name] for name in ("id", "name", "inputs")}
    return {**ids, "status": "normal", "introduction": conversation["introduction"], **times}


async def conversations(call: Call) -> Response:
    """GET /conversations.

    By `created_at` rows that share a second with the last one seen are lost; by `updated_at` none are.
    """
    user = call.user(call.query.get("user"))
    call.require_chat_app()
    sort = Field("sort_by", check.literal(*SORTS), default="-updated_at")
    asked = validate("ConversationListQuery", call.query, LAST_ID, LIMIT, sort)
    name, down = asked["sort_by"].lstrip("-"), asked["sort_by"].startswith("-")

    def key(conversation: Mapping[str, Any]) -> float:
        moment = float(conversation[name])
        return int(moment) if name == "created_at" else moment

    found = sorted(call.state.find("conversation", call.app.id, user["id"]), key=key, reverse=down)
    if asked["last_id"]:
        last = find_conversation(call, asked["last_id"], user)
        if last is None:
            raise not_found_near("Last Conversation Not Exists", call.path)
        found = [c for c in found if (key(c) < key(last) if down else key(c) > key(last))]
    return page(asked["limit"], [shown(c) for c in found])


def page(limit: int, rows: list[Record]) -> Response:
    """A page of a list without numbers."""
    return json_response({"limit": limit, "has_more": len(rows) > limit, "data": rows[:limit]})


async def rename(call: Call) -> Response:
    """POST /conversations/{conversation_id}/name."""
    body = await call.json()
    user = call.user(body.get("user"))
    call.require_chat_app()
    name = Field("name", check.optional(check.string), default=None)
    asked = validate("ConversationRenamePayload", body, name, Field("auto_generate", check.boolean, default=False))
    if not asked["auto_generate"] and not (asked["name"] or "").strip():
        words = "Value error, name is required when auto_generate is false"
        raise failure("ConversationRenamePayload", [model_problem(Problem(words, "value_error"), body)])
    found = find_conversation(call, call.id("conversation_id"), user)
    if found is None:
        raise not_found("Conversation Not Exists.")
    if asked["auto_generate"]:
        return json_response(shown(call.state.put("conversation", {**found, "name": found["first_query"]})))
    if len(asked["name"]) > LONGEST_NAME:
        raise crash()
    return json_response(
        shown(call.state.put("conversation", {**found, "name": asked["name"], "updated_at": call.now()}))
    )


async def delete(call: Call) -> Response:
    """DELETE /conversations/{conversation_id}: it needs a JSON body for the user."""
    user = call.user((await call.json()).get("user"))
    call.require_chat_app()
    found = find_conversation(call, call.id("conversation_id"), user)
    if found is None:
        raise not_found("Conversation Not Exists.")
    for kind in ("message", "variable"):
        for record in call.state.find(kind, call.app.id, found["id"]):
            call.state.remove(kind, record["id"])
            call.state.remove("feedback", record["id"])
    call.state.remove("conversation", found["id"])
    return Response(status_code=204, headers={"content-type": "application/json"})
