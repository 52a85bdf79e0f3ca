from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_object,
)


@_attrs_define
class LoopNextData(Model):
    """Loop, the index of the round and the output of the previous one.

    Attributes:
        id (str): Id of the loop, identical in all of its events.
        node_id (str): Id of the loop node in the workflow.
        node_type (str): Type of the node; always `loop` in this event.
        title (str): Title of the node in the workflow editor.
        index (int): Index of the round. The first round has the index `0` and no event of this type, so the first
            value is `1`.
        created_at (int): Start time of the round, in Unix seconds.
        pre_loop_output (Any): Output of the previous round, of any type. Servers send an empty object.
        extras (JsonObject): JSON object with arbitrary keys, parsed as a dict.
    """

    id: str
    node_id: str
    node_type: str
    title: str
    index: int
    created_at: int
    pre_loop_output: Any
    extras: JsonObject
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("node_id", UNSET),
            get("node_type", UNSET),
            get("title", UNSET),
            get("index", UNSET),
            get("created_at", UNSET),
            get("pre_loop_output", UNSET),
            read_object(JsonObject.from_dict, get("extras", UNSET)),
        )
        if len(src_dict) > 8 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(LoopNextData).values())


from ..models.json_object import JsonObject
