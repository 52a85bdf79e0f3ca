"""Chat messages: start a run, stop a run."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response, StreamingResponse

from local_dify.api import files
from local_dify.api import validation as check
from local_dify.api.conversations import find_conversation, open_conversation
from local_dify.api.event_stream import EventStream
from local_dify.api.inputs import check_inputs
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.engine import events
from local_dify.engine.channel import ENDS, PAUSED, STREAM, Channel, read, read_silence
from local_dify.engine.engine import Turn
from local_dify.engine.pool import query_variables
from local_dify.engine.shape import shape_metadata
from local_dify.errors import SERVER_ERROR, APIError, bad_request, invalid, json_response, not_found_with_guesses
from local_dify.json_types import Record

CHAT = (
    Field("inputs", check.mapping),
    Field("query", check.string),
    Field("files", check.optional(check.mappings), default=None),
    Field("response_mode", check.optional(check.literal("blocking", "streaming")), default=None),
    Field("conversation_id", check.optional(check.identifier("conversation_id must be a valid UUID")), default=None),
    Field("auto_generate_name", check.boolean, default=True),
    Field("workflow_id", check.optional(check.string), default=None),
)


async def send(request: APIRequest) -> Response:
    """Handle `POST /chat-messages`."""
    body = await request.json()
    user = request.user(body.get("user"), required=True)
    request.require_chat_app()
    params = validate("ChatRequestPayload", convert_body(request, body), *CHAT)
    is_streaming = params["response_mode"] == "streaming"
    require_workflow(request, params["workflow_id"])
    require_capacity(request, is_streaming=is_streaming)
    if is_streaming:
        return stream(request, params, user)
    require_conversation(request, params, user)
    turn = start_turn(request, params, user, blocking=True)
    version = request.version
    if version.blocking == "pings":
        return StreamingResponse(read_silence(request.timing), media_type=STREAM)
    if request.engine.hands_over and turn.run is not None:
        return maintenance_response(turn)
    if turn.task:
        await asyncio.wait([turn.task])
    charset = "; charset=utf-8" if version.kind in "CDE" else ""
    return Response(json.dumps(blocking_body(request, turn)), headers={"content-type": f"application/json{charset}"})


def convert_body(request: APIRequest, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a body with the values that flask-restx converts or ignores (1.9.2: 017, 305).

    Raises:
        APIError: `files` is not a list (1.9.2: 107).
    """
    if request.version.validation == "pydantic":
        return body
    if isinstance(body.get("files"), dict):
        raise APIError(500, "internal_server_error", SERVER_ERROR)
    query, converted = body.get("query"), dict(body)
    if isinstance(query, (int, float)):
        converted["query"] = str(query)
    if "inputs" in body and body["inputs"] is None:
        converted["inputs"] = {}
    return converted


def stream(request: APIRequest, params: Mapping[str, Any], user: Mapping[str, Any]) -> Response:
    """Return the stream of a chat; a fault before the run is answered as the version does it."""
    version, channel, turn = request.version, Channel(request.version), None
    if version.unknown_conversation == "status":
        require_conversation(request, params, user)
    try:
        require_conversation(request, params, user)
        turn = start_turn(request, params, user)
        channel = turn.channel
        if version.early_failure == "silence" and channel.events and channel.events[0]["event"] == "error":
            return StreamingResponse(read_silence(request.timing), media_type=STREAM)
    except APIError as error:
        if version.early_failure == "status":
            raise
        if version.early_failure == "silence" or isinstance(error, NoConversationError):
            return StreamingResponse(read_silence(request.timing), media_type=STREAM)
        for event in early_failure(request, error):
            channel.send(event)
    if request.engine.hands_over and turn and turn.run:
        return maintenance_response(turn)
    headers: dict[str, str] = {}
    if version.cursors and turn and turn.run:
        headers["x-workflow-run-id"] = turn.envelope.workflow_run_id
    reader = request.engine.join(channel)
    ends = ENDS if version.message_end != "after" else PAUSED
    chunks = read(channel, 0, ends, request.timing, first_ping=version.first_ping, reader=reader)
    return EventStream(chunks, lambda: request.engine.leave(channel, reader, turn), headers=headers)


