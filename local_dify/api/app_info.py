"""The description of the app, its settings, and its end users."""

from __future__ import annotations

from starlette.responses import Response

from local_dify.api.files import LIMITS, MOST
from local_dify.api.messages import format_datetime
from local_dify.api.request import APIRequest
from local_dify.engine.records import TENANT
from local_dify.engine.shape import shape_body
from local_dify.errors import APIError, json_response
from local_dify.json_types import Record


async def info(request: APIRequest) -> Response:
    """Handle `GET /info`."""
    script = request.app.script
    body = {"name": script.name, "description": script.description, "tags": list(script.tags), "mode": script.mode}
    return json_response({**body, "author_name": script.author_name})


async def parameters(request: APIRequest) -> Response:
    """Handle `GET /parameters`."""
    script = request.app.script
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
        "annotation_reply": {"enabled": request.state.get("annotation_reply", request.app.id) is not None},
        "more_like_this": {"enabled": False},
        "user_input_form": [{control["type"]: dict(sorted(control.items()))} for control in script.inputs],
        "sensitive_word_avoidance": {"enabled": bool(script.blocked_words or script.unsafe_words)},
        "file_upload": {**upload, "enabled": True, "fileUploadConfig": config, "number_limits": MOST},
        "system_parameters": limits,
    }
    return json_response(body)


async def meta(request: APIRequest) -> Response:
    """Handle `GET /meta`."""
    return json_response({"tool_icons": dict(request.app.script.tool_icons)})


async def site(request: APIRequest) -> Response:
    """Handle `GET /site`."""
    body: Record = {
        "title": request.app.script.name,
        "chat_color_theme": None,
        "chat_color_theme_inverted": False,
        "icon_type": "emoji",
        "icon": "🤖",
        "icon_background": "#FFEAD5",
        "description": None,
        "copyright": None,
        "privacy_policy": None,
        "input_placeholder": None,
        "custom_disclaimer": "",
        "default_language": "en-US",
        "show_workflow_steps": True,
        "use_icon_as_answer_icon": False,
        "icon_url": None,
    }
    return json_response(shape_body(request.version, "site", body))


async def end_user(request: APIRequest) -> Response:
    """Handle `GET /end-users/{end_user_id}`."""
    found = request.state.get("end_user", request.id("end_user_id"), request.app.id)
    if found is None:
        raise APIError(404, "end_user_not_found", "End user not found.")
    since = format_datetime(int(found["created_at"]))
    return json_response(
        {
            "id": found["id"],
            "tenant_id": TENANT,
            "app_id": request.app.id,
            "type": "service-api",
            "external_user_id": found["session_id"],
            "name": None,
            "is_anonymous": False,
            "session_id": found["session_id"],
            "created_at": since,
            "updated_at": since,
        }
    )
