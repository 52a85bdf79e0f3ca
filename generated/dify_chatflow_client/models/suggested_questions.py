from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class SuggestedQuestions(Model):
    """Suggested follow-up questions.

    Attributes:
        result (str): Always `success` in a `200` response.
        data (list[str]): Questions that the end user might ask next.
    """

    __slots__ = (
        "result",
        "data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "result": "result",
        "data": "data",
    }

    result: str
    data: list[str]

    def __init__(
        self,
        result: str,
        data: list[str],
    ) -> None:
        self.result = result
        self.data = data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.result = get("result")
        model.data = get("data")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "result",
        "data",
    )
)
