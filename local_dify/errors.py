"""Error responses, with the bodies and headers of a real server."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from local_dify.version import Version

HTML_NOT_FOUND = (
    "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
    "<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and "
    "try again.</p>\n"
)
NOT_JSON = "Did not attempt to load JSON data because the request Content-Type was not 'application/json'."
CRASHED = "unknown"
SERVER_ERROR = (
    "The server encountered an internal error and was unable to complete your request. Either the server is overloaded "
    "or there is an error in the application."
)
NOT_UNDERSTOOD = "The browser (or proxy) sent a request that this server could not understand."
# Routes that the server takes for near to another; those under /api are its web app's.
NEIGHBOURS = (
    "/v1/chat-messages",
    "/api/chat-messages",
    "/v1/chat-messages/<string:task_id>/stop",
    "/v1/messages",
    "/api/messages",
    "/v1/conversations",
    "/api/conversations",
    "/v1/conversations/<uuid:c_id>/variables",
    "/v1/conversations/<uuid:c_id>/variables/<uuid:variable_id>",
    "/v1/form/human_input/<string:form_token>",
    "/api/form/human_input/<string:form_token>",
    "/api/form/human_input/<string:form_token>/upload-token",
)


class APIError(Exception):
    """Error response: status, code and message; `fields` are the invalid fields with their messages."""

    def __init__(self, status: int, code: str, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.fields = status, code, message, fields or {}

    def response(self, version: Version) -> Response:
        """Return the response of a version."""
        headers = {"www-authenticate": 'Bearer realm="api"'} if self.status == HTTPStatus.UNAUTHORIZED else {}
        return json_response(self.body(version), self.status, headers)

    def body(self, version: Version) -> dict[str, Any]:
        """Return the body; validation errors have three forms, and an internal error another order of fields."""
        if self.fields and version.validation == "restx":
            # Only the first invalid field is named (1.9.2: 279).
            return {"errors": dict([next(iter(self.fields.items()))]), "message": "Input payload validation failed"}
        status = {"status": self.status} if version.error_status else {}
        if self.fields and version.validation == "restful":
            name, message = next(iter(self.fields.items()))
            return {"code": self.code, "message": message, "params": name, **status}
        if self.code == CRASHED:
            return {"message": self.message, "code": self.code, **status}
        return {"code": self.code, "message": self.message, "status": self.status}


def json_response(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return JSON as the server writes it: ASCII, spaces after separators, a newline at the end."""
    return Response(json.dumps(body) + "\n", status, headers, media_type="application/json")


def html_not_found() -> Response:
    """Return the page for unknown routes and malformed ids."""
    return Response(HTML_NOT_FOUND, 404, media_type="text/html")


def bad_request(message: str) -> APIError:
    """Return a 400 `bad_request`."""
    return APIError(400, "bad_request", message)


def invalid(message: str) -> APIError:
    """Return a 400 `invalid_param`."""
    return APIError(400, "invalid_param", message)


def not_found(message: str) -> APIError:
    """Return a 404 `not_found`."""
    return APIError(404, "not_found", message)


def not_found_with_guesses(message: str, path: str) -> APIError:
    """Return a 404 `not_found` whose message guesses at similar routes.

    The server compares the path with its routes, each without the text between its first and last bracket.
    """
    routes = {re.sub("<.*>", "", route): route for route in NEIGHBOURS}
    near = [routes[found] for found in difflib.get_close_matches(path, routes)]
    guesses = f" but did you mean {' or '.join(near)} ?" if near else ""
    return APIError(404, "not_found", f"{message}. You have requested this URI [{path}]{guesses}")


def internal_error() -> APIError:
    """Return a 500 `unknown`."""
    return APIError(500, CRASHED, "Internal Server Error")
