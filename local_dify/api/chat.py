"""Chats: what starts a run, and stops it."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response, StreamingResponse

from local_dify.api import files
from local_dify.api import validation as check
from local_dify.api.conversations import open_conversation
from local_dify.api.request import Call
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.engine import events
from local_dify.engine.channel import ENDS, STREAM, Channel, read
from local_dify.engine.engine import Turn
from local_dify.engine.pool import query_variables
from local_dify.errors import SERVER_ERROR, APIError, bad_request, invalid, json_response, not_found_near
from local_dify.json_types import Record, is_list, is_record

TEXTS = ("text-input", "paragraph", "select")
BOXES = {**dict.fromkeys(("true", "1", "yes", "on"), True), **dict.fromkeys(("false", "0", "no", "off"), False)}
CHAT = (
    Field("inputs", check.mapping),
    Field("query", check.string),
    Field("files", check.optional(check.mappings), default=None),
    Field("response_mode", check.optional(check.literal("blocking", "streaming")), default=None),
    Field("conversation_id", check.optional(check.identifier("conversation_id must be a valid UUID")), default=None),
    Field("auto_generate_name", check.boolean, default=True),
    Field("workflow_id", check.optional(check.string), default=None),
)


async def send(call: Call) -> Response:
    """POST /chat-messages."""
    body = await call.json()
    user = call.user(body.get("user"), required=True)
    call.require_chat_app()
    asked = validate("ChatRequestPayload", body, *CHAT)
    require_workflow(call, asked["workflow_id"])
    limit = call.app.script.max_active_requests
    if limit and call.engine.active(call.app) >= limit:
        words = "Too many requests. Please try again later. The current maximum concurrent requests allowed for"
        raise invalid(f"{words} {call.app.id} is {limit}.")
    if asked["response_mode"] == "streaming":
        try:
            channel = begin(call, asked, user).channel
        except APIError as error:
            # What blocking mode answers as 400 is an event here, without ids (106_chat_files_unknown_id_stream).
            channel = Channel()
            channel.send({"event": "error", "message": error.message, "status": 500})
        return StreamingResponse(read(channel, 0, ENDS, call.timing), media_type=STREAM)
    turn = begin(call, asked, user)
    if turn.task:
        await asyncio.wait([turn.task])
    return Response(json.dumps(reply(call, turn)), media_type="application/json; charset=utf-8")


def require_workflow(call: Call, workflow_id: str | None) -> None:
    """Refuse an app that is not published, and versions it does not have."""
    if workflow_id and not is_uuid(workflow_id):
        raise bad_request(f"Invalid workflow_id format: '{workflow_id}'. ")
    if workflow_id and workflow_id != call.app.workflow_id:
        raise not_found_near(f"Workflow not found with id: {workflow_id}", call.path)
    if not call.app.script.published:
        raise invalid("Workflow not published")


def begin(call: Call, asked: Mapping[str, Any], user: Mapping[str, Any]) -> Turn:
    """Store the message and start what answers it: an annotation, moderation, or a run."""
    script, query = call.app.script, asked["query"].replace("\x00", "")
    if not asked["query"]:
        raise invalid("query is required")
    brought = files.references(call, asked["files"] or [], user, files.MOST)
    inputs = checked_inputs(call, asked["inputs"], user)
    conversation = open_conversation(call, asked, user, inputs)
    message: Record = {
        "id": str(uuid.uuid4()),
        "app_id": call.app.id,
        "conversation_id": conversation["id"],
        "user_id": user["id"],
        "inputs": conversation["inputs"],
        "query": query,
        "answer": "",
        "sys_files": brought,
        "user_files": brought,
        "answer_files": [],
        "resources": [],
        "status": "normal",
        "error": None,
        "created_at": call.now(),
        "workflow_run_id": None,
    }
    call.state.put("message", message, parent=conversation["id"])
    if any(word in query.lower() for word in script.blocked_words):
        return call.engine.answer(message, script.blocked_input)
    if annotation := annotated(call, query):
        hit = {"id": annotation["id"], "account": {"id": call.app.id, "name": script.author_name}}
        return call.engine.answer(message, annotation["answer"], hit)
    stored = call.state.find("variable", call.app.id, conversation["id"])
    variables = {
        "query": query_variables(query),
        "inputs": dict(conversation["inputs"]),
        "conversation": {variable["name"]: variable["value"] for variable in stored},
    }
    return call.engine.start(call.app, message, user, variables)


def annotated(call: Call, query: str) -> Record | None:
    """The annotation that answers a query, if annotation replies are on; it counts the hit."""
    if not call.state.get("annotation_reply", call.app.id):
        return None
    for annotation in call.state.find("annotation", call.app.id):
        if annotation["question"].casefold() == query.casefold():
            annotation["hit_count"] += 1
            return call.state.put("annotation", annotation)
    return None


def checked_inputs(call: Call, given: Mapping[str, Any], user: Mapping[str, Any]) -> Record:
    """The inputs of the app's form, null where nothing was given."""
    values: Record = {}
    for control in call.app.script.inputs:
        name, value = control["variable"], given.get(control["variable"])
        if value is None and control.get("required"):
            raise invalid(f"{name} is required in input form")
        value = control.get("default") if value is None else value
        values[name] = None if value is None else checked_input(call, control, value, user)
    return values


