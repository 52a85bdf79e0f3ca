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
    read_object,
)


@_attrs_define
class LoopStartedData(Model):
    """Loop and its variables.

    Attributes:
        id (str): Id of the loop, identical in all of its events. Servers use its `node_id`.
        node_id (str): Id of the loop node in the workflow. Nodes in the loop have it as `loop_id`.
        node_type (str): Type of the node; always `loop` in this event.
        title (str): Title of the node in the workflow editor.
        created_at (int): Start time of the loop, in Unix seconds.
        extras (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        metadata (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        inputs_truncated (bool | Unset): `true` if `inputs` is shortened because of its size.
    """

    id: str
    node_id: str
    node_type: str
    title: str
    created_at: int
    extras: JsonObject
    metadata: JsonObject
    inputs: JsonObject
    inputs_truncated: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("node_id", UNSET),
            get("node_type", UNSET),
            get("title", UNSET),
            get("created_at", UNSET),
            read_object(JsonObject.from_dict, get("extras", UNSET)),
            read_object(JsonObject.from_dict, get("metadata", UNSET)),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("inputs_truncated", UNSET),
        )
        if len(src_dict) > 9 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(LoopStartedData).values())


from ..models.json_object import JsonObject
