"""Routes of the local Dify: every operation of the OpenAPI document under `/v1`, and signed file URLs."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local_dify.api import (
    annotation,
    app_info,
    audio,
    chat,
    conversations,
    files,
    human_input,
    messages,
    run_events,
    runs,
    variables,
)
from local_dify.api.request import APIRequest
from local_dify.engine.channel import Timing
from local_dify.engine.engine import Engine
from local_dify.engine.records import App
from local_dify.errors import APIError, html_not_found, internal_error
from local_dify.version import Version

Handler = Callable[[APIRequest], Awaitable[Response]]

NO_KEY = "Authorization header must be provided and start with 'Bearer'"
NOT_BEARER = "Authorization scheme must be 'Bearer'"

# Ids that are UUIDs in the path give an HTML 404 when they are not; `run_id` is a text there (286, 313).
OPERATIONS: dict[str, dict[str, Handler]] = {
    "/chat-messages": {"POST": chat.send},
    "/chat-messages/{task_id}/stop": {"POST": chat.stop},
    "/messages/{message_id:uuid}/suggested": {"GET": messages.list_suggested},
    "/messages/{message_id:uuid}/feedbacks": {"POST": messages.submit_feedback},
    "/messages": {"GET": messages.list_messages},
    "/app/feedbacks": {"GET": messages.list_feedbacks},
    "/files/upload": {"POST": files.upload},
    "/files/{file_id:uuid}/preview": {"GET": files.preview},
    "/end-users/{end_user_id:uuid}": {"GET": app_info.end_user},
    "/conversations": {"GET": conversations.list_conversations},
    "/conversations/{conversation_id:uuid}": {"DELETE": conversations.delete},
    "/conversations/{conversation_id:uuid}/name": {"POST": conversations.rename},
    "/conversations/{conversation_id:uuid}/variables": {"GET": variables.list_variables},
    "/conversations/{conversation_id:uuid}/variables/{variable_id:uuid}": {"PUT": variables.set_variable},
    "/audio-to-text": {"POST": audio.transcribe},
    "/text-to-audio": {"POST": audio.speak},
    "/info": {"GET": app_info.info},
    "/parameters": {"GET": app_info.parameters},
    "/meta": {"GET": app_info.meta},
    "/site": {"GET": app_info.site},
    "/apps/annotations": {"GET": annotation.list_annotations, "POST": annotation.create_annotation},
    "/apps/annotations/{annotation_id:uuid}": {
        "PUT": annotation.update_annotation,
        "DELETE": annotation.delete_annotation,
    },
    "/apps/annotation-reply/{action}": {"POST": annotation.switch_annotations},
    "/apps/annotation-reply/{action}/status/{job_id:uuid}": {"GET": annotation.annotation_job},
    "/workflows/run/{workflow_run_id}": {"GET": runs.get_run},
    "/workflows/logs": {"GET": runs.list_logs},
    "/workflow/{workflow_run_id}/events": {"GET": run_events.stream_events},
    "/form/human_input/{form_token}": {"GET": human_input.get_form, "POST": human_input.submit_form},
}


def list_routes() -> dict[str, list[str]]:
    """Return the methods of each path, with `*` for ids and without the prefix of the API."""
    routes = {re.sub(r"\{[^}]*\}", "*", path): list(methods) for path, methods in OPERATIONS.items()}
    return {**routes, "/files/*/file-preview": ["GET"]}


def build_app(engine: Engine, timing: Timing, log: logging.Logger) -> ASGIApp:
    """Return the ASGI application that serves an engine."""

    def endpoint(methods: dict[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
        allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])

        async def answer(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(headers={"allow": allowed}, media_type="text/html")
            handler = methods["GET" if request.method == "HEAD" else request.method]
            try:
                return await handler(APIRequest(request, authenticate(request, engine), engine, timing))
            except APIError as error:
                return error.response(engine.version)
            except Exception:
                log.exception("the local Dify failed at %s %s", request.method, request.url.path)
                return internal_error().response(engine.version)

        return answer

    async def signed_file(request: Request) -> Response:
        return await files.signed_file(engine.state, request)

    routes = [
        Route(f"/v1{path}", endpoint(methods), methods=[*methods, "OPTIONS"])
        for path, methods in OPERATIONS.items()
        if path not in engine.version.missing
    ]
    routes.append(Route("/files/{file_id:uuid}/file-preview", signed_file))

    async def handle_routing_error(_request: Request, error: Exception) -> Response:
        """Answer an unknown path with HTML, a wrong method with JSON."""
        if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            message = "The method is not allowed for the requested URL."
            return APIError(405, "method_not_allowed", message).response(engine.version)
        return html_not_found()

    app = Starlette(routes=routes, exception_handlers={HTTPException: handle_routing_error})
    app.router.redirect_slashes = False  # 012_trailing_slash
    return add_version_header(app, engine.version)


def add_version_header(app: ASGIApp, version: Version) -> ASGIApp:
    """Return ASGI middleware that adds `X-Version` to every response."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-version", version.reported.encode())]
            await send(message)

        await app(scope, receive, send_with_version)

    return answer


def authenticate(request: Request, engine: Engine) -> App:
    """Return the app whose key the request carries."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if not key:
        raise APIError(401, "unauthorized", NO_KEY)
    if scheme.lower() != "bearer":
        raise APIError(401, "unauthorized", NOT_BEARER)
    app = engine.apps.get(key.strip())
    if app is None:
        raise APIError(401, "unauthorized", "Access token is invalid")
    if not app.script.enabled:
        raise APIError(403, "forbidden", "The app's API service has been disabled.")
    return app
