from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..models.response_mode import ResponseMode
from ..types import (
    Model,
    read_object,
    read_objects,
)


class ChatRequest(Model):
    """Query to the app, with inputs and end user.

    Attributes:
        query (str): Query of the end user; available in the workflow as `sys.query`.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        user (str): Stable identifier of the end user, chosen by the client, and unique for each person.
            Conversations, messages and uploads of an end user are not accessible to others. Available in the workflow
            as `sys.user_id`.
        response_mode (ResponseMode | None): `streaming` returns server-sent events during the run; `blocking` (the
            default) returns one JSON object at its end. Proxies may interrupt long blocking requests (Cloudflare after
            `100 s`). Any other value results in `400` `invalid_param`.
        conversation_id (str | None): UUID of an existing conversation. Without it, or with an empty string, the
            server starts a new conversation. An unknown id, or one that belongs to another user, results in `404`
            `not_found` on most servers, while some silently start a new conversation: compare the returned id with the
            one sent. A malformed UUID results in `400` `invalid_param`.
        files (list[FileInput] | None): Files attached to the query, available in the workflow as `sys.files`. Each
            is a URL or an upload of the same `user`; an upload id that is unknown or belongs to another user is
            rejected with the message `Invalid upload file`.
        auto_generate_name (bool | None): `true` to have the server name a new conversation; the default is `true`.
            With `false`, generate a name later by renaming the conversation with `auto_generate`. Default: True.
        workflow_id (str | None): UUID of the published version to run, by default the latest one. An unknown UUID
            results in `404` `not_found`; a malformed one, including `draft`, results in `400` `bad_request`.
    """

    __slots__ = (
        "query",
        "inputs",
        "user",
        "response_mode",
        "conversation_id",
        "files",
        "auto_generate_name",
        "workflow_id",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "query": "query",
        "inputs": "inputs",
        "user": "user",
        "response_mode": "response_mode",
        "conversation_id": "conversation_id",
        "files": "files",
        "auto_generate_name": "auto_generate_name",
        "workflow_id": "workflow_id",
    }

    query: str
    inputs: JsonObject
    user: str
    response_mode: ResponseMode | None
    conversation_id: str | None
    files: list[FileInput] | None
    auto_generate_name: bool | None
    workflow_id: str | None

    def __init__(
        self,
        query: str,
        inputs: JsonObject,
        user: str,
        response_mode: ResponseMode | None = None,
        conversation_id: str | None = None,
        files: list[FileInput] | None = None,
        auto_generate_name: bool | None = True,
        workflow_id: str | None = None,
    ) -> None:
        self.query = query
        self.inputs = inputs
        self.user = user
        self.response_mode = response_mode
        self.conversation_id = conversation_id
        self.files = files
        self.auto_generate_name = auto_generate_name
        self.workflow_id = workflow_id
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.query = get("query")
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.user = get("user")
        model.response_mode = get("response_mode")
        model.conversation_id = get("conversation_id")
        model.files = read_objects(FileInput.from_dict, get("files"))
        model.auto_generate_name = get("auto_generate_name")
        model.workflow_id = get("workflow_id")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "query",
        "inputs",
        "user",
    )
)


from ..models.file_input import FileInput
from ..models.json_object import JsonObject
