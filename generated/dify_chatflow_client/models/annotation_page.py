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
class AnnotationPage(Model):
    """One page of the app's annotations.

    Attributes:
        data (list[Annotation]): Annotations on this page; empty if nothing matches `keyword`.
        has_more (bool): `true` if there are further pages.
        limit (int): Page size applied by the server; the default is `20`.
        total (int): Number of matching annotations on all pages.
        page (int): Page number, starting at `1`.
    """

    data: list[Annotation]
    has_more: bool
    limit: int
    total: int
    page: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            read_objects(Annotation.from_dict, get("data", UNSET)),
            get("has_more", UNSET),
            get("limit", UNSET),
            get("total", UNSET),
            get("page", UNSET),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(AnnotationPage).values())


from ..models.annotation import Annotation
