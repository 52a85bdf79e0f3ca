from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_datetime,
)


@_attrs_define
class FeedbackItem(Model):
    """Stored rating of a message.

    Attributes:
        id (str): Id of the rating.
        app_id (str): Id of the app.
        conversation_id (str): Id of the message's conversation.
        message_id (str): Id of the rated message.
        rating (str): `like` or `dislike`.
        content (None | str): Comment on the rating; null if there is none.
        from_source (str): Origin of the rating: `user` (end user through the API) or `admin` (team member in the
            console).
        from_end_user_id (None | str): Id of the rating end user; null if `from_source` is `admin`.
        from_account_id (None | str): Account id of the rating team member; null if `from_source` is `user`.
        created_at (datetime.datetime): Creation time of the rating, without offset, in UTC.
        updated_at (datetime.datetime): Time of the last update of the rating, without offset, in UTC. It can
            include microseconds and be slightly earlier than `created_at`.
    """

    id: str
    app_id: str
    conversation_id: str
    message_id: str
    rating: str
    content: None | str
    from_source: str
    from_end_user_id: None | str
    from_account_id: None | str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("app_id", UNSET),
            get("conversation_id", UNSET),
            get("message_id", UNSET),
            get("rating", UNSET),
            get("content", UNSET),
            get("from_source", UNSET),
            get("from_end_user_id", UNSET),
            get("from_account_id", UNSET),
            read_datetime(get("created_at", UNSET)),
            read_datetime(get("updated_at", UNSET)),
        )
        if len(src_dict) > 11 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FeedbackItem).values())
