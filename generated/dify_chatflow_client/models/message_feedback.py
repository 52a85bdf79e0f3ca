from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class MessageFeedback(Model):
    """Rating by the end user; null if there is none.

    Attributes:
        rating (str): `like` or `dislike`.
    """

    __slots__ = ("rating",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "rating": "rating",
    }

    rating: str

    def __init__(
        self,
        rating: str,
    ) -> None:
        self.rating = rating
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.rating = get("rating")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("rating",))
