from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.response_mode import ResponseMode
from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_object,
    read_objects,
)


@_attrs_define
class ChatRequest(Model):
    """Query to the app, with inputs and end user.

    Attributes:
        query (str): Query of the end user; available in the workflow as `sys.query`.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        user (str): Stable identifier of the end user, chosen by the client, and unique for each person.
            Conversations, messages and uploads of an end user are not accessible to others. Available in the workflow
            as `sys.user_id`.
        response_mode (ResponseMode | Unset): `streaming` returns server-sent events during the run; `blocking` (the
            default) returns one JSON object at its end. Proxies may interrupt long blocking requests (Cloudflare after
            `100 s`). Any other value results in `400` `invalid_param`.
        conversation_id (str | Unset): UUID of an existing conversation. Without it, or with an empty string, the
            server starts a new conversation. An unknown id, or one that belongs to another user, results in `404`
            `not_found` on most servers, while some silently start a new conversation: compare the returned id with the
            one sent. A malformed UUID results in `400` `invalid_param`.
        files (list[FileInput] | Unset): Files attached to the query, available in the workflow as `sys.files`. Each
            is a URL or an upload of the same `user`; an upload id that is unknown or belongs to another user is
            rejected with the message `Invalid upload file`.
        auto_generate_name (bool | Unset): `true` to have the server name a new conversation; the default is `true`.
            With `false`, generate a name later by renaming the conversation with `auto_generate`. Default: True.
        workflow_id (str | Unset): UUID of the published version to run, by default the latest one. An unknown UUID
            results in `404` `not_found`; a malformed one, including `draft`, results in `400` `bad_request`.
    """

    query: str
    inputs: JsonObject
    user: str
    response_mode: ResponseMode | Unset = UNSET
    conversation_id: str | Unset = UNSET
    files: list[FileInput] | Unset = UNSET
    auto_generate_name: bool | Unset = True
    workflow_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("query", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("user", UNSET),
            get("response_mode", UNSET),
            get("conversation_id", UNSET),
            read_objects(FileInput.from_dict, get("files", UNSET)),
            get("auto_generate_name", UNSET),
            get("workflow_id", UNSET),
        )
        if len(src_dict) > 8 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ChatRequest).values())


from ..models.file_input import FileInput
from ..models.json_object import JsonObject
