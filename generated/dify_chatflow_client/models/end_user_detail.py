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
class EndUserDetail(Model):
    """The server's record of somebody who uses the app.

    Attributes:
        id (str): The server's own id for the end user, as found in `created_by` of an upload.
        tenant_id (str): Id of the workspace the end user belongs to.
        app_id (None | str): Id of the app through which the end user was created, or null if not tied to one.
        type_ (str): Channel that created the end user. Current servers write `service-api` for API callers; the
            spelling `service_api` may also occur.
        external_user_id (None | str): The `user` text that your requests send for this person.
        name (None | str): Display name of the end user; null for users created through the API.
        is_anonymous (bool): `false` if requests named a `user`, `true` if the first one came without.
        session_id (str): Session key of the end user, equal to `external_user_id` unless set otherwise.
        created_at (datetime.datetime): When the end user was first seen. The text carries no offset and means UTC.
        updated_at (datetime.datetime): When the end-user record last changed. The text carries no offset and means
            UTC.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "tenant_id": "tenant_id",
        "app_id": "app_id",
        "type_": "type",
        "external_user_id": "external_user_id",
        "name": "name",
        "is_anonymous": "is_anonymous",
        "session_id": "session_id",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    id: str
    tenant_id: str
    app_id: None | str
    type_: str
    external_user_id: None | str
    name: None | str
    is_anonymous: bool
    session_id: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("tenant_id", UNSET),
            get("app_id", UNSET),
            get("type", UNSET),
            get("external_user_id", UNSET),
            get("name", UNSET),
            get("is_anonymous", UNSET),
            get("session_id", UNSET),
            read_datetime(get("created_at", UNSET)),
            read_datetime(get("updated_at", UNSET)),
        )
        if len(src_dict) > 10 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(EndUserDetail.json_names.values())
