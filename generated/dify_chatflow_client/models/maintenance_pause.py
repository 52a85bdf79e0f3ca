from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class MaintenancePause(Model):
    """Run that continues after a restart of the server.

    Attributes:
        event (str): Always `workflow_maintenance_paused`.
        workflow_run_id (str): Id of the run.
    """

    __slots__ = (
        "event",
        "workflow_run_id",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "workflow_run_id": "workflow_run_id",
    }

    event: str
    workflow_run_id: str

    def __init__(
        self,
        event: str,
        workflow_run_id: str,
    ) -> None:
        self.event = event
        self.workflow_run_id = workflow_run_id
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.event = get("event")
        model.workflow_run_id = get("workflow_run_id")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "event",
        "workflow_run_id",
    )
)
