from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_objects,
)


@_attrs_define
class WorkflowLogPage(Model):
    """One page of the workflow run log.

    Attributes:
        page (int): Page number, starting at `1`.
        limit (int): Page size applied by the server, from `1` to `100`; the default is `20`.
        total (int): Number of matching entries on all pages. It can be `0` even if a chatflow has runs.
        has_more (bool): `true` if there are further pages.
        data (list[WorkflowLog]): Log entries on this page. It can be empty even if a chatflow has runs.
    """

    page: int
    limit: int
    total: int
    has_more: bool
    data: list[WorkflowLog]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("page", UNSET),
            get("limit", UNSET),
            get("total", UNSET),
            get("has_more", UNSET),
            read_objects(WorkflowLog.from_dict, get("data", UNSET)),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WorkflowLogPage).values())


from ..models.workflow_log import WorkflowLog
