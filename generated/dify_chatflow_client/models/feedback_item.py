from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_datetime,
)


class FeedbackItem(Model):
    """Stored rating of a message.

    Attributes:
        id (str): Id of the rating.
        app_id (str): Id of the app.
        conversation_id (str): Id of the message's conversation.
        message_id (str): Id of the rated message.
        rating (str): `like` or `dislike`.
        content (str | None): Comment on the rating; null if there is none.
        from_source (str): Origin of the rating: `user` (end user through the API) or `admin` (team member in the
            console).
        from_end_user_id (str | None): Id of the rating end user; null if `from_source` is `admin`.
        from_account_id (str | None): Account id of the rating team member; null if `from_source` is `user`.
        created_at (datetime.datetime): Creation time of the rating, without offset, in UTC.
        updated_at (datetime.datetime): Time of the last update of the rating, without offset, in UTC. It can
            include microseconds and be slightly earlier than `created_at`.
    """

    __slots__ = (
        "id",
        "app_id",
        "conversation_id",
        "message_id",
        "rating",
        "content",
        "from_source",
        "from_end_user_id",
        "from_account_id",
        "created_at",
        "updated_at",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
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
    content: str | None
    from_source: str
    from_end_user_id: str | None
    from_account_id: str | None
    created_at: datetime.datetime
    updated_at: datetime.datetime

    def __init__(
        self,
        id: str,
        app_id: str,
        conversation_id: str,
        message_id: str,
        rating: str,
        content: str | None,
        from_source: str,
        from_end_user_id: str | None,
        from_account_id: str | None,
        created_at: datetime.datetime,
        updated_at: datetime.datetime,
    ) -> None:
        self.id = id
        self.app_id = app_id
        self.conversation_id = conversation_id
        self.message_id = message_id
        self.rating = rating
        self.content = content
        self.from_source = from_source
        self.from_end_user_id = from_end_user_id
        self.from_account_id = from_account_id
        self.created_at = created_at
        self.updated_at = updated_at
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.app_id = get("app_id")
        model.conversation_id = get("conversation_id")
        model.message_id = get("message_id")
        model.rating = get("rating")
        model.content = get("content")
        model.from_source = get("from_source")
        model.from_end_user_id = get("from_end_user_id")
        model.from_account_id = get("from_account_id")
        model.created_at = read_datetime(get("created_at"))
        model.updated_at = read_datetime(get("updated_at"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "app_id",
        "conversation_id",
        "message_id",
        "rating",
        "content",
        "from_source",
        "from_end_user_id",
        "from_account_id",
        "created_at",
        "updated_at",
    )
)
