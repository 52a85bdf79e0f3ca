from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
)


@_attrs_define
class ConversationRenameRequest(Model):
    """Either a title in `name`, or `auto_generate` set to `True` to have the server invent one.

    Attributes:
        user (str): End user who owns the conversation; it must match the value used when chatting.
        name (str | Unset): New title. Missing or blank text fails with 400 `invalid_param` unless `auto_generate`
            is on; very long titles fail with a 500.
        auto_generate (bool | Unset): `True` asks the server to invent a title and disregard `name`; the default is
            `False`. Default: False.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "user": "user",
        "name": "name",
        "auto_generate": "auto_generate",
    }

    user: str
    name: str | Unset = UNSET
    auto_generate: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("user", UNSET),
            get("name", UNSET),
            get("auto_generate", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(ConversationRenameRequest.json_names.values())