def early_failure(request: APIRequest, error: APIError) -> list[Record]:
    """Return the events of a fault before the run, without ids (628; main-2026-06: 106)."""
    if request.version.early_failure == "error":
        return [{"event": "error", "message": error.message, "status": 500}]
    run_id, now = str(uuid.uuid4()), int(request.now())
    ids = {"task_id": run_id, "workflow_run_id": run_id}
    head = {"id": run_id, "workflow_id": request.app.workflow_id}
    started: Record = {**head, "inputs": {}, "created_at": now, "reason": "initial"}
    counts: Record = {"elapsed_time": 0.0, "total_tokens": 0, "total_steps": 0, "created_by": {}}
    finished: Record = {**head, "status": "failed", "outputs": None, "error": error.message, **counts}
    finished |= {"created_at": now, "finished_at": now, "exceptions_count": 1, "files": []}
    return [
        {"event": "workflow_started", **ids, "data": started},
        {"event": "workflow_finished", **ids, "data": finished},
    ]


def maintenance_response(turn: Turn) -> Response:
    """Return 202: the server restarts, and the run continues elsewhere (source of a branch of August 2026)."""
    body = {"event": "workflow_maintenance_paused", "workflow_run_id": turn.envelope.workflow_run_id}
    headers = {"retry-after": "1", "x-workflow-run-id": turn.envelope.workflow_run_id}
    return json_response(body, 202, headers)


def require_capacity(request: APIRequest, *, is_streaming: bool) -> None:
    """Raise if the app runs as many requests as it allows."""
    limit = request.app.script.max_active_requests
    refuses_streams = limit == 1 and is_streaming and request.version.limits_streams
    if limit and (refuses_streams or request.engine.active(request.app) >= limit):
        message = "Too many requests. Please try again later. The current maximum concurrent requests allowed for"
        raise invalid(f"{message} {request.app.id} is {limit}.")


def require_conversation(request: APIRequest, params: Mapping[str, Any], user: Mapping[str, Any]) -> None:
    """Raise for a conversation that the user does not have, unless the version silently starts a new one.

    Raises:
        NoConversationError: There is no such conversation.
    """
    conversation_id = params["conversation_id"]
    if not conversation_id or request.version.unknown_conversation == "new":
        return
    if find_conversation(request, conversation_id, user) is None:
        raise NoConversationError(request.path)


class NoConversationError(APIError):
    """404 for an unknown conversation."""

    def __init__(self, path: str) -> None:
        error = not_found_with_guesses("Conversation Not Exists", path)
        super().__init__(error.status, error.code, error.message)


def require_workflow(request: APIRequest, workflow_id: str | None) -> None:
    """Raise unless the app is published and has the requested workflow version."""
    if workflow_id and not is_uuid(workflow_id):
        raise bad_request(f"Invalid workflow_id format: '{workflow_id}'. ")
    if workflow_id and workflow_id != request.app.workflow_id:
        raise not_found_with_guesses(f"Workflow not found with id: {workflow_id}", request.path)
    if not request.app.script.published:
        raise invalid("Workflow not published")


def start_turn(
    request: APIRequest, params: Mapping[str, Any], user: Mapping[str, Any], *, blocking: bool = False
) -> Turn:
    """Store the message and start its reply: an annotation, input moderation, or a run."""
    script, query = request.app.script, params["query"].replace("\x00", "")
    if not params["query"]:
        raise invalid("query is required")
    uploaded = files.resolve_files(request, params["files"] or [], user, files.MOST)
    inputs = check_inputs(request, params["inputs"], user)
    conversation = open_conversation(request, params, user, inputs)
    message: Record = {
        "id": str(uuid.uuid4()),
        "app_id": request.app.id,
        "conversation_id": conversation["id"],
        "user_id": user["id"],
        "inputs": conversation["inputs"],
        "query": query,
        "answer": "",
        "sys_files": uploaded,
        "user_files": uploaded,
        "answer_files": [],
        "resources": [],
        "status": "normal",
        "error": None,
        "created_at": request.now(),
        "workflow_run_id": None,
    }
    request.state.put("message", message, parent=conversation["id"])
    if any(word in query.lower() for word in script.blocked_words):
        return request.engine.answer_without_run(message, script.blocked_input)
    if annotation := match_annotation(request, query):
        hit = {"id": annotation["id"], "account": {"id": request.app.id, "name": script.author_name}}
        return request.engine.answer_without_run(message, annotation["answer"], hit)
    stored = request.state.find("variable", request.app.id, conversation["id"])
    variables = {
        "query": query_variables(query),
        "inputs": dict(conversation["inputs"]),
        "conversation": {variable["name"]: variable["value"] for variable in stored},
    }
    return request.engine.start(request.app, message, user, variables, blocking=blocking)


