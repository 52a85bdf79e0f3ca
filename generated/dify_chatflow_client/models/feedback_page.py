from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_objects,
)


class FeedbackPage(Model):
    """One page of the app's feedback.

    Attributes:
        data (list[FeedbackItem]): Ratings on this page; empty after the last page.
    """

    __slots__ = ("data",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "data": "data",
    }

    data: list[FeedbackItem]

    def __init__(
        self,
        data: list[FeedbackItem],
    ) -> None:
        self.data = data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.data = read_objects(FeedbackItem.from_dict, get("data"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("data",))


from ..models.feedback_item import FeedbackItem
