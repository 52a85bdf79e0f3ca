from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.feedback_rating import FeedbackRating
from ..types import (
    UNSET,
    Model,
    Unset,
)


@_attrs_define
class MessageFeedbackRequest(Model):
    """Vote of an end user on a message, with an optional comment.

    Attributes:
        user (str): Who votes: the same `user` text as in the chat request. Without it the server answers 400
            `invalid_param`.
        rating (FeedbackRating | None | Unset): `like` or `dislike` sets the vote and `null` withdraws it. Leaving
            the field out is accepted too; other values give 400 `invalid_param`.
        content (str | Unset): Comment in the end user's own words, stored beside the vote.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "user": "user",
        "rating": "rating",
        "content": "content",
    }

    user: str
    rating: FeedbackRating | None | Unset = UNSET
    content: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("user", UNSET),
            get("rating", UNSET),
            get("content", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(MessageFeedbackRequest.json_names.values())
