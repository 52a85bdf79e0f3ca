from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    read_object,
)


@_attrs_define
class WorkflowStartedData(Model):
    """Id, inputs and start of the run, and whether it starts or goes on.

    Attributes:
        id (str): Same value as the `workflow_run_id` of the event.
        workflow_id (str): Which published version of the workflow is executing.
        inputs (JsonObject): A JSON object whose keys the app or the server decides, read as a dict.
        created_at (int): When the run began, in Unix seconds; after a pause, when it resumed.
        reason (str): Why this event was sent: `initial` for a fresh run, `resumption` for one that goes on after a
            pause.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "workflow_id": "workflow_id",
        "inputs": "inputs",
        "created_at": "created_at",
        "reason": "reason",
    }

    id: str
    workflow_id: str
    inputs: JsonObject
    created_at: int
    reason: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("workflow_id", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            get("created_at", UNSET),
            get("reason", UNSET),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(WorkflowStartedData.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
