from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.feedback_rating import FeedbackRating
from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class MessageFeedbackRequest(Model):
    """Rating of a message by an end user, with an optional comment.

    Attributes:
        user (str): End user who rates the message, as specified in the chat request. A missing value results in
            `400` `invalid_param`.
        rating (FeedbackRating | None | Unset): `like` or `dislike` to set the rating, `null` to remove it. The
            field can be omitted; other values result in `400` `invalid_param`.
        content (str | Unset): Comment of the end user.
    """

    user: str
    rating: FeedbackRating | None | Unset = UNSET
    content: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("user", UNSET),
            get("rating", UNSET),
            get("content", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(MessageFeedbackRequest).values())
