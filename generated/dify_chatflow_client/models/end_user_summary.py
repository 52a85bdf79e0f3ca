from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class EndUserSummary(Model):
    """End user who started a run.

    Attributes:
        id (str): Id assigned by the server, not the `user` value sent by the client.
        type_ (str): Channel through which the end user was created. Current servers send `service-api` for API
            clients; `service_api` is also possible.
        is_anonymous (bool): `true` for an anonymous visitor; `false` for an end user specified in an API request.
        session_id (str): The `user` value sent by the client.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    id: str
    type_: str
    is_anonymous: bool
    session_id: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("type", UNSET),
            get("is_anonymous", UNSET),
            get("session_id", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(EndUserSummary).values())
