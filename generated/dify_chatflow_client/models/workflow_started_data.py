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
class WorkflowStartedData(Model):
    """Id, inputs and start of the run.

    Attributes:
        id (str): Id of the run, identical to `workflow_run_id`.
        workflow_id (str): Id of the published workflow version.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        created_at (int): Start time of the run, in Unix seconds; after a pause, the time it resumed.
        reason (str | Unset): Reason for the event: `initial` for a new run, `resumption` for a run that resumes
            after a pause.
    """

    id: str
    workflow_id: str
    inputs: JsonObject
    created_at: int
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
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


_KNOWN = frozenset(json_keys(WorkflowStartedData).values())


from ..models.json_object import JsonObject
