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
class LoopCompletedData(Model):
    """Outcome of the loop: status, outputs, duration and token usage.

    Attributes:
        id (str): Id of the loop, identical in all of its events.
        node_id (str): Id of the loop node in the workflow.
        node_type (str): Type of the node; always `loop` in this event.
        title (str): Title of the node in the workflow editor.
        outputs (JsonObject | None): Final values of the loop variables, and the actual number of rounds in
            `loop_round`; it can be null.
        status (str): Status of the loop: `succeeded`, `failed` or `exception`; `running` is also defined.
        error (None | str): Error message. It can be null even if the loop failed; check `status` instead.
        elapsed_time (float): Duration of the loop in seconds.
        total_tokens (int): Number of tokens used in all rounds.
        created_at (int): Start time of the loop, in Unix seconds. Servers send its end time instead; use
            `elapsed_time` for the duration.
        finished_at (int): End time of the loop, in Unix seconds.
        steps (int): Number of rounds. Servers send the maximum even if the loop ends earlier; the actual number is
            `loop_round` in `outputs`.
        inputs (JsonObject | None | Unset): Inputs of the node.
        extras (JsonObject | None | Unset): Further data that depend on the node.
        execution_metadata (JsonObject | None | Unset): Tokens, price and duration of each round.
        inputs_truncated (bool | Unset): `true` if `inputs` is shortened because of its size.
        outputs_truncated (bool | Unset): `true` if `outputs` is shortened because of its size.
    """

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
    inputs: JsonObject | None | Unset = UNSET
    extras: JsonObject | None | Unset = UNSET
    execution_metadata: JsonObject | None | Unset = UNSET
    inputs_truncated: bool | Unset = UNSET
    outputs_truncated: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
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
            read_object(JsonObject.from_dict, get("inputs", UNSET)),
            read_object(JsonObject.from_dict, get("extras", UNSET)),
            read_object(JsonObject.from_dict, get("execution_metadata", UNSET)),
            get("inputs_truncated", UNSET),
            get("outputs_truncated", UNSET),
        )
        if len(src_dict) > 17 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(LoopCompletedData).values())


from ..models.json_object import JsonObject
