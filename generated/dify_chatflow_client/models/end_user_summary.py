from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class EndUserSummary(Model):
    """End user who started a run.

    Attributes:
        id (str): Id assigned by the server, not the `user` value sent by the client.
        type_ (str): Channel through which the end user was created. Current servers send `service-api` for API
            clients; `service_api` is also possible.
        is_anonymous (bool): `true` for an anonymous visitor; `false` for an end user specified in an API request.
        session_id (str): The `user` value sent by the client.
    """

    __slots__ = (
        "id",
        "type_",
        "is_anonymous",
        "session_id",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "type": "type_",
        "is_anonymous": "is_anonymous",
        "session_id": "session_id",
    }

    id: str
    type_: str
    is_anonymous: bool
    session_id: str

    def __init__(
        self,
        id: str,
        type_: str,
        is_anonymous: bool,
        session_id: str,
    ) -> None:
        self.id = id
        self.type_ = type_
        self.is_anonymous = is_anonymous
        self.session_id = session_id
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.type_ = get("type")
        model.is_anonymous = get("is_anonymous")
        model.session_id = get("session_id")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "type",
        "is_anonymous",
        "session_id",
    )
)
