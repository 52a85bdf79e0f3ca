"""Messages: the history of a conversation, suggested questions, and what users think of the answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from local_dify.api import files
from local_dify.api import validation as check
from local_dify.api.conversations import LIMIT, find_conversation, page
from local_dify.api.request import Call
from local_dify.api.validation import Field, validate
from local_dify.engine import forms
from local_dify.errors import bad_request, invalid, json_response, not_found, not_found_near
from local_dify.json_types import Record

NIL = "00000000-0000-0000-0000-000000000000"
CONVERSATION_ID = Field("conversation_id", check.identifier("must be a valid UUID"))
FIRST_ID = Field("first_id", check.optional(check.identifier("must be a valid UUID")), default=None)


async def history(call: Call) -> Response:
    """GET /messages: pages go back in time, each in order of time, and lose rows that share a second."""
    user = call.user(call.query.get("user"))
    call.require_chat_app()
    asked = validate("MessageListQuery", call.query, CONVERSATION_ID, FIRST_ID, LIMIT)
    if not asked["conversation_id"]:
        return page(asked["limit"], [])
    conversation = find_conversation(call, asked["conversation_id"], user)
    if conversation is None:
        raise not_found_near("Conversation Not Exists", call.path)
    found = call.state.find("message", call.app.id, conversation["id"])
    if asked["first_id"]:
        first = next((m for m in found if m["id"] == asked["first_id"]), None)
        if first is None:
            raise not_found_near("First Message Not Exists", call.path)
        found = [m for m in found if int(m["created_at"]) < int(first["created_at"])]
    newest = found[-asked["limit"] :]
    body = {"limit": asked["limit"], "has_more": len(found) > len(newest)}
    return json_response({**body, "data": [message_shown(call, message) for message in newest]})


def message_shown(call: Call, message: Mapping[str, Any]) -> Record:
    """A message as the history shows it."""
    rating = call.state.get("feedback", message["id"])
    asked = call.state.find("form", call.app.id, message["workflow_run_id"] or "")
    brought = [files.in_message(file, "user") for file in message["user_files"]]
    given = [files.in_message(file, "assistant") for file in message["answer_files"]]
    return {
        "id": message["id"],
        "conversation_id": message["conversation_id"],
        "parent_message_id": NIL,
        "inputs": message["inputs"],
        "query": message["query"],
        "answer": message["answer"],
        "feedback": {"rating": rating["rating"]} if rating else None,
        "retriever_resources": message["resources"],
        "created_at": int(message["created_at"]),
        "agent_thoughts": [],
        "message_files": [*brought, *given],
        "status": message["status"],
        "error": message["error"],
        "extra_contents": forms.history(asked),
    }


async def suggested(call: Call) -> Response:
    """GET /messages/{message_id}/suggested."""
    user = call.user(call.query.get("user"), required=True)
    call.require_chat_app()
    find_message(call, user)
    if call.app.script.follow_ups is None:
        raise bad_request("Suggested Questions Is Disabled.")
    return json_response({"result": "success", "data": list(call.app.script.follow_ups)})


def find_message(call: Call, user: Mapping[str, Any]) -> Record:
    """The user's message that the path names."""
    message = call.state.get("message", call.id("message_id"), call.app.id)
    if message is None or message["user_id"] != user["id"]:
        raise not_found("Message Not Exists.")
    return message


async def give_feedback(call: Call) -> Response:
    """POST /messages/{message_id}/feedbacks: a null rating takes it back."""
    body = await call.json()
    user = call.user(body.get("user"), required=True)
    rating = Field("rating", check.optional(check.literal("like", "dislike")), default=None)
    content = Field("content", check.optional(check.string), default=None)
    asked = validate("MessageFeedbackPayload", body, rating, content)
    message = find_message(call, user)
    now, known = call.now(), call.state.get("feedback", message["id"])
    if asked["rating"] is None:
        if known is None:
            raise invalid("rating cannot be None when feedback not exists")
        call.state.remove("feedback", message["id"])
        return json_response({"result": "success"})
    made = {"created_at": now, "feedback_id": str(uuid.uuid4())} | (known or {})
    ids = {"id": message["id"], "app_id": call.app.id, "user_id": user["id"]}
    ids["conversation_id"] = message["conversation_id"]
    call.state.put("feedback", {**made, **ids, **asked, "updated_at": now})
    return json_response({"result": "success"})


async def feedbacks(call: Call) -> Response:
    """GET /app/feedbacks, newest first."""
    numbers = (Field("page", check.integer(1), default=1), Field("limit", check.integer(1, 101), default=20))
    asked = validate("FeedbackListQuery", call.query, *numbers)
    found = sorted(call.state.find("feedback", call.app.id), key=lambda row: -float(row["created_at"]))
    start = (asked["page"] - 1) * asked["limit"]
    rows = [
        {
            "id": row["feedback_id"],
            "app_id": row["app_id"],
            "conversation_id": row["conversation_id"],
            "message_id": row["id"],
            "rating": row["rating"],
            "content": row["content"],
            "from_source": "user",
            "from_end_user_id": row["user_id"],
            "from_account_id": None,
            "created_at": moment(int(row["created_at"])),
            "updated_at": moment(row["updated_at"]),
        }
        for row in found[start : start + asked["limit"]]
    ]
    return json_response({"data": rows})


def moment(seconds: float) -> str:
    """A date and time as the server writes it: UTC, without an offset."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
