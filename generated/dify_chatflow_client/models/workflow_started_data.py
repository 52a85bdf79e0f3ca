from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class WorkflowStartedData(Model):
    """Id, inputs and start of the run.

    Attributes:
        id (str): Id of the run, identical to `workflow_run_id`.
        workflow_id (str): Id of the published workflow version.
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        created_at (int): Start time of the run, in Unix seconds; after a pause, the time it resumed.
        reason (str | None): Reason for the event: `initial` for a new run, `resumption` for a run that resumes
            after a pause.
    """

    __slots__ = (
        "id",
        "workflow_id",
        "inputs",
        "created_at",
        "reason",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
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
    reason: str | None

    def __init__(
        self,
        id: str,
        workflow_id: str,
        inputs: JsonObject,
        created_at: int,
        reason: str | None = None,
    ) -> None:
        self.id = id
        self.workflow_id = workflow_id
        self.inputs = inputs
        self.created_at = created_at
        self.reason = reason
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.workflow_id = get("workflow_id")
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.created_at = get("created_at")
        model.reason = get("reason")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "workflow_id",
        "inputs",
        "created_at",
    )
)


from ..models.json_object import JsonObject
