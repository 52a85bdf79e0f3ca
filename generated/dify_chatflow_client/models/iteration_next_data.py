from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class IterationNextData(Model):
    """Iteration and the index of the item.

    Attributes:
        id (str): Id of the iteration, identical in all of its events.
        node_id (str): Id of the iteration node in the workflow.
        node_type (str): Type of the node; always `iteration` in this event.
        title (str): Title of the node in the workflow editor.
        index (int): Index of the item, starting at `0`.
        created_at (int): Start time of the item, in Unix seconds.
        extras (JsonObject): JSON object with arbitrary keys, parsed as a dict.
    """

    __slots__ = (
        "id",
        "node_id",
        "node_type",
        "title",
        "index",
        "created_at",
        "extras",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "node_id": "node_id",
        "node_type": "node_type",
        "title": "title",
        "index": "index",
        "created_at": "created_at",
        "extras": "extras",
    }

    id: str
    node_id: str
    node_type: str
    title: str
    index: int
    created_at: int
    extras: JsonObject

    def __init__(
        self,
        id: str,
        node_id: str,
        node_type: str,
        title: str,
        index: int,
        created_at: int,
        extras: JsonObject,
    ) -> None:
        self.id = id
        self.node_id = node_id
        self.node_type = node_type
        self.title = title
        self.index = index
        self.created_at = created_at
        self.extras = extras
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.node_id = get("node_id")
        model.node_type = get("node_type")
        model.title = get("title")
        model.index = get("index")
        model.created_at = get("created_at")
        model.extras = read_object(JsonObject.from_dict, get("extras"))
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "node_id",
        "node_type",
        "title",
        "index",
        "created_at",
        "extras",
    )
)


from ..models.json_object import JsonObject
