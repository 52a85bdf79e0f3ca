from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_objects,
)


class WorkflowLogPage(Model):
    """One page of the workflow run log.

    Attributes:
        page (int): Page number, starting at `1`.
        limit (int): Page size applied by the server, from `1` to `100`; the default is `20`.
        total (int): Number of matching entries on all pages. It can be `0` even if a chatflow has runs.
        has_more (bool): `true` if there are further pages.
        data (list[WorkflowLog]): Log entries on this page. It can be empty even if a chatflow has runs.
    """

    __slots__ = (
        "page",
        "limit",
        "total",
        "has_more",
        "data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "page": "page",
        "limit": "limit",
        "total": "total",
        "has_more": "has_more",
        "data": "data",
    }

    page: int
    limit: int
    total: int
    has_more: bool
    data: list[WorkflowLog]

    def __init__(
        self,
        page: int,
        limit: int,
        total: int,
        has_more: bool,
        data: list[WorkflowLog],
    ) -> None:
        self.page = page
        self.limit = limit
        self.total = total
        self.has_more = has_more
        self.data = data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.page = get("page")
        model.limit = get("limit")
        model.total = get("total")
        model.has_more = get("has_more")
        model.data = read_objects(WorkflowLog.from_dict, get("data"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "page",
        "limit",
        "total",
        "has_more",
        "data",
    )
)


from ..models.workflow_log import WorkflowLog
