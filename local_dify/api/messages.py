"""Messages: history of a conversation, suggested questions, feedback."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from local_dify.api import files
from local_dify.api import validation as check
from local_dify.api.conversations import LIMIT, find_conversation, page_response
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, validate
from local_dify.engine import forms
from local_dify.engine.shape import shape_body
from local_dify.errors import bad_request, invalid, json_response, not_found, not_found_with_guesses
from local_dify.json_types import Record

NIL = "00000000-0000-0000-0000-000000000000"
# Fields of a cited document that the history leaves out.
UNSTORED = frozenset({"doc_metadata", "files", "page", "retriever_from", "title"})
CONVERSATION_ID = Field("conversation_id", check.identifier("must be a valid UUID"))
FIRST_ID = Field("first_id", check.optional(check.identifier("must be a valid UUID")), default=None)


async def list_messages(request: APIRequest) -> Response:
    """Handle `GET /messages`: pages go back in time and lose rows that share a second."""
    user = request.user(request.query.get("user"))
    request.require_chat_app()
    params = validate("MessageListQuery", request.query, CONVERSATION_ID, FIRST_ID, LIMIT)
    if not params["conversation_id"]:
        return page_response(params["limit"], [])
    conversation = find_conversation(request, params["conversation_id"], user)
    if conversation is None:
        raise not_found_with_guesses("Conversation Not Exists", request.path)
    found = request.state.find("message", request.app.id, conversation["id"])
    if params["first_id"]:
        first = next((m for m in found if m["id"] == params["first_id"]), None)
        if first is None:
            raise not_found_with_guesses("First Message Not Exists", request.path)
        found = [m for m in found if int(m["created_at"]) < int(first["created_at"])]
    newest = found[-params["limit"] :]
    body = {"limit": params["limit"], "has_more": len(found) > len(newest)}
    return json_response({**body, "data": [message_body(request, message) for message in newest]})


def message_body(request: APIRequest, message: Mapping[str, Any]) -> Record:
    """Return the body of a message."""
    rating = request.state.get("feedback", message["id"])
    run_forms = request.state.find("form", request.app.id, message["workflow_run_id"] or "")
    uploaded = [files.message_file_body(file, "user") for file in message["user_files"]]
    created = [files.message_file_body(file, "assistant") for file in message["answer_files"]]
    body = {
        "id": message["id"],
        "conversation_id": message["conversation_id"],
        "parent_message_id": NIL,
        "inputs": message["inputs"],
        "query": message["query"],
        "answer": message["answer"],
        "feedback": {"rating": rating["rating"]} if rating else None,
        "retriever_resources": [stored_resource(resource, message) for resource in message["resources"]],
        "created_at": int(message["created_at"]),
        "agent_thoughts": [],
        "message_files": [*uploaded, *created],
        **statistics(request, message),
        "status": message["status"],
        "error": message["error"],
        "extra_contents": forms.extra_contents(run_forms),
        "total_tokens": message_tokens(request, message),
    }
    return shape_body(request.version, "message", body)


def stored_resource(resource: Mapping[str, Any], message: Mapping[str, Any]) -> Record:
    """Return a cited document as the history shows it: with ids, and without its metadata (main-2026-06: 634)."""
    kept = {name: value for name, value in resource.items() if name not in UNSTORED}
    name = f"{message['id']}/{resource.get('position')}"
    identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, name))
    return {"id": identifier, "message_id": message["id"], **kept, "created_at": None}


def statistics(request: APIRequest, message: Mapping[str, Any]) -> Record:
    """Return the token counts and the price of a message (616)."""
    run: Record = request.state.get("run", message["workflow_run_id"] or "") or {}
    metadata: Record = run.get("metadata") or {}
    usage: Record = metadata.get("usage") or {}
    return {
        "message_tokens": usage.get("prompt_tokens", 0),
        "answer_tokens": usage.get("completion_tokens", 0),
        "provider_response_latency": run.get("elapsed_time", 0.0),
        "total_price": usage.get("total_price", "0.0000000"),
        "currency": usage.get("currency", "USD"),
    }


def message_tokens(request: APIRequest, message: Mapping[str, Any]) -> int:
    """Return the number of tokens of a message."""
    counts = statistics(request, message)
    return int(counts["message_tokens"]) + int(counts["answer_tokens"])


async def list_suggested(request: APIRequest) -> Response:
    """Handle `GET /messages/{message_id}/suggested`."""
    user = request.user(request.query.get("user"), required=True)
    request.require_chat_app()
    find_message(request, user)
    if request.app.script.follow_ups is None:
        raise bad_request("Suggested Questions Is Disabled.")
    return json_response({"result": "success", "data": list(request.app.script.follow_ups)})


def find_message(request: APIRequest, user: Mapping[str, Any]) -> Record:
    """Return the user's message named in the path."""
    message = request.state.get("message", request.id("message_id"), request.app.id)
    if message is None or message["user_id"] != user["id"]:
        raise not_found("Message Not Exists.")
    return message


async def submit_feedback(request: APIRequest) -> Response:
    """Handle `POST /messages/{message_id}/feedbacks`; a null rating removes the feedback."""
    body = await request.json()
    user = request.user(body.get("user"), required=True)
    rating = Field("rating", check.optional(check.literal("like", "dislike")), default=None)
    content = Field("content", check.optional(check.string), default=None)
    params = validate("MessageFeedbackPayload", body, rating, content)
    message = find_message(request, user)
    now, known = request.now(), request.state.get("feedback", message["id"])
    if params["rating"] is None:
        if known is None:
            raise invalid("rating cannot be None when feedback not exists")
        request.state.remove("feedback", message["id"])
        return json_response({"result": "success"})
    made = {"created_at": now, "feedback_id": str(uuid.uuid4())} | (known or {})
    ids = {"id": message["id"], "app_id": request.app.id, "user_id": user["id"]}
    ids["conversation_id"] = message["conversation_id"]
    request.state.put("feedback", {**made, **ids, **params, "updated_at": now})
    return json_response({"result": "success"})


async def list_feedbacks(request: APIRequest) -> Response:
    """Handle `GET /app/feedbacks`, newest first."""
    numbers = (Field("page", check.integer(1), default=1), Field("limit", check.integer(1, 101), default=20))
    params = validate("FeedbackListQuery", request.query, *numbers)
    found = sorted(request.state.find("feedback", request.app.id), key=lambda row: -float(row["created_at"]))
    start = (params["page"] - 1) * params["limit"]
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
            "created_at": format_datetime(int(row["created_at"])),
            "updated_at": format_datetime(row["updated_at"]),
        }
        for row in found[start : start + params["limit"]]
    ]
    return json_response({"data": rows})


def format_datetime(seconds: float) -> str:
    """Return a date-time as the server writes it: UTC without an offset."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
