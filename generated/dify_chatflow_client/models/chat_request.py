from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.chat_request_response_mode import ChatRequestResponseMode
from ..types import (
    UNSET,
    Model,
    Unset,
    read_object,
    read_objects,
)


@_attrs_define
class ChatRequest(Model):
    """One question to the app, with the values of the start form and the end user who asks.

    Attributes:
        query (str): Text that the end user says in this turn; the flow reads it as `sys.query`.
        inputs (JsonObject): A JSON object whose keys the app or the server decides, read as a dict.
        user (str): Your own stable name for the end user, distinct for each person using the app. Conversations,
            messages and uploads made under one name stay hidden from all others. The flow reads it as `sys.user_id`.
        response_mode (ChatRequestResponseMode | Unset): `streaming` sends server-sent events while the run
            proceeds; `blocking`, the default, sends one JSON answer at the end. Long blocking calls can be cut by a
            proxy on the way (Cloudflare gives up after `100 s`). Any other value is refused with 400 `invalid_param`.
        conversation_id (str | Unset): UUID of the conversation to go on with, as found in an earlier reply; leave
            it out or send an empty string to open a fresh one. An id that is unknown, or owned by another user,
            silently opens a new conversation, so compare it with the one in the reply. Text that is not a UUID gives
            400 `invalid_param`.
        files (list[FileInput] | Unset): Attachments for this turn, read by the flow as `sys.files`. Each is either
            a web address or an earlier upload of the same `user`; an upload id that is unknown or belongs to someone
            else fails with `Invalid upload file`.
        auto_generate_name (bool | Unset): Whether the server names a new conversation by itself; default `true`.
            With `false`, ask for a name later by renaming the conversation with `auto_generate` set to `true`. Default:
            True.
        workflow_id (str | Unset): UUID of the published version to run; without it the newest published version
            runs. An unknown UUID gives 404 `not_found`, and text that is not a UUID (`draft` included) gives 400
            `bad_request`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
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
    response_mode: ChatRequestResponseMode | Unset = UNSET
    conversation_id: str | Unset = UNSET
    files: list[FileInput] | Unset = UNSET
    auto_generate_name: bool | Unset = True
    workflow_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(ChatRequest.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.file_input import FileInput
from ..models.json_object import JsonObject
