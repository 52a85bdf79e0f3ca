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
class FeedbackPage(Model):
    """One page of the app's feedback.

    Attributes:
        data (list[FeedbackItem]): Ratings on this page; empty after the last page.
    """

    data: list[FeedbackItem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            read_objects(FeedbackItem.from_dict, get("data", UNSET)),
        )
        if len(src_dict) > 1 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FeedbackPage).values())


from ..models.feedback_item import FeedbackItem
