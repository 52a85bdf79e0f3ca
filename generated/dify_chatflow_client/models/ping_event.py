from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    Model,
    json_keys,
    read_constant,
)


@_attrs_define
class PingEvent(Model):
    """Keep-alive without data: a bare `event: ping` line, sent at the start of a chat stream and every `10` s
    thereafter.

    Attributes:
        event (Literal['ping']): Always `ping`.
    """

    event: Literal["ping"] = "ping"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        model = cls(
            read_constant(src_dict["event"], "ping"),
        )
        if len(src_dict) > 1 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(PingEvent).values())
