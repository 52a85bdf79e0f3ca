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
class AgentLogData(Model):
    """Step with its label, parent, status and content.

    Attributes:
        id (str): Id of the step, referenced by `parent_id` of nested steps.
        label (str): Display title of the step.
        status (str): Status of the step, such as `start`, `success` or `error`.
        node_id (str): Id of the agent node in the workflow.
        node_execution_id (str | Unset): Id of the execution of the agent node, distinct for repeated executions of
            the same node.
        parent_id (None | str | Unset): Id of the step that contains this one; null at the top level.
        error (None | str | Unset): Error message; null if there was no error.
        data (JsonObject | Unset): JSON object with arbitrary keys, parsed as a dict.
        metadata (JsonObject | Unset): JSON object with arbitrary keys, parsed as a dict.
    """

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


_KNOWN = frozenset(json_keys(AgentLogData).values())


from ..models.json_object import JsonObject
