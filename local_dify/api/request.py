"""One request to one app: its body, its user, and what the server knows of it."""

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
from local_dify.errors import NOT_JSON, NOT_UNDERSTOOD, APIError, bad_request, crash, invalid
from local_dify.json_types import Record, is_record
from local_dify.state import State

NOBODY = "DEFAULT-USER"
LONGEST_USER = 255
JSON = re.compile(r"\s*application/([^;]+\+)?json\s*(;|$)", re.IGNORECASE)


class Call:
    """A request that carries a valid key."""

    def __init__(self, request: Request, app: App, engine: Engine, timing: Timing) -> None:
        self.request, self.app, self.engine, self.timing = request, app, engine, timing
        self.path = request.url.path

    @property
    def state(self) -> State:
        """The server's memory."""
        return self.engine.state

    @property
    def query(self) -> dict[str, str]:
        """The query parameters."""
        return dict(self.request.query_params)

    def id(self, name: str) -> str:
        """A path parameter, in the spelling that ids are stored in."""
        return str(self.request.path_params[name])

    def now(self) -> float:
        """The server's time, in seconds since 1970."""
        return self.engine.clock()

    async def json(self) -> Record:
        """The body of an operation that looks for its user there; 029, 030 and 031 show what else is sent."""
        body = await self.payload()
        if not is_record(body):
            raise crash()
        return body

    async def payload(self) -> object:
        """The JSON of the body, whatever it is."""
        if not JSON.match(self.request.headers.get("content-type", "")):
            raise APIError(415, "unsupported_media_type", NOT_JSON)
        try:
            body: object = json.loads(await self.request.body())
        except ValueError as error:
            raise bad_request(NOT_UNDERSTOOD) from error
        return body

    @asynccontextmanager
    async def form(self) -> AsyncGenerator[FormData]:
        """The fields and files of the body; one that is no form has none."""
        try:
            form = await self.request.form()
        except HTTPException:
            form = FormData()
        try:
            yield form
        finally:
            await form.close()

    def require_chat_app(self) -> None:
        """Refuse apps that are no chatflow."""
        if self.app.script.mode != "advanced-chat":
            message = "Please check if your app mode matches the right API route."
            raise APIError(400, "not_chat_app", message)

    def user(self, given: object, *, required: bool = False) -> Record:
        """The end user of that name, who is made at the first call; nobody has a name of his own."""
        if required and not given:
            raise invalid("Arg user must be provided.")
        name = str(given or NOBODY)
        if len(name) > LONGEST_USER:
            raise crash()
        for known in self.state.find("end_user", self.app.id, name):
            return known
        user: Record = {"id": str(uuid.uuid4()), "app_id": self.app.id, "session_id": name, "created_at": self.now()}
        return self.state.put("end_user", user, parent=name)
