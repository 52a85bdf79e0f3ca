"""Runs: read their detail, list them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from local_dify.api import validation as check
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.errors import internal_error, invalid, json_response, not_found
from local_dify.json_types import Record

DETAIL = (
    *("id", "workflow_id", "status", "inputs", "outputs", "error"),
    *("total_steps", "total_tokens", "created_at", "finished_at", "elapsed_time"),
)


async def get_run(request: APIRequest) -> Response:
    """Handle `GET /workflows/run/{workflow_run_id}`."""
    run_id = request.id("workflow_run_id")
    if not is_uuid(run_id):
        raise internal_error()
    record = request.state.get("run", run_id.lower(), request.app.id)
    if record is None:
        return unknown_run(request)
    outputs: Any = record["outputs"]
    if request.version.outputs_text:
        outputs = None if record["status"] == "failed" else json.dumps(outputs)
    is_over = record["finished_at"] is not None
    numbers = {name: record[name] for name in ("total_steps", "total_tokens", "created_at", "finished_at")}
    body = {
        **{name: record[name] for name in ("id", "workflow_id", "status")},
        "inputs": json.dumps(record["inputs"], ensure_ascii=False),
        "outputs": outputs,
        "error": record["error"],
        **numbers,
        "elapsed_time": record["elapsed_time"] if is_over else 0.0,
    }
    return json_response(body)


def unknown_run(request: APIRequest) -> Response:
    """Return the response for an unknown run: nulls in versions that did not look (1.9.2: 206).

    Raises:
        APIError: The version answers 404, or 500.
    """
    if request.version.unknown_run == "nulls":
        return json_response(dict.fromkeys(DETAIL))
    raise internal_error() if request.version.unknown_run == "error" else not_found("Workflow run not found.")


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
