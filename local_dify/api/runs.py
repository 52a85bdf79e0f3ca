"""Runs: stream their events, read their detail, list them."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response, StreamingResponse

from local_dify.api import validation as check
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.engine import events, forms
from local_dify.engine.channel import ENDS, FINISHED, STREAM, read
from local_dify.engine.records import finished_data
from local_dify.errors import internal_error, invalid, json_response, not_found
from local_dify.json_types import Record


async def stream_events(request: APIRequest) -> Response:
    """Handle `GET /workflow/{workflow_run_id}/events`."""
    run_id, query = request.id("workflow_run_id"), request.query
    user = request.user(query.get("user"), required=True)
    if not is_uuid(run_id):
        raise internal_error()
    record = request.state.get("run", run_id.lower(), request.app.id)
    if record is None or record["user_id"] != user["id"]:
        raise not_found("Workflow run not found")
    snapshot, follows = (
        query.get(name, "").lower() == "true" for name in ("include_state_snapshot", "continue_on_pause")
    )
    # Starlette would close the connection's header itself; the recordings of this operation carry both.
    headers = {"cache-control": "no-cache", "connection": "keep-alive"}
    if record["finished_at"] is not None:
        return StreamingResponse(finished_stream(record), headers=headers, media_type=STREAM)
    run = request.engine.load_paused(record["id"])
    if run is None:
        raise not_found("Workflow run not found")
    start, events_so_far = len(run.channel.events), build_snapshot(request, run.record) if snapshot else []
    if events_so_far and events_so_far[-1]["event"] == "workflow_paused" and not follows:
        stream = snapshot_stream(events_so_far, None)
    else:
        ends = ENDS if not follows else FINISHED if snapshot else frozenset[str]()
        stream = snapshot_stream(events_so_far, read(run.channel, start, ends, request.timing, first_ping=False))
    return StreamingResponse(stream, headers=headers, media_type=STREAM)


async def finished_stream(record: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """Yield the one event of a finished run: spaced JSON without message ids (327_events_finished)."""
    ids = {"task_id": record["id"], "workflow_run_id": record["id"]}
    yield events.encode_event({"event": "workflow_finished", **ids, "data": finished_data(record)}, spaced=True)


async def snapshot_stream(events_so_far: list[Record], then: AsyncIterator[bytes] | None) -> AsyncIterator[bytes]:
    """Yield a ping, the snapshot, and the live events after it."""
    yield events.PING
    for event in events_so_far:
        yield events.encode_event(event)
        await asyncio.sleep(0)
    if then is not None:
        async for chunk in then:
            yield chunk


def build_snapshot(request: APIRequest, record: Record) -> list[Record]:
    """Return the events so far, in the reduced form of 308_events_paused_snapshot."""
    message = request.state.get("message", record["message_id"])
    ids: Record = {"conversation_id": record["conversation_id"], "message_id": record["message_id"]}
    ids["created_at"] = int(message["created_at"]) if message else record["created_at"]

    def event(name: str, data: Mapping[str, Any] | None = None, **fields: Any) -> Record:
        run = {} if data is None else {"workflow_run_id": record["id"], "data": data}
        return {"event": name, "task_id": record["task_id"], **run, **fields, **ids}

    begun = {"id": record["id"], "workflow_id": record["workflow_id"], "inputs": record["inputs"]}
    events_so_far = [event("workflow_started", {**begun, "created_at": record["created_at"], "reason": "initial"})]
    events_so_far.append(event("message_replace", answer=record["answer"], reason=""))
    for index, node in enumerate(record["nodes"], 1):
        events_so_far.append(event("node_started", events.node_started_data({**node, "index": index}, snapshot=True)))
        if node["finished_at"] is not None:
            events_so_far.append(
                event("node_finished", events.node_finished_data({**node, "index": index}, snapshot=True))
            )
    form = request.state.get("form", record.get("form", "")) if record["status"] == "paused" else None
    if form:
        events_so_far.append(event("human_input_required", forms.required_data(form, snapshot=True)))
        events_so_far.append(event("workflow_paused", forms.paused_data(form, record, snapshot=True)))
    return events_so_far


async def get_run(request: APIRequest) -> Response:
    """Handle `GET /workflows/run/{workflow_run_id}`."""
    run_id = request.id("workflow_run_id")
    if not is_uuid(run_id):
        raise internal_error()
    record = request.state.get("run", run_id.lower(), request.app.id)
    if record is None:
        raise not_found("Workflow run not found.")
    is_over = record["finished_at"] is not None
    return json_response(
        {
            **{name: record[name] for name in ("id", "workflow_id", "status")},
            "inputs": json.dumps(record["inputs"], ensure_ascii=False),
            **{name: record[name] for name in ("outputs", "error", "total_steps", "total_tokens", "created_at")},
            "finished_at": record["finished_at"],
            "elapsed_time": record["elapsed_time"] if is_over else 0.0,
        }
    )


async def list_logs(request: APIRequest) -> Response:
    """Handle `GET /workflows/logs`, newest first."""
    params = validate(
        "WorkflowLogQuery",
        request.query,
        Field("keyword", check.string, default=""),
        Field("status", check.literal("succeeded", "failed", "stopped"), default=None),
        Field("created_at__before", check.string, default=None),
        Field("created_at__after", check.string, default=None),
        Field("created_by_end_user_session_id", check.string, default=None),
        Field("created_by_account", check.string, default=None),
        Field("page", check.integer(1, 99999), default=1),
        Field("limit", check.integer(1, 100), default=20),
    )
    dates = {name: parse_datetime(params[f"created_at__{name}"]) for name in ("before", "after")}
    if params["created_by_account"]:
        raise invalid(f"Account not found: {params['created_by_account']}")
    runs = request.state.find("run", request.app.id) if request.app.script.workflow_logs else []
    found = [run for run in reversed(runs) if is_wanted(run, {**params, **dates})]
    page, limit = params["page"], params["limit"]
    rows = found[(page - 1) * limit : page * limit]
    body = {"page": page, "limit": limit, "total": len(found), "has_more": page * limit < len(found)}
    return json_response({**body, "data": [log_body(run) for run in rows]})


def is_wanted(run: Mapping[str, Any], params: Mapping[str, Any]) -> bool:
    """Return True if a run passes the filters of the log."""
    before, after, user = params["before"], params["after"], params["created_by_end_user_session_id"]
    return (
        params["status"] in (None, run["status"])
        and user in (None, run["session_id"])
        and params["keyword"].lower() in json.dumps([run["inputs"], run["outputs"]], ensure_ascii=False).lower()
        and (before is None or run["begun_at"] <= before)
        and (after is None or run["begun_at"] >= after)
    )


def parse_datetime(moment: str | None) -> float | None:
    """Return an ISO date-time as seconds since 1970, by default in UTC; None for an empty text."""
    if not moment:
        return None
    try:
        date = datetime.fromisoformat(moment)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except ValueError as error:
        year = moment[:4].encode("ascii", "replace")
        if len(year) < len("2026"):
            raise invalid("ISO string too short") from error
        if not year.isdigit():
            raise invalid(f"invalid literal for int() with base 10: {year!r}") from error
        raise invalid(f"String contains unknown ISO components: {moment!r}") from error


def log_body(run: Mapping[str, Any]) -> Record:
    """Return the body of a run in the log."""
    user = {"id": run["user_id"], "type": "service-api", "is_anonymous": False, "session_id": run["session_id"]}
    names = ("status", "error", "elapsed_time", "total_tokens", "total_steps", "created_at", "finished_at")
    summary = {"id": run["id"], "version": "local", "triggered_from": "app-run", **{n: run[n] for n in names}}
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, run["id"])),
        "details": None,
        "workflow_run": {**summary, "exceptions_count": run["exceptions_count"]},
        "created_from": "service-api",
        "created_by_role": "end_user",
        "created_by_account": None,
        "created_by_end_user": user,
        "created_at": run["created_at"],
    }
