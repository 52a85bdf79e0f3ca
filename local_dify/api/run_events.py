"""Events of a run that already started: its snapshot, its live events, or what a cursor has missed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.responses import Response, StreamingResponse

from local_dify.api.event_stream import EventStream
from local_dify.api.request import APIRequest
from local_dify.api.validation import is_uuid
from local_dify.engine import events, forms
from local_dify.engine.channel import ENDS, FINISHED, STREAM, Channel, read
from local_dify.engine.records import finished_data
from local_dify.engine.shape import shape_event, without
from local_dify.errors import bad_request, internal_error, not_found
from local_dify.json_types import Record

# Starlette would leave the connection's header to uvicorn; the recordings of this operation have both.
HEADERS = {"cache-control": "no-cache", "connection": "keep-alive"}
CURSOR = re.compile(r"\d+-\d+")


async def stream_events(request: APIRequest) -> Response:
    """Handle `GET /workflow/{workflow_run_id}/events`."""
    record = find_run(request)
    cursor = find_cursor(request)
    snapshot, follows = (
        request.query.get(name, "").lower() == "true" for name in ("include_state_snapshot", "continue_on_pause")
    )
    if record["finished_at"] is not None:
        chunks = finished_stream(request, record) if cursor is None else finished_snapshot(request, record)
        return StreamingResponse(chunks, headers=HEADERS, media_type=STREAM)
    run = request.engine.load_paused(record["id"])
    if run is None:
        raise not_found("Workflow run not found")
    channel, timing = run.channel, request.timing
    ends = ENDS if not follows else FINISHED if snapshot else frozenset[str]()
    replays = request.version.cursors and bool(channel.events)
    history = build_snapshot(request, run.record) if snapshot and not replays else []
    start = replay_start(channel, cursor) if replays else len(channel.events)
    if history and history[-1]["event"] == "workflow_paused" and not follows:
        return StreamingResponse(snapshot_stream(history, None), headers=HEADERS, media_type=STREAM)
    reader = request.engine.join(channel, has_snapshot=snapshot)
    chunks = snapshot_stream(history, read(channel, start, ends, timing, first_ping=False, reader=reader))
    return EventStream(chunks, lambda: request.engine.leave(channel, reader), headers=HEADERS)


def find_run(request: APIRequest) -> Record:
    """Return the user's run named in the path."""
    run_id = request.id("workflow_run_id")
    user = request.user(request.query.get("user"), required=True)
    if not is_uuid(run_id):
        raise internal_error()
    record = request.state.get("run", run_id.lower(), request.app.id)
    if record is None or record["user_id"] != user["id"]:
        raise not_found("Workflow run not found")
    return record


def find_cursor(request: APIRequest) -> str | None:
    """Return the cursor of a request, from its header or its query; versions without cursors ignore it."""
    cursor = request.raw.headers.get("last-event-id") or request.query.get("cursor")
    if not request.version.cursors or not cursor:
        return None
    if not CURSOR.fullmatch(cursor):
        raise bad_request(f"Invalid cursor: {cursor}")
    return cursor


def replay_start(channel: Channel, cursor: str | None) -> int:
    """Return the number of the first event after a cursor, or 0 without one (next: 704, 707)."""
    if cursor is None:
        return 0
    return sum(as_numbers(known) <= as_numbers(cursor) for known in channel.cursors)


def as_numbers(cursor: str) -> tuple[int, int]:
    """Return a cursor in a form that sorts."""
    milliseconds, _, number = cursor.partition("-")
    return int(milliseconds), int(number)


async def finished_stream(request: APIRequest, record: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """Yield the one event of a finished run: spaced JSON without message ids (main-2026-06: 327)."""
    ids = {"task_id": record["id"], "workflow_run_id": record["id"]}
    event = {"event": "workflow_finished", **ids, "data": finished_data(record)}
    yield events.encode_event(shape_event(request.version, event), spaced=True)


async def finished_snapshot(request: APIRequest, record: Record) -> AsyncIterator[bytes]:
    """Yield the snapshot of a finished run, with its last events and without cursors (next: 702)."""
    history = build_snapshot(request, record)
    ids = {name: history[0][name] for name in ("conversation_id", "message_id", "created_at")}
    head = {"task_id": record["task_id"]}
    if record["metadata"] is not None:
        end: Record = {"id": record["message_id"], "metadata": {}, "files": record["outputs"].get("files", [])}
        history.append({"event": "message_end", **head, **end, **ids})
    run: Record = {"workflow_run_id": record["id"], "data": {**finished_data(record), "created_by": {}}}
    history.append(shape_event(request.version, {"event": "workflow_finished", **head, **run, **ids}))
    async for chunk in snapshot_stream(history, None):
        yield chunk


async def snapshot_stream(history: list[Record], then: AsyncIterator[bytes] | None) -> AsyncIterator[bytes]:
    """Yield a ping, the snapshot, and the live events after it."""
    yield events.PING
    for event in history:
        yield events.encode_event(event)
        await asyncio.sleep(0)
    if then is not None:
        async for chunk in then:
            yield chunk


def build_snapshot(request: APIRequest, record: Record) -> list[Record]:
    """Return the events so far, in the reduced form of 642 and main-2026-06: 308."""
    message = request.state.get("message", record["message_id"])
    ids: Record = {"conversation_id": record["conversation_id"], "message_id": record["message_id"]}
    ids["created_at"] = int(message["created_at"]) if message else record["created_at"]

    def event(name: str, data: Mapping[str, Any] | None = None, **fields: Any) -> Record:
        run = {} if data is None else {"workflow_run_id": record["id"], "data": data}
        return {"event": name, "task_id": record["task_id"], **run, **fields, **ids}

    begun = {"id": record["id"], "workflow_id": record["workflow_id"], "inputs": record["inputs"]}
    history = [event("workflow_started", {**begun, "created_at": record["created_at"], "reason": "initial"})]
    history.append(event("message_replace", answer=message["answer"] if message else "", reason=""))
    for index, node in enumerate(record["nodes"], 1):
        history.append(event("node_started", events.node_started_data({**node, "index": index}, snapshot=True)))
        if node["finished_at"] is not None:
            history.append(event("node_finished", events.node_finished_data({**node, "index": index}, snapshot=True)))
    form = request.state.get("form", record.get("form", "")) if record["status"] == "paused" else None
    if form and form["submitted"] is None:
        for name, data in (
            ("human_input_required", forms.required_data(form, snapshot=True)),
            ("workflow_paused", forms.paused_data(form, record, snapshot=True)),
        ):
            shaped = shape_event(request.version, event(name, data))
            history.append({**shaped, "data": without(shaped["data"], "handoff_duration")})
    return history
