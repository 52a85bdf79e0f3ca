from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class ConversationSummary(Model):
    """Conversation of an end user with the app.

    Attributes:
        id (str): UUID of the conversation. Use it as `conversation_id` to continue the conversation, or as
            `last_id` to get the next page.
        name (str): Name of the conversation, set by the client or generated from the first query.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        status (str): Status of the conversation, usually `normal`.
        introduction (str): Opening statement of the app with its variables resolved.
        created_at (int): Creation time of the conversation, in Unix seconds.
        updated_at (int): Time of the last update, in Unix seconds. It can be one second earlier than `created_at`.
    """

    __slots__ = (
        "id",
        "name",
        "inputs",
        "status",
        "introduction",
        "created_at",
        "updated_at",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "inputs": "inputs",
        "status": "status",
        "introduction": "introduction",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    id: str
    name: str
    inputs: JsonObject
    status: str
    introduction: str
    created_at: int
    updated_at: int

    def __init__(
        self,
        id: str,
        name: str,
        inputs: JsonObject,
        status: str,
        introduction: str,
        created_at: int,
        updated_at: int,
    ) -> None:
        self.id = id
        self.name = name
        self.inputs = inputs
        self.status = status
        self.introduction = introduction
        self.created_at = created_at
        self.updated_at = updated_at
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.name = get("name")
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.status = get("status")
        model.introduction = get("introduction")
        model.created_at = get("created_at")
        model.updated_at = get("updated_at")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)

    @property
    def updated_at_datetime(self) -> datetime.datetime | None:
        """`updated_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.updated_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "name",
        "inputs",
        "status",
        "introduction",
        "created_at",
        "updated_at",
    )
)


from ..models.json_object import JsonObject
