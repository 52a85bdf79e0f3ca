from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    read_datetime,
)


@_attrs_define
class FeedbackItem(Model):
    """One stored vote on a message, and who gave it.

    Attributes:
        id (str): Id of this vote record.
        app_id (str): Id of the app whose reply was rated.
        conversation_id (str): The conversation in which the rated message stands.
        message_id (str): Id of the rated message.
        rating (str): The vote: `like` means approval and `dislike` the opposite.
        content (None | str): Comment given with the vote, null if there was none.
        from_source (str): Who voted: `user` is an end user through the API, `admin` is a team member in the
            console.
        from_end_user_id (None | str): The end user who voted, by the server's id; null when `from_source` is
            `admin`.
        from_account_id (None | str): The team member who voted, by account id; null when `from_source` is `user`.
        created_at (datetime.datetime): When the vote was first stored. The text has no offset and means UTC.
        updated_at (datetime.datetime): When the vote last changed; no offset, meaning UTC. It can carry
            microseconds and then even lie a little before `created_at`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "app_id": "app_id",
        "conversation_id": "conversation_id",
        "message_id": "message_id",
        "rating": "rating",
        "content": "content",
        "from_source": "from_source",
        "from_end_user_id": "from_end_user_id",
        "from_account_id": "from_account_id",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

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
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(FeedbackItem.json_names.values())