def checked_input(call: Call, control: Mapping[str, Any], value: Any, user: Mapping[str, Any]) -> Any:
    """The value of one input, if its control takes it; a required text may be empty."""
    name, kind, limit = control["variable"], control["type"], control.get("max_length")
    if kind == "number":
        return checked_number(name, value)
    if kind in ("file", "file-list"):
        return checked_file(call, control, value, user)
    if kind == "checkbox":
        return BOXES.get(str(value).strip().lower(), value)
    if kind in TEXTS and not isinstance(value, str):
        raise invalid(f"(type '{kind}') {name} in input form must be a string")
    if kind == "select" and value not in control.get("options", []):
        raise invalid(f"{name} in input form must be one of the following: {control.get('options', [])}")
    if kind in TEXTS and kind != "select" and limit and len(value) > limit:
        raise invalid(f"{name} in input form must be less than {limit} characters")
    return value


def checked_number(name: str, value: Any) -> float | None:
    """A number, or its digits; blanks are none."""
    if isinstance(value, (int, float)):
        return value
    if not isinstance(value, str):
        raise APIError(500, "internal_server_error", SERVER_ERROR)
    if not value.strip():
        return None
    try:
        return float(value) if "." in value else int(value)
    except ValueError as error:
        raise invalid(f"{name} in input form must be a valid number") from error


def checked_file(call: Call, control: Mapping[str, Any], value: Any, user: Mapping[str, Any]) -> Any:
    """A file or a list of files; an empty text is none."""
    name, limit = control["variable"], control.get("max_length")
    if value == "" and not control.get("required"):
        return None
    if control["type"] == "file":
        if not is_record(value):
            raise invalid(f"{name} in input form must be a file")
        return files.reference(call, value, user)
    if not is_list(value) or not all(map(is_record, value)):
        raise invalid(f"{name} in input form must be a list of files")
    if limit and len(value) > limit:
        raise invalid(f"{name} in input form must be less than {limit} files")
    return files.references(call, value, user)


def reply(call: Call, turn: Turn) -> Record:
    """The body of a blocking answer.

    Raises:
        APIError: The run failed, which blocking mode answers with 400 `invalid_param`.
    """
    last = turn.channel.events[-1]
    message = call.state.get("message", turn.message["id"]) or turn.message
    if last["event"] == "error":
        raise invalid(last["message"])
    if last["event"] == "workflow_finished" and last["data"]["status"] == "failed":
        raise invalid(f"Run failed: {last['data']['error']}")
    body = {
        "event": "message",
        "task_id": turn.envelope.task_id,
        "id": message["id"],
        "message_id": message["id"],
        "conversation_id": message["conversation_id"],
        "mode": call.app.script.mode,
        "answer": message["answer"],
    }
    created = {"created_at": turn.envelope.created_at}
    if last["event"] == "workflow_paused":
        run = {"workflow_run_id": turn.envelope.workflow_run_id, "data": last["data"]}
        return {**body, "event": "workflow_paused", "metadata": events.metadata(None), **created, **run}
    end = next(event for event in turn.channel.events if event["event"] == "message_end")
    return {**body, "metadata": end["metadata"], **created}


async def stop(call: Call) -> Response:
    """POST /chat-messages/{task_id}/stop: always a success, whether or not there was something to stop."""
    body = await call.json()
    call.user(body.get("user"), required=True)
    call.require_chat_app()
    call.engine.stop(str(call.request.path_params["task_id"]))
    return json_response({"result": "success"})
