from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class HumanInputFormTimeoutData(Model):
    """Expired form and its expiration time.

    Attributes:
        node_id (str): Id of the form's node.
        node_title (str): Title of the node in the workflow editor.
        expiration_time (int): Expiration time of the form, in Unix seconds.
    """

    node_id: str
    node_title: str
    expiration_time: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("node_id", UNSET),
            get("node_title", UNSET),
            get("expiration_time", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(HumanInputFormTimeoutData).values())
