from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    read_objects,
)


@_attrs_define
class FeedbackPage(Model):
    """One page of the app's feedback.

    Attributes:
        data (list[FeedbackItem]): Ratings on this page; empty after the last page.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "data": "data",
    }

    data: list[FeedbackItem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            read_objects(FeedbackItem.from_dict, get("data", UNSET)),
        )
        if len(src_dict) > 1 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(FeedbackPage.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.feedback_item import FeedbackItem
