from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class UpdateAnnotationRequest(Model):
    """New texts of an annotation. Both fields are required.

    Attributes:
        question (str): New question.
        answer (str): New predefined answer.
    """

    __slots__ = (
        "question",
        "answer",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "question": "question",
        "answer": "answer",
    }

    question: str
    answer: str

    def __init__(
        self,
        question: str,
        answer: str,
    ) -> None:
        self.question = question
        self.answer = answer
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.question = get("question")
        model.answer = get("answer")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "question",
        "answer",
    )
)
