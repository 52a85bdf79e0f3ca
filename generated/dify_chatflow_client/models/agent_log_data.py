from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    read_object,
)


@_attrs_define
class AgentLogData(Model):
    """The step of the agent: label, parent step, status and details.

    Attributes:
        id (str): Identifies this step, so that other steps can point to it in `parent_id`.
        label (str): Short title of the step, meant for display.
        status (str): How far the step has come, for example `start`, `success` or `error`.
        node_id (str): Agent node, by its id in the graph, that wrote the step.
        node_execution_id (str | Unset): Execution of the agent node to which this step belongs; it tells repeated
            runs of the same node apart.
        parent_id (None | str | Unset): Step that contains this one, or `null` at the top level.
        error (None | str | Unset): What went wrong in this step, or `null` if nothing did.
        data (JsonObject | Unset): A JSON object whose keys the app or the server decides, read as a dict.
        metadata (JsonObject | Unset): A JSON object whose keys the app or the server decides, read as a dict.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "label": "label",
        "status": "status",
        "node_id": "node_id",
        "node_execution_id": "node_execution_id",
        "parent_id": "parent_id",
        "error": "error",
        "data": "data",
        "metadata": "metadata",
    }

    id: str
    label: str
    status: str
    node_id: str
    node_execution_id: str | Unset = UNSET
    parent_id: None | str | Unset = UNSET
    error: None | str | Unset = UNSET
    data: JsonObject | Unset = UNSET
    metadata: JsonObject | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("label", UNSET),
            get("status", UNSET),
            get("node_id", UNSET),
            get("node_execution_id", UNSET),
            get("parent_id", UNSET),
            get("error", UNSET),
            read_object(JsonObject.from_dict, get("data", UNSET)),
            read_object(JsonObject.from_dict, get("metadata", UNSET)),
        )
        if len(src_dict) > 9 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(AgentLogData.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
