from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_datetime,
)


@_attrs_define
class EndUser(Model):
    """Record of an end user.

    Attributes:
        id (str): Id assigned by the server, such as the `created_by` of an upload.
        tenant_id (str): Id of the end user's workspace.
        app_id (None | str): Id of the app through which the end user was created; null if there is none.
        type_ (str): Channel through which the end user was created. Current servers send `service-api` for API
            clients; `service_api` is also possible.
        external_user_id (None | str): The `user` value sent by the client.
        name (None | str): Display name; null for end users created through the API.
        is_anonymous (bool): `false` if the requests specified a `user`; `true` if the first one did not.
        session_id (str): Session key of the end user, usually identical to `external_user_id`.
        created_at (datetime.datetime): Creation time of the record, without offset, in UTC.
        updated_at (datetime.datetime): Time of the last update of the record, without offset, in UTC.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
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


_KNOWN = frozenset(json_keys(EndUser).values())
