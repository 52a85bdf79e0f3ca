from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    to_datetime,
)


class HumanInputFormTimeoutData(Model):
    """Expired form and its expiration time.

    Attributes:
        node_id (str): Id of the form's node.
        node_title (str): Title of the node in the workflow editor.
        expiration_time (int): Expiration time of the form, in Unix seconds.
    """

    __slots__ = (
        "node_id",
        "node_title",
        "expiration_time",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "node_id": "node_id",
        "node_title": "node_title",
        "expiration_time": "expiration_time",
    }

    node_id: str
    node_title: str
    expiration_time: int

    def __init__(
        self,
        node_id: str,
        node_title: str,
        expiration_time: int,
    ) -> None:
        self.node_id = node_id
        self.node_title = node_title
        self.expiration_time = expiration_time
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.node_id = get("node_id")
        model.node_title = get("node_title")
        model.expiration_time = get("expiration_time")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def expiration_time_datetime(self) -> datetime.datetime | None:
        """`expiration_time` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.expiration_time)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "node_id",
        "node_title",
        "expiration_time",
    )
)