def match_annotation(request: APIRequest, query: str) -> Record | None:
    """Return the annotation for a query and count the hit; None if annotation replies are off."""
    if not request.state.get("annotation_reply", request.app.id):
        return None
    for annotation in request.state.find("annotation", request.app.id):
        if annotation["question"].casefold() == query.casefold():
            annotation["hit_count"] += 1
            return request.state.put("annotation", annotation)
    return None


def blocking_body(request: APIRequest, turn: Turn) -> Record:
    """Return the body of a blocking response.

    Raises:
        APIError: The run failed; blocking mode answers 400 `invalid_param`.
    """
    failure = next((event for event in turn.channel.events if event["event"] == "error"), None)
    last = next((event for event in reversed(turn.channel.events) if event["event"] in ENDS), None)
    message = request.state.get("message", turn.message["id"]) or turn.message
    if last and last["event"] == "workflow_finished" and last["data"]["status"] == "failed":
        raise invalid(f"Run failed: {last['data']['error']}")
    if failure:
        raise invalid(failure["message"])
    head = {"event": "message", "task_id": turn.envelope.task_id, "id": message["id"]}
    ids = {"message_id": message["id"], "conversation_id": message["conversation_id"]}
    body = {**head, **ids, "mode": request.app.script.mode, "answer": message["answer"]}
    created = {"created_at": turn.envelope.created_at}
    if last and last["event"] == "workflow_paused":
        return paused_body(request, turn, last["data"], {**body, "answer": turn_answer(turn)})
    end = next((event for event in turn.channel.events if event["event"] == "message_end"), None)
    if end is None:  # moderation has stopped the run
        raise invalid("queue listening stopped unexpectedly.")
    return {**body, "metadata": end["metadata"], **created}


def turn_answer(turn: Turn) -> str:
    """Return the text that a turn has sent."""
    return "".join(event["answer"] for event in turn.channel.events if event["event"] == "message")


def paused_body(request: APIRequest, turn: Turn, pause: Record, body: Record) -> Record:
    """Return the body of a blocking call whose run has paused (770; main-2026-06: 636).

    Raises:
        APIError: The version does not know blocking pauses.
    """
    if request.version.blocking_pause == "error":
        raise invalid("queue listening stopped unexpectedly.")
    metadata = shape_metadata(request.version, events.make_metadata(None))
    created = {"created_at": turn.envelope.created_at}
    run = {"workflow_run_id": turn.envelope.workflow_run_id}
    head = {"id": body["id"], "mode": body["mode"], "conversation_id": body["conversation_id"]}
    head |= {"message_id": body["id"], **run, "answer": body["answer"], "metadata": metadata, **created}
    names = ("paused_nodes", "reasons", "status", "elapsed_time", "total_tokens", "total_steps")
    data = {**head, **{name: pause[name] for name in names}}
    return {**body, "event": "workflow_paused", "metadata": metadata, **created, **run, "data": data}


async def stop(request: APIRequest) -> Response:
    """Handle `POST /chat-messages/{task_id}/stop`, which succeeds whether or not a run was stopped."""
    body = await request.json()
    user = request.user(body.get("user"), required=True)
    request.require_chat_app()
    request.engine.stop(str(request.raw.path_params["task_id"]), user)
    return json_response({"result": "success"})
