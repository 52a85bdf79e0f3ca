from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    read_object,
    read_objects,
)


@_attrs_define
class WorkflowPausedData(Model):
    """Where and why a run pauses.

    Attributes:
        workflow_run_id (str): The paused run, which events and run detail are asked for.
        paused_nodes (list[str]): Node ids of the nodes that wait.
        outputs (JsonObject): A JSON object whose keys the app or the server decides, read as a dict.
        reasons (list[JsonObject]): One object a reason; `TYPE` names its kind, `form_token` the form to submit.
        status (str): Always `paused`.
        created_at (int): When the run started, in Unix seconds.
        elapsed_time (float): Seconds the run took so far; `0.0` in a snapshot.
        total_tokens (int): Tokens used so far.
        total_steps (int): Nodes run so far.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "workflow_run_id": "workflow_run_id",
        "paused_nodes": "paused_nodes",
        "outputs": "outputs",
        "reasons": "reasons",
        "status": "status",
        "created_at": "created_at",
        "elapsed_time": "elapsed_time",
        "total_tokens": "total_tokens",
        "total_steps": "total_steps",
    }

    workflow_run_id: str
    paused_nodes: list[str]
    outputs: JsonObject
    reasons: list[JsonObject]
    status: str
    created_at: int
    elapsed_time: float
    total_tokens: int
    total_steps: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("workflow_run_id", UNSET),
            get("paused_nodes", UNSET),
            read_object(JsonObject.from_dict, get("outputs", UNSET)),
            read_objects(JsonObject.from_dict, get("reasons", UNSET)),
            get("status", UNSET),
            get("created_at", UNSET),
            get("elapsed_time", UNSET),
            get("total_tokens", UNSET),
            get("total_steps", UNSET),
        )
        if len(src_dict) > 9 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(WorkflowPausedData.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
