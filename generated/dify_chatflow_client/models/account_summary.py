from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
)


@_attrs_define
class AccountSummary(Model):
    """Workspace member who started the run; null if it was an end user.

    Attributes:
        id (str): Id of the workspace member.
        name (str): Display name of the workspace member.
        email (str): Email address of the workspace member.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "email": "email",
    }

    id: str
    name: str
    email: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("name", UNSET),
            get("email", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(AccountSummary.json_names.values())
