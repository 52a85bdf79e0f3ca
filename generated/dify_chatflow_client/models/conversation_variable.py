from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    to_datetime,
)


class ConversationVariable(Model):
    """Variable that the chatflow retains across the turns of a conversation.

    Attributes:
        id (str): UUID of the variable. Use it to update the variable, or as `last_id` to get the next page.
        name (str): Name of the variable.
        value_type (str): Declared type: `string`, `number`, `object`, `secret`, `file`, `boolean`, `array[any]`,
            `array[string]`, `array[number]`, `array[object]`, `array[file]` or `array[boolean]`.
        value (str): Current value as the output of Python's `str()`, such as `{'a': 1, 'b': None}` or `False`, not
            JSON.
        description (str): Description of the variable by the app's author; empty if there is none.
        created_at (int): Creation time of the variable, in Unix seconds.
        updated_at (int): Time of the last update, in Unix seconds. It can be one second earlier than `created_at`.
    """

    __slots__ = (
        "id",
        "name",
        "value_type",
        "value",
        "description",
        "created_at",
        "updated_at",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "value_type": "value_type",
        "value": "value",
        "description": "description",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    id: str
    name: str
    value_type: str
    value: str
    description: str
    created_at: int
    updated_at: int

    def __init__(
        self,
        id: str,
        name: str,
        value_type: str,
        value: str,
        description: str,
        created_at: int,
        updated_at: int,
    ) -> None:
        self.id = id
        self.name = name
        self.value_type = value_type
        self.value = value
        self.description = description
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
        model.value_type = get("value_type")
        model.value = get("value")
        model.description = get("description")
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
        "value_type",
        "value",
        "description",
        "created_at",
        "updated_at",
    )
)
