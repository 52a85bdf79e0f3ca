from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..models.feedback_rating import FeedbackRating
from ..types import (
    Model,
)


class MessageFeedbackRequest(Model):
    """Rating of a message by an end user, with an optional comment.

    Attributes:
        user (str): End user who rates the message, as specified in the chat request. A missing value results in
            `400` `invalid_param`.
        rating (FeedbackRating | None): `like` or `dislike` to set the rating, `null` to remove it. The field can be
            omitted; other values result in `400` `invalid_param`.
        content (str | None): Comment of the end user.
    """

    __slots__ = (
        "user",
        "rating",
        "content",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "user": "user",
        "rating": "rating",
        "content": "content",
    }

    user: str
    rating: FeedbackRating | None
    content: str | None

    def __init__(
        self,
        user: str,
        rating: FeedbackRating | None = None,
        content: str | None = None,
    ) -> None:
        self.user = user
        self.rating = rating
        self.content = content
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.user = get("user")
        model.rating = get("rating")
        model.content = get("content")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("user",))
