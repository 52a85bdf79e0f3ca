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
class IterationCompletedData(Model):
    """How the iteration ended: status, outputs, time and tokens.

    Attributes:
        id (str): The iteration that ended; equal to the `id` in `iteration_started`.
        node_id (str): The iteration node of the workflow that has ended.
        node_type (str): Kind of the node that ended, here `iteration`.
        title (str): Label of the iteration that ended.
        outputs (JsonObject | None): Collected results of the items, or `null`.
        status (str): How the iteration ended: `succeeded`, `failed` or `exception`; `running` is also a possible
            value.
        error (None | str): Why the iteration failed. It can be `null` even then, so decide by `status`.
        elapsed_time (float): How long the whole iteration took, in seconds.
        total_tokens (int): Model tokens used for all items together.
        created_at (int): Start of the iteration in Unix seconds, though a server may send the time of this event;
            for a duration use `elapsed_time`.
        finished_at (int): When the iteration ended, in Unix seconds.
        steps (int): How many steps the iteration had, normally one for each item.
        inputs_truncated (bool | Unset): Whether `inputs` was cut because it is large.
        outputs_truncated (bool | Unset): Whether `outputs` was cut because it is large.
        inputs (JsonObject | None | Unset): What the node worked on.
        extras (JsonObject | None | Unset): Further facts that depend on the node.
        execution_metadata (JsonObject | None | Unset): Tokens, price and the time each round took.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "node_id": "node_id",
        "node_type": "node_type",
        "title": "title",
        "outputs": "outputs",
        "status": "status",
        "error": "error",
        "elapsed_time": "elapsed_time",
        "total_tokens": "total_tokens",
        "created_at": "created_at",
        "finished_at": "finished_at",
        "steps": "steps",
        "inputs_truncated": "inputs_truncated",
        "outputs_truncated": "outputs_truncated",
        "inputs": "inputs",
        "extras": "extras",
        "execution_metadata": "execution_metadata",
    }

    id: str
    node_id: str
    node_type: str
    title: str
    outputs: JsonObject | None
    status: str
    error: None | str
    elapsed_time: float
    total_tokens: int
    created_at: int
    finished_at: int
    steps: int
    inputs_truncated: bool | Unset = UNSET
    outputs_truncated: bool | Unset = UNSET
    inputs: JsonObject | None | Unset = UNSET
    extras: JsonObject | None | Unset = UNSET
    execution_metadata: JsonObject | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("node_id", UNSET),
            get("node_type", UNSET),
            get("title", UNSET),
            read_object(JsonObject.from_dict, get("outputs", UNSET)),
            get("status", UNSET),
            get("error", UNSET),
            get("elapsed_time", UNSET),
            get("total_tokens", UNSET),
            get("created_at", UNSET),
            get("finished_at", UNSET),
            get("steps", UNSET),
            get("inputs_truncated", UNSET),
            get("outputs_truncated", UNSET),
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            read_object(JsonObject.from_dict, get("extras", UNSET)),
            read_object(JsonObject.from_dict, get("execution_metadata", UNSET)),
        )
        if len(src_dict) > 17 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(IterationCompletedData.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.json_object import JsonObject
