from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class MaintenancePause(Model):
    """Run that continues after a restart of the server.

    Attributes:
        event (str): Always `workflow_maintenance_paused`.
        workflow_run_id (str): Id of the run.
    """

    event: str
    workflow_run_id: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("event", UNSET),
            get("workflow_run_id", UNSET),
        )
        if len(src_dict) > 2 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(MaintenancePause).values())
