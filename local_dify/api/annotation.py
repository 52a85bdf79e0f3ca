"""Annotations and the job that switches annotation replies on or off."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from local_dify.api import validation as check
from local_dify.api.request import APIRequest
from local_dify.api.validation import INTEGER, Field, validate
from local_dify.errors import internal_error, invalid, json_response, not_found
from local_dify.json_types import Record

ANNOTATION = (Field("question", check.string), Field("answer", check.string))
LARGEST_PAGE = 100


async def create_annotation(request: APIRequest) -> Response:
    """Handle `POST /apps/annotations`."""
    params = validate("AnnotationCreatePayload", await request.payload(), *ANNOTATION)
    made = {
        "id": str(uuid.uuid4()),
        "app_id": request.app.id,
        **params,
        "hit_count": 0,
        "created_at": int(request.now()),
    }
    return json_response(annotation_body(request.state.put("annotation", made)), request.version.annotation_created)


def annotation_body(record: Mapping[str, Any]) -> Record:
    """Return the body of an annotation."""
    return {name: record[name] for name in ("id", "question", "answer", "hit_count", "created_at")}


async def list_annotations(request: APIRequest) -> Response:
    """Handle `GET /apps/annotations`: at most 100 rows a page, and `has_more` for every full page."""
    numbers = (Field("page", check.integer(1), default=1), Field("limit", check.integer(1), default=20))
    query = request.query
    if request.version.validation != "pydantic":  # what is no number counts as missing (1.9.2: 255)
        query = {name: value for name, value in query.items() if name == "keyword" or INTEGER.fullmatch(value)}
    params = validate("AnnotationListQuery", query, *numbers, Field("keyword", check.string, default=""))
    word = params["keyword"].lower()
    rows = request.state.find("annotation", request.app.id)
    found = [row for row in rows if word in f"{row['question']}\n{row['answer']}".lower()]
    page, limit = params["page"], params["limit"]
    size = min(limit, LARGEST_PAGE)
    data = [annotation_body(row) for row in found[(page - 1) * size : page * size]]
    more = len(data) == limit
    return json_response({"data": data, "has_more": more, "limit": limit, "total": len(found), "page": page})


async def update_annotation(request: APIRequest) -> Response:
    """Handle `PUT /apps/annotations/{annotation_id}`."""
    params = validate("AnnotationCreatePayload", await request.payload(), *ANNOTATION)
    return json_response(annotation_body(request.state.put("annotation", {**find_annotation(request), **params})))


async def delete_annotation(request: APIRequest) -> Response:
    """Handle `DELETE /apps/annotations/{annotation_id}`."""
    request.state.remove("annotation", find_annotation(request)["id"])
    return Response(status_code=204, headers={"content-type": "application/json"})


def find_annotation(request: APIRequest) -> Record:
    """Return the annotation named in the path."""
    found = request.state.get("annotation", request.id("annotation_id"), request.app.id)
    if found is None:
        raise not_found("Annotation not found")
    return found


async def switch_annotations(request: APIRequest) -> Response:
    """Handle `POST /apps/annotation-reply/{action}`, which starts a job."""
    fields = (
        Field("score_threshold", check.number),
        Field("embedding_provider_name", check.string),
        Field("embedding_model_name", check.string),
    )
    params = validate("AnnotationReplyActionPayload", await request.payload(), *fields)
    action = str(request.raw.path_params["action"])
    if action not in ("enable", "disable"):
        raise internal_error()
    job = {"id": str(uuid.uuid4()), "app_id": request.app.id, "action": action, "looks": 0, "settings": params}
    request.state.put("job", job)
    return json_response({"job_id": job["id"], "job_status": "waiting"})


async def annotation_job(request: APIRequest) -> Response:
    """Handle `GET /apps/annotation-reply/{action}/status/{job_id}`: first waiting, then done."""
    job = request.state.get("job", request.id("job_id"), request.app.id)
    if job is None or job["action"] != request.raw.path_params["action"]:
        raise invalid("The job does not exist.")
    status, error = "waiting", ""
    if job["looks"]:
        error = request.app.script.annotation_error or ""
        status = "error" if error else "completed"
    if status == "completed" and job["action"] == "enable":
        request.state.put("annotation_reply", {"id": request.app.id, **job["settings"]})
    elif status == "completed":
        request.state.remove("annotation_reply", request.app.id)
    request.state.put("job", {**job, "looks": job["looks"] + 1})
    return json_response({"job_id": job["id"], "job_status": status, "error_msg": error})
