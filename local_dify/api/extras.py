"""What stands beside the chat: annotations, speech, the app's own description, end users."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from local_dify.api import validation as check
from local_dify.api.files import LIMITS, MB, MOST
from local_dify.api.messages import moment
from local_dify.api.request import Call
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.engine.records import TENANT
from local_dify.errors import NOT_UNDERSTOOD, APIError, crash, invalid, json_response, not_found
from local_dify.json_types import Record

ANNOTATION = (Field("question", check.string), Field("answer", check.string))
AUDIO_LIMIT = 30
LARGEST_PAGE = 100
AUDIO_TYPES = ("mp3", "mp4", "mpeg", "mpga", "m4a", "wav", "webm", "amr", "x-wav", "x-m4a", "ogg")
# Eight frames of an MPEG layer III file at 128 kbit/s, all of them silent.
SILENCE = (b"\xff\xfb\x90\x00" + bytes(413)) * 8
PIECE = 1024


async def create_annotation(call: Call) -> Response:
    """POST /apps/annotations."""
    asked = validate("AnnotationCreatePayload", await call.payload(), *ANNOTATION)
    made = {"id": str(uuid.uuid4()), "app_id": call.app.id, **asked, "hit_count": 0, "created_at": int(call.now())}
    return json_response(annotation_shown(call.state.put("annotation", made)), 201)


def annotation_shown(record: Mapping[str, Any]) -> Record:
    """An annotation as the server shows it."""
    return {name: record[name] for name in ("id", "question", "answer", "hit_count", "created_at")}


async def list_annotations(call: Call) -> Response:
    """GET /apps/annotations: a page holds a hundred at most, and a full one is said to have a next."""
    numbers = (Field("page", check.integer(1), default=1), Field("limit", check.integer(1), default=20))
    asked = validate("AnnotationListQuery", call.query, *numbers, Field("keyword", check.string, default=""))
    word = asked["keyword"].lower()
    rows = call.state.find("annotation", call.app.id)
    found = [row for row in rows if word in f"{row['question']}\n{row['answer']}".lower()]
    page, limit = asked["page"], asked["limit"]
    size = min(limit, LARGEST_PAGE)
    data = [annotation_shown(row) for row in found[(page - 1) * size : page * size]]
    more = len(data) == limit
    return json_response({"data": data, "has_more": more, "limit": limit, "total": len(found), "page": page})


async def update_annotation(call: Call) -> Response:
    """PUT /apps/annotations/{annotation_id}."""
    asked = validate("AnnotationCreatePayload", await call.payload(), *ANNOTATION)
    return json_response(annotation_shown(call.state.put("annotation", {**find_annotation(call), **asked})))


async def delete_annotation(call: Call) -> Response:
    """DELETE /apps/annotations/{annotation_id}."""
    call.state.remove("annotation", find_annotation(call)["id"])
    return Response(status_code=204, headers={"content-type": "application/json"})


def find_annotation(call: Call) -> Record:
    """The annotation that the path names."""
    found = call.state.get("annotation", call.id("annotation_id"), call.app.id)
    if found is None:
        raise not_found("Annotation not found")
    return found


async def switch_annotations(call: Call) -> Response:
    """POST /apps/annotation-reply/{action}: a job, which the first look at its status finds waiting."""
    fields = (
        Field("score_threshold", check.number),
        Field("embedding_provider_name", check.string),
        Field("embedding_model_name", check.string),
    )
    asked = validate("AnnotationReplyActionPayload", await call.payload(), *fields)
    action = str(call.request.path_params["action"])
    if action not in ("enable", "disable"):
        raise crash()
    job = {"id": str(uuid.uuid4()), "app_id": call.app.id, "action": action, "looks": 0, "settings": asked}
    call.state.put("job", job)
    return json_response({"job_id": job["id"], "job_status": "waiting"})


async def annotation_job(call: Call) -> Response:
    """GET /apps/annotation-reply/{action}/status/{job_id}: waiting at first, done at the second look."""
    job = call.state.get("job", call.id("job_id"), call.app.id)
    if job is None or job["action"] != call.request.path_params["action"]:
        raise invalid("The job does not exist.")
    status, error = "waiting", ""
    if job["looks"]:
        error = call.app.script.annotation_error or ""
        status = "error" if error else "completed"
    if status == "completed" and job["action"] == "enable":
        call.state.put("annotation_reply", {"id": call.app.id, **job["settings"]})
    elif status == "completed":
        call.state.remove("annotation_reply", call.app.id)
    call.state.put("job", {**job, "looks": job["looks"] + 1})
    return json_response({"job_id": job["id"], "job_status": status, "error_msg": error})


async def transcribe(call: Call) -> Response:
    """POST /audio-to-text."""
    async with call.form() as form:
        call.user(form.get("user"))
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise APIError(400, "bad_request_key_error", NOT_UNDERSTOOD)
        kind, size = part.content_type or "", len(await part.read())
    if call.app.script.transcript is None:
        raise invalid("Speech to text is not enabled")
    if kind.removeprefix("audio/") not in AUDIO_TYPES:
        raise APIError(415, "unsupported_audio_type", "Audio type not allowed.")
    if size > AUDIO_LIMIT * MB:
        raise APIError(413, "audio_too_large", f"Audio size larger than {AUDIO_LIMIT} mb")
    return json_response({"text": call.app.script.transcript})


async def speak(call: Call) -> Response:
    """POST /text-to-audio: an unknown message gives 200 and null."""
    body = await call.json()
    call.user(body.get("user"))
    names = ("message_id", "voice", "text")
    fields = [Field(name, check.optional(check.string), default=None) for name in names]
    asked = validate(
        "TextToAudioPayload", body, *fields, Field("streaming", check.optional(check.boolean), default=None)
    )
    if asked["message_id"]:
        is_known = is_uuid(asked["message_id"])
        message = call.state.get("message", asked["message_id"], call.app.id) if is_known else None
        if message is None or not message["answer"]:
            return Response("null", media_type="application/json")
    elif asked["text"] is None:
        raise invalid("Text is required")
    if not call.app.script.speech:
        raise invalid("TTS is not enabled")
    return StreamingResponse(pieces(SILENCE), media_type="audio/mpeg")


def pieces(sound: bytes) -> Iterator[bytes]:
    """A sound in pieces."""
    for start in range(0, len(sound), PIECE):
        yield sound[start : start + PIECE]


async def info(call: Call) -> Response:
    """GET /info."""
    script = call.app.script
    body = {"name": script.name, "description": script.description, "tags": list(script.tags), "mode": script.mode}
    return json_response({**body, "author_name": script.author_name})


async def parameters(call: Call) -> Response:
    """GET /parameters."""
    script = call.app.script
    if not script.published:
        message = "App unavailable, please check your app configurations."
        raise APIError(400, "app_unavailable", message)
    limits = {"image_file_size_limit": LIMITS["image"], "video_file_size_limit": LIMITS["video"]}
    limits |= {"audio_file_size_limit": LIMITS["audio"], "file_size_limit": LIMITS["document"]}
    limits["workflow_file_upload_limit"] = 10
    voice: Record = {"autoPlay": "enabled" if script.autoplay else "disabled", "enabled": script.speech}
    voice |= {"language": "en-US", "voice": "local"} if script.speech else {"language": "", "voice": ""}
    upload: Record = {"allowed_file_extensions": [], "allowed_file_types": ["image", "document", "audio"]}
    upload["allowed_file_upload_methods"] = ["local_file", "remote_url"]
    config = dict(sorted({**limits, "batch_count_limit": 5}.items()))
    body: Record = {
        "opening_statement": script.opening_statement,
        "suggested_questions": list(script.suggested_questions),
        "suggested_questions_after_answer": {"enabled": script.follow_ups is not None},
        "speech_to_text": {"enabled": script.transcript is not None},
        "text_to_speech": voice,
        "retriever_resource": {"enabled": True},
        "annotation_reply": {"enabled": call.state.get("annotation_reply", call.app.id) is not None},
        "more_like_this": {"enabled": False},
        "user_input_form": [{control["type"]: dict(sorted(control.items()))} for control in script.inputs],
        "sensitive_word_avoidance": {"enabled": bool(script.blocked_words or script.unsafe_words)},
        "file_upload": {**upload, "enabled": True, "fileUploadConfig": config, "number_limits": MOST},
        "system_parameters": limits,
    }
    return json_response(body)


async def meta(call: Call) -> Response:
    """GET /meta."""
    return json_response({"tool_icons": dict(call.app.script.tool_icons)})


async def site(call: Call) -> Response:
    """GET /site."""
    return json_response(
        {
            "title": call.app.script.name,
            "chat_color_theme": None,
            "chat_color_theme_inverted": False,
            "icon_type": "emoji",
            "icon": "🤖",
            "icon_background": "#FFEAD5",
            "description": None,
            "copyright": None,
            "privacy_policy": None,
            "custom_disclaimer": "",
            "default_language": "en-US",
            "show_workflow_steps": True,
            "use_icon_as_answer_icon": False,
            "icon_url": None,
        }
    )


async def end_user(call: Call) -> Response:
    """GET /end-users/{end_user_id}."""
    found = call.state.get("end_user", call.id("end_user_id"), call.app.id)
    if found is None:
        raise APIError(404, "end_user_not_found", "End user not found.")
    since = moment(int(found["created_at"]))
    return json_response(
        {
            "id": found["id"],
            "tenant_id": TENANT,
            "app_id": call.app.id,
            "type": "service-api",
            "external_user_id": found["session_id"],
            "name": None,
            "is_anonymous": False,
            "session_id": found["session_id"],
            "created_at": since,
            "updated_at": since,
        }
    )
