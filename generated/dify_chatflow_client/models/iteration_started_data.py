from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class IterationStartedData(Model):
    """Iteration and its inputs.

    Attributes:
        id (str): Id of the iteration, identical in all of its events.
        node_id (str): Id of the iteration node in the workflow.
        node_type (str): Type of the node; always `iteration` in this event.
        title (str): Title of the node in the workflow editor.
        created_at (int): Start time of the iteration, in Unix seconds.
        extras (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        metadata (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        inputs_truncated (bool | None): `true` if `inputs` is shortened because of its size.
    """

    __slots__ = (
        "id",
        "node_id",
        "node_type",
        "title",
        "created_at",
        "extras",
        "metadata",
        "inputs",
        "inputs_truncated",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "node_id": "node_id",
        "node_type": "node_type",
        "title": "title",
        "created_at": "created_at",
        "extras": "extras",
        "metadata": "metadata",
        "inputs": "inputs",
        "inputs_truncated": "inputs_truncated",
    }

    id: str
    node_id: str
    node_type: str
    title: str
    created_at: int
    extras: JsonObject
    metadata: JsonObject
    inputs: JsonObject
    inputs_truncated: bool | None

    def __init__(
        self,
        id: str,
        node_id: str,
        node_type: str,
        title: str,
        created_at: int,
        extras: JsonObject,
        metadata: JsonObject,
        inputs: JsonObject,
        inputs_truncated: bool | None = None,
    ) -> None:
        self.id = id
        self.node_id = node_id
        self.node_type = node_type
        self.title = title
        self.created_at = created_at
        self.extras = extras
        self.metadata = metadata
        self.inputs = inputs
        self.inputs_truncated = inputs_truncated
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
        model.created_at = get("created_at")
        model.extras = read_object(JsonObject.from_dict, get("extras"))
        model.metadata = read_object(JsonObject.from_dict, get("metadata"))
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.inputs_truncated = get("inputs_truncated")
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
        "created_at",
        "extras",
        "metadata",
        "inputs",
    )
)


from ..models.json_object import JsonObject
