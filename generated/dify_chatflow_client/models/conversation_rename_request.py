from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class ConversationRenameRequest(Model):
    """New `name` of a conversation, or `auto_generate` to have the server generate one.

    Attributes:
        user (str): End user who owns the conversation, as specified in the chat requests.
        name (str | Unset): New name. A missing or blank name results in `400` `invalid_param` unless
            `auto_generate` is set; very long names result in a `500` response.
        auto_generate (bool | Unset): `true` to generate a name and ignore `name`; the default is `false`. Default:
            False.
    """

    user: str
    name: str | Unset = UNSET
    auto_generate: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("user", UNSET),
            get("name", UNSET),
            get("auto_generate", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ConversationRenameRequest).values())
