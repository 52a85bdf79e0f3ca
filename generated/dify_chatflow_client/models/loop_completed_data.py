from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


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
        error (str | None): Error message. It can be null even if the loop failed; check `status` instead.
        elapsed_time (float): Duration of the loop in seconds.
        total_tokens (int): Number of tokens used in all rounds.
        created_at (int): Start time of the loop, in Unix seconds. Servers send its end time instead; use
            `elapsed_time` for the duration.
        finished_at (int): End time of the loop, in Unix seconds.
        steps (int): Number of rounds. Servers send the maximum even if the loop ends earlier; the actual number is
            `loop_round` in `outputs`.
        inputs (JsonObject | None): Inputs of the node.
        extras (JsonObject | None): Further data that depend on the node.
        execution_metadata (JsonObject | None): Tokens, price and duration of each round.
        inputs_truncated (bool | None): `true` if `inputs` is shortened because of its size.
        outputs_truncated (bool | None): `true` if `outputs` is shortened because of its size.
    """

    __slots__ = (
        "id",
        "node_id",
        "node_type",
        "title",
        "outputs",
        "status",
        "error",
        "elapsed_time",
        "total_tokens",
        "created_at",
        "finished_at",
        "steps",
        "inputs",
        "extras",
        "execution_metadata",
        "inputs_truncated",
        "outputs_truncated",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
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
        "inputs": "inputs",
        "extras": "extras",
        "execution_metadata": "execution_metadata",
        "inputs_truncated": "inputs_truncated",
        "outputs_truncated": "outputs_truncated",
    }

    id: str
    node_id: str
    node_type: str
    title: str
    outputs: JsonObject | None
    status: str
    error: str | None
    elapsed_time: float
    total_tokens: int
    created_at: int
    finished_at: int
    steps: int
    inputs: JsonObject | None
    extras: JsonObject | None
    execution_metadata: JsonObject | None
    inputs_truncated: bool | None
    outputs_truncated: bool | None

    def __init__(
        self,
        id: str,
        node_id: str,
        node_type: str,
        title: str,
        outputs: JsonObject | None,
        status: str,
        error: str | None,
        elapsed_time: float,
        total_tokens: int,
        created_at: int,
        finished_at: int,
        steps: int,
        inputs: JsonObject | None = None,
        extras: JsonObject | None = None,
        execution_metadata: JsonObject | None = None,
        inputs_truncated: bool | None = None,
        outputs_truncated: bool | None = None,
    ) -> None:
        self.id = id
        self.node_id = node_id
        self.node_type = node_type
        self.title = title
        self.outputs = outputs
        self.status = status
        self.error = error
        self.elapsed_time = elapsed_time
        self.total_tokens = total_tokens
        self.created_at = created_at
        self.finished_at = finished_at
        self.steps = steps
        self.inputs = inputs
        self.extras = extras
        self.execution_metadata = execution_metadata
        self.inputs_truncated = inputs_truncated
        self.outputs_truncated = outputs_truncated
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.node_id = get("node_id")
        model.node_type = get("node_type")
        model.title = get("title")
        model.outputs = read_object(JsonObject.from_dict, get("outputs"))
        model.status = get("status")
        model.error = get("error")
        model.elapsed_time = get("elapsed_time")
        model.total_tokens = get("total_tokens")
        model.created_at = get("created_at")
        model.finished_at = get("finished_at")
        model.steps = get("steps")
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.extras = read_object(JsonObject.from_dict, get("extras"))
        model.execution_metadata = read_object(JsonObject.from_dict, get("execution_metadata"))
        model.inputs_truncated = get("inputs_truncated")
        model.outputs_truncated = get("outputs_truncated")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)

    @property
    def finished_at_datetime(self) -> datetime.datetime | None:
        """`finished_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.finished_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "node_id",
        "node_type",
        "title",
        "outputs",
        "status",
        "error",
        "elapsed_time",
        "total_tokens",
        "created_at",
        "finished_at",
        "steps",
    )
)


from ..models.json_object import JsonObject
