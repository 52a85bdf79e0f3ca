from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_objects,
)


class AnnotationPage(Model):
    """One page of the app's annotations.

    Attributes:
        data (list[Annotation]): Annotations on this page; empty if nothing matches `keyword`.
        has_more (bool): `true` if there are further pages.
        limit (int): Page size applied by the server; the default is `20`.
        total (int): Number of matching annotations on all pages.
        page (int): Page number, starting at `1`.
    """

    __slots__ = (
        "data",
        "has_more",
        "limit",
        "total",
        "page",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "data": "data",
        "has_more": "has_more",
        "limit": "limit",
        "total": "total",
        "page": "page",
    }

    data: list[Annotation]
    has_more: bool
    limit: int
    total: int
    page: int

    def __init__(
        self,
        data: list[Annotation],
        has_more: bool,
        limit: int,
        total: int,
        page: int,
    ) -> None:
        self.data = data
        self.has_more = has_more
        self.limit = limit
        self.total = total
        self.page = page
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.data = read_objects(Annotation.from_dict, get("data"))
        model.has_more = get("has_more")
        model.limit = get("limit")
        model.total = get("total")
        model.page = get("page")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "data",
        "has_more",
        "limit",
        "total",
        "page",
    )
)


from ..models.annotation import Annotation
