"""Runs after they began: follow their events, look them up, list them, answer their forms."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response, StreamingResponse

from local_dify.api import files
from local_dify.api import validation as check
from local_dify.api.request import Call
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.engine import events, forms
from local_dify.engine.channel import ENDS, FINISHED, STREAM, read
from local_dify.engine.records import finished_data
from local_dify.errors import crash, invalid, json_response, not_found, not_found_near
from local_dify.json_types import Record


async def follow(call: Call) -> Response:
    """GET /workflow/{workflow_run_id}/events."""
    run_id, query = call.id("workflow_run_id"), call.query
    user = call.user(query.get("user"), required=True)
    if not is_uuid(run_id):
        raise crash()
    record = call.state.get("run", run_id.lower(), call.app.id)
    if record is None or record["user_id"] != user["id"]:
        raise not_found("Workflow run not found")
    snapshot, follows = (
        query.get(name, "").lower() == "true" for name in ("include_state_snapshot", "continue_on_pause")
    )
    # Starlette would close the connection's header itself; the recordings of this operation carry both.
    headers = {"cache-control": "no-cache", "connection": "keep-alive"}
    if record["finished_at"] is not None:
        return StreamingResponse(ended(record), headers=headers, media_type=STREAM)
    run = call.engine.load(record["id"])
    if run is None:
        raise not_found("Workflow run not found")
    start, told = len(run.channel.events), state_snapshot(call, run.record) if snapshot else []
    if told and told[-1]["event"] == "workflow_paused" and not follows:
        stream = retold(told, None)
    else:
        ends = ENDS if not follows else FINISHED if snapshot else frozenset[str]()
        stream = retold(told, read(run.channel, start, ends, call.timing, first_ping=False))
    return StreamingResponse(stream, headers=headers, media_type=STREAM)


async def ended(record: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """All there is to tell of a finished run: spaced JSON, and no ids of the message (327_events_finished)."""
    ids = {"task_id": record["id"], "workflow_run_id": record["id"]}
    yield events.frame({"event": "workflow_finished", **ids, "data": finished_data(record)}, spaced=True)


async def retold(told: list[Record], then: AsyncIterator[bytes] | None) -> AsyncIterator[bytes]:
    """A ping, the snapshot, and what follows it."""
    yield events.PING
    for event in told:
        yield events.frame(event)
        await asyncio.sleep(0)
    if then is not None:
        async for chunk in then:
            yield chunk


def state_snapshot(call: Call, record: Record) -> list[Record]:
    """What happened so far, in the reduced form of 308_events_paused_snapshot."""
    message = call.state.get("message", record["message_id"])
    ids: Record = {"conversation_id": record["conversation_id"], "message_id": record["message_id"]}
    ids["created_at"] = int(message["created_at"]) if message else record["created_at"]

    def event(name: str, data: Mapping[str, Any] | None = None, **fields: Any) -> Record:
        run = {} if data is None else {"workflow_run_id": record["id"], "data": data}
        return {"event": name, "task_id": record["task_id"], **run, **fields, **ids}

    begun = {"id": record["id"], "workflow_id": record["workflow_id"], "inputs": record["inputs"]}
    told = [event("workflow_started", {**begun, "created_at": record["created_at"], "reason": "initial"})]
    told.append(event("message_replace", answer=record["answer"], reason=""))
    for index, node in enumerate(record["nodes"], 1):
        told.append(event("node_started", events.node_started({**node, "index": index}, snapshot=True)))
        if node["finished_at"] is not None:
            told.append(event("node_finished", events.node_finished({**node, "index": index}, snapshot=True)))
    form = call.state.get("form", record.get("form", "")) if record["status"] == "paused" else None
    if form:
        told.append(event("human_input_required", forms.required(form, snapshot=True)))
        told.append(event("workflow_paused", forms.paused(form, record, snapshot=True)))
    return told


async def detail(call: Call) -> Response:
    """GET /workflows/run/{workflow_run_id}: the inputs are a JSON text."""
    run_id = call.id("workflow_run_id")
    if not is_uuid(run_id):
        raise crash()
    record = call.state.get("run", run_id.lower(), call.app.id)
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


async def logs(call: Call) -> Response:
    """GET /workflows/logs, newest first."""
    asked = validate(
        "WorkflowLogQuery",
        call.query,
        Field("keyword", check.string, default=""),
        Field("status", check.literal("succeeded", "failed", "stopped"), default=None),
        Field("created_at__before", check.string, default=None),
        Field("created_at__after", check.string, default=None),
        Field("created_by_end_user_session_id", check.string, default=None),
        Field("created_by_account", check.string, default=None),
        Field("page", check.integer(1, 99999), default=1),
        Field("limit", check.integer(1, 100), default=20),
    )
    dates = {name: seconds(asked[f"created_at__{name}"]) for name in ("before", "after")}
    if asked["created_by_account"]:
        raise invalid(f"Account not found: {asked['created_by_account']}")
    runs = call.state.find("run", call.app.id) if call.app.script.workflow_logs else []
    found = [run for run in reversed(runs) if is_wanted(run, {**asked, **dates})]
    page, limit = asked["page"], asked["limit"]
    shown = found[(page - 1) * limit : page * limit]
    body = {"page": page, "limit": limit, "total": len(found), "has_more": page * limit < len(found)}
    return json_response({**body, "data": [log_item(run) for run in shown]})


def is_wanted(run: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Whether a run passes the filters of the log."""
    before, after, user = asked["before"], asked["after"], asked["created_by_end_user_session_id"]
    return (
        asked["status"] in (None, run["status"])
        and user in (None, run["session_id"])
        and asked["keyword"].lower() in json.dumps([run["inputs"], run["outputs"]], ensure_ascii=False).lower()
        and (before is None or run["begun_at"] <= before)
        and (after is None or run["begun_at"] >= after)
    )


def seconds(moment: str | None) -> float | None:
    """Seconds since 1970 of an ISO date and time, which is UTC unless it says otherwise; an empty one is none."""
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


def log_item(run: Mapping[str, Any]) -> Record:
    """A run as the log shows it."""
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


async def form(call: Call) -> Response:
    """GET /form/human_input/{form_token}."""
    found = find_form(call)
    forms.require_open(found, call.now())
    return json_response(forms.public(found))


async def submit_form(call: Call) -> Response:
    """POST /form/human_input/{form_token}: anybody may answer (524_humllm_form_post), and only once."""
    body = await call.json()
    user = call.user(body.get("user"), required=True)
    fields = (Field("inputs", check.mapping), Field("action", check.string))
    asked = validate("HumanInputFormSubmitPayload", body, *fields)
    found = find_form(call)
    forms.require_open(found, call.now())
    forms.check(found, asked["action"], asked["inputs"])
    call.engine.submit(found, asked["action"], with_files(call, found, asked["inputs"], user))
    return json_response({})


def find_form(call: Call) -> Record:
    """The form of this app that the token opens."""
    found = call.state.get("form", str(call.request.path_params["form_token"]), call.app.id)
    if found is None:
        raise not_found_near("Form not found", call.path)
    return found


def with_files(call: Call, asked: Mapping[str, Any], given: Mapping[str, Any], user: Mapping[str, Any]) -> Record:
    """The answers, with the files they name in the form in which events show them."""
    kinds = {entry["output_variable_name"]: entry["type"] for entry in asked["inputs"]}
    values: Record = dict(given)
    for name, value in given.items():
        if kinds.get(name) == "file":
            values[name] = files.reference(call, value, user)
        elif kinds.get(name) == "file-list":
            values[name] = files.references(call, value, user)
    return values
