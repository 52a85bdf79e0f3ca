"""One authenticated request to one app: its body, its user, and the server's state."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from local_dify.engine.channel import Timing
from local_dify.engine.engine import Engine
from local_dify.engine.records import App
from local_dify.errors import NOT_JSON, NOT_UNDERSTOOD, APIError, bad_request, internal_error, invalid
from local_dify.json_types import Record, is_record
from local_dify.state import State
from local_dify.version import Version

DEFAULT_USER = "DEFAULT-USER"
LONGEST_USER = 255
JSON = re.compile(r"\s*application/([^;]+\+)?json\s*(;|$)", re.IGNORECASE)


class APIRequest:
    """Request with a valid API key."""

    def __init__(self, request: Request, app: App, engine: Engine, timing: Timing) -> None:
        self.raw, self.app, self.engine, self.timing = request, app, engine, timing
        self.path = request.url.path

    @property
    def version(self) -> Version:
        """Version that the server plays."""
        return self.engine.version

    @property
    def state(self) -> State:
        """State of the server."""
        return self.engine.state

    @property
    def query(self) -> dict[str, str]:
        """Query parameters."""
        return dict(self.raw.query_params)

    def id(self, name: str) -> str:
        """Return a path parameter."""
        return str(self.raw.path_params[name])

    def now(self) -> float:
        """Return the server's time in seconds since 1970."""
        return self.engine.clock()

    async def json(self) -> Record:
        """Return the JSON object of the body; recordings 029, 030 and 031 show the errors for other bodies."""
        body = await self.payload()
        if not is_record(body):
            raise internal_error()
        return body

    async def payload(self) -> object:
        """Return the JSON value of the body."""
        if not JSON.match(self.raw.headers.get("content-type", "")):
            raise APIError(415, "unsupported_media_type", NOT_JSON)
        try:
            body: object = json.loads(await self.raw.body())
        except ValueError as error:
            raise bad_request(NOT_UNDERSTOOD) from error
        return body

    @asynccontextmanager
    async def form(self) -> AsyncGenerator[FormData]:
        """Yield the form fields of the body, none if the body is not a form."""
        try:
            form = await self.raw.form()
        except HTTPException:
            form = FormData()
        try:
            yield form
        finally:
            await form.close()

    def require_chat_app(self) -> None:
        """Raise unless the app is a chatflow."""
        if self.app.script.mode != "advanced-chat":
            message = "Please check if your app mode matches the right API route."
            raise APIError(400, "not_chat_app", message)

    def user(self, name: object, *, required: bool = False) -> Record:
        """Return the end user of that name, creating it on first use; a missing name is `DEFAULT-USER`."""
        if required and not name:
            raise invalid("Arg user must be provided.")
        session_id = str(name or DEFAULT_USER)
        if len(session_id) > LONGEST_USER:
            raise internal_error()
        for known in self.state.find("end_user", self.app.id, session_id):
            return known
        user: Record = {
            "id": str(uuid.uuid4()),
            "app_id": self.app.id,
            "session_id": session_id,
            "created_at": self.now(),
        }
        return self.state.put("end_user", user, parent=session_id)
