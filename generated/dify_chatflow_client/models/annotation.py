from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    to_datetime,
)


class Annotation(Model):
    """Question with a predefined answer that is returned without running the workflow.

    Attributes:
        id (str): UUID of the annotation, used to update or delete it.
        question (str | None): Question that queries are compared with; it can be null or empty.
        answer (str | None): Predefined answer; it can be null or empty.
        hit_count (int | None): Number of times the annotation has been used; `0` for a new annotation, or null.
        created_at (int | None): Creation time of the annotation, in Unix seconds, or null.
    """

    __slots__ = (
        "id",
        "question",
        "answer",
        "hit_count",
        "created_at",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "question": "question",
        "answer": "answer",
        "hit_count": "hit_count",
        "created_at": "created_at",
    }

    id: str
    question: str | None
    answer: str | None
    hit_count: int | None
    created_at: int | None

    def __init__(
        self,
        id: str,
        question: str | None,
        answer: str | None,
        hit_count: int | None,
        created_at: int | None,
    ) -> None:
        self.id = id
        self.question = question
        self.answer = answer
        self.hit_count = hit_count
        self.created_at = created_at
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.question = get("question")
        model.answer = get("answer")
        model.hit_count = get("hit_count")
        model.created_at = get("created_at")
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
        "question",
        "answer",
        "hit_count",
        "created_at",
    )
)
