from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class CreateAnnotationRequest(Model):
    """Question and predefined answer. A missing field results in `400` `invalid_param`.

    Attributes:
        question (str): Question that queries are compared with; it can be empty.
        answer (str): Predefined answer; it can be empty.
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
