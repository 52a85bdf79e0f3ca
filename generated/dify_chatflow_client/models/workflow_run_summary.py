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
)


@_attrs_define
class WorkflowRunSummary(Model):
    """Outcome of a run without its inputs and outputs.

    Attributes:
        id (str): Id of the run, used to get its detail.
        version (str): Version of the workflow: its publication time, such as `2025-01-16 12:00:00.000000`.
        status (str): Status of the run: `running`, `paused` (waiting for human input), `succeeded`, `partial-
            succeeded` (a node failed and its error was handled), `failed` or `stopped`.
        error (None | str): Error message; null if there was no error.
        elapsed_time (float): Duration of the run in seconds.
        total_tokens (int): Number of tokens used by all nodes.
        total_steps (int): Number of nodes executed.
        created_at (int): Start time of the run, in Unix seconds.
        finished_at (int | None): End time of the run, in Unix seconds; null if it has not ended.
        exceptions_count (int): Number of failed nodes whose error was handled by an error branch or a default
            value.
        triggered_from (str | Unset): Trigger of the run: `app-run` (the app or this API), `webhook`, `schedule` or
            `plugin`.
    """

    id: str
    version: str
    status: str
    error: None | str
    elapsed_time: float
    total_tokens: int
    total_steps: int
    created_at: int
    finished_at: int | None
    exceptions_count: int
    triggered_from: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("version", UNSET),
            get("status", UNSET),
            get("error", UNSET),
            get("elapsed_time", UNSET),
            get("total_tokens", UNSET),
            get("total_steps", UNSET),
            get("created_at", UNSET),
            get("finished_at", UNSET),
            get("exceptions_count", UNSET),
            get("triggered_from", UNSET),
        )
        if len(src_dict) > 11 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WorkflowRunSummary).values())
