from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
)


@_attrs_define
class WorkflowRunSummary(Model):
    """Outcome and cost of one run, without what went in and came out.

    Attributes:
        id (str): Identifies the run; pass it to the run detail call for inputs and outputs.
        version (str): Version of the workflow that ran, named by its publishing time, for example `2025-01-16
            12:00:00.000000`.
        status (str): Outcome or present state of the run: `succeeded`, `partial-succeeded` (a node failed but the
            workflow handled it), `failed`, `stopped`, `paused` (waits for a person) or `running`.
        error (None | str): Reason why the run went wrong, or `null` if it did not.
        elapsed_time (float): Duration of the run in seconds.
        total_tokens (int): Model tokens spent by all nodes of the run together.
        total_steps (int): Count of nodes that the run went through.
        created_at (int): When the run began, in Unix seconds (UTC).
        finished_at (int | None): When the run ended, in Unix seconds (UTC), or `null` if it has not ended.
        exceptions_count (int): How many nodes failed and were handled by an error branch or a default value.
        triggered_from (str | Unset): What set the run off: `app-run` (the app or this API), or a `webhook`,
            `schedule` or `plugin` trigger.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "version": "version",
        "status": "status",
        "error": "error",
        "elapsed_time": "elapsed_time",
        "total_tokens": "total_tokens",
        "total_steps": "total_steps",
        "created_at": "created_at",
        "finished_at": "finished_at",
        "exceptions_count": "exceptions_count",
        "triggered_from": "triggered_from",
    }

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
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(WorkflowRunSummary.json_names.values())
