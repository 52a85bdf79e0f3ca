from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_datetime,
)


class EndUser(Model):
    """Record of an end user.

    Attributes:
        id (str): Id assigned by the server, such as the `created_by` of an upload.
        tenant_id (str): Id of the end user's workspace.
        app_id (str | None): Id of the app through which the end user was created; null if there is none.
        type_ (str): Channel through which the end user was created. Current servers send `service-api` for API
            clients; `service_api` is also possible.
        external_user_id (str | None): The `user` value sent by the client.
        name (str | None): Display name; null for end users created through the API.
        is_anonymous (bool): `false` if the requests specified a `user`; `true` if the first one did not.
        session_id (str): Session key of the end user, usually identical to `external_user_id`.
        created_at (datetime.datetime): Creation time of the record, without offset, in UTC.
        updated_at (datetime.datetime): Time of the last update of the record, without offset, in UTC.
    """

    __slots__ = (
        "id",
        "tenant_id",
        "app_id",
        "type_",
        "external_user_id",
        "name",
        "is_anonymous",
        "session_id",
        "created_at",
        "updated_at",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "tenant_id": "tenant_id",
        "app_id": "app_id",
        "type": "type_",
        "external_user_id": "external_user_id",
        "name": "name",
        "is_anonymous": "is_anonymous",
        "session_id": "session_id",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    id: str
    tenant_id: str
    app_id: str | None
    type_: str
    external_user_id: str | None
    name: str | None
    is_anonymous: bool
    session_id: str
    created_at: datetime.datetime
    updated_at: datetime.datetime

    def __init__(
        self,
        id: str,
        tenant_id: str,
        app_id: str | None,
        type_: str,
        external_user_id: str | None,
        name: str | None,
        is_anonymous: bool,
        session_id: str,
        created_at: datetime.datetime,
        updated_at: datetime.datetime,
    ) -> None:
        self.id = id
        self.tenant_id = tenant_id
        self.app_id = app_id
        self.type_ = type_
        self.external_user_id = external_user_id
        self.name = name
        self.is_anonymous = is_anonymous
        self.session_id = session_id
        self.created_at = created_at
        self.updated_at = updated_at
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.tenant_id = get("tenant_id")
        model.app_id = get("app_id")
        model.type_ = get("type")
        model.external_user_id = get("external_user_id")
        model.name = get("name")
        model.is_anonymous = get("is_anonymous")
        model.session_id = get("session_id")
        model.created_at = read_datetime(get("created_at"))
        model.updated_at = read_datetime(get("updated_at"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "tenant_id",
        "app_id",
        "type",
        "external_user_id",
        "name",
        "is_anonymous",
        "session_id",
        "created_at",
        "updated_at",
    )
)
