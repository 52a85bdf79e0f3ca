"""The routes of the local Dify: all operations of the document under `/v1`, and signed file addresses."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local_dify.api import chat, conversations, extras, files, messages, runs, variables
from local_dify.api.request import Call
from local_dify.engine.channel import Timing
from local_dify.engine.engine import Engine
from local_dify.engine.records import App
from local_dify.errors import APIError, crash, html_not_found

Handler = Callable[[Call], Awaitable[Response]]

VERSION = b"1.14.2"
NO_KEY = "Authorization header must be provided and start with 'Bearer'"
NOT_BEARER = "Authorization scheme must be 'Bearer'"

# Ids that are UUIDs in the path give an HTML 404 when they are not; `run_id` is a text there (286, 313).
OPERATIONS: dict[str, dict[str, Handler]] = {
    "/chat-messages": {"POST": chat.send},
    "/chat-messages/{task_id}/stop": {"POST": chat.stop},
    "/messages/{message_id:uuid}/suggested": {"GET": messages.suggested},
    "/messages/{message_id:uuid}/feedbacks": {"POST": messages.give_feedback},
    "/messages": {"GET": messages.history},
    "/app/feedbacks": {"GET": messages.feedbacks},
    "/files/upload": {"POST": files.upload},
    "/files/{file_id:uuid}/preview": {"GET": files.preview},
    "/end-users/{end_user_id:uuid}": {"GET": extras.end_user},
    "/conversations": {"GET": conversations.conversations},
    "/conversations/{conversation_id:uuid}": {"DELETE": conversations.delete},
    "/conversations/{conversation_id:uuid}/name": {"POST": conversations.rename},
    "/conversations/{conversation_id:uuid}/variables": {"GET": variables.listing},
    "/conversations/{conversation_id:uuid}/variables/{variable_id:uuid}": {"PUT": variables.update},
    "/audio-to-text": {"POST": extras.transcribe},
    "/text-to-audio": {"POST": extras.speak},
    "/info": {"GET": extras.info},
    "/parameters": {"GET": extras.parameters},
    "/meta": {"GET": extras.meta},
    "/site": {"GET": extras.site},
    "/apps/annotations": {"GET": extras.list_annotations, "POST": extras.create_annotation},
    "/apps/annotations/{annotation_id:uuid}": {"PUT": extras.update_annotation, "DELETE": extras.delete_annotation},
    "/apps/annotation-reply/{action}": {"POST": extras.switch_annotations},
    "/apps/annotation-reply/{action}/status/{job_id:uuid}": {"GET": extras.annotation_job},
    "/workflows/run/{workflow_run_id}": {"GET": runs.detail},
    "/workflows/logs": {"GET": runs.logs},
    "/workflow/{workflow_run_id}/events": {"GET": runs.follow},
    "/form/human_input/{form_token}": {"GET": runs.form, "POST": runs.submit_form},
}


def application(engine: Engine, timing: Timing, log: logging.Logger) -> ASGIApp:
    """The ASGI application over an engine."""

    def endpoint(methods: dict[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
        allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])

        async def answer(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(headers={"allow": allowed}, media_type="text/html")
            handler = methods["GET" if request.method == "HEAD" else request.method]
            try:
                return await handler(Call(request, authenticated(request, engine), engine, timing))
            except APIError as error:
                return error.response()
            except Exception:
                log.exception("the local Dify failed at %s %s", request.method, request.url.path)
                return crash().response()

        return answer

    async def signed_file(request: Request) -> Response:
        return await files.signed(engine.state, request)

    routes = [
        Route(f"/v1{path}", endpoint(methods), methods=[*methods, "OPTIONS"]) for path, methods in OPERATIONS.items()
    ]
    routes.append(Route("/files/{file_id:uuid}/file-preview", signed_file))
    app = Starlette(routes=routes, exception_handlers={HTTPException: refused})
    app.router.redirect_slashes = False  # 012_trailing_slash
    return versioned(app)


def versioned(app: ASGIApp) -> ASGIApp:
    """ASGI middleware that says in each answer which server it is like."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-version", VERSION)]
            await send(message)

        await app(scope, receive, said)

    return answer


def authenticated(request: Request, engine: Engine) -> App:
    """The app whose key the request carries."""
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


async def refused(_request: Request, error: Exception) -> Response:
    """What the router itself refuses: unknown paths in HTML, wrong methods in JSON."""
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = "The method is not allowed for the requested URL."
        return APIError(405, "method_not_allowed", message).response()
    return html_not_found()
