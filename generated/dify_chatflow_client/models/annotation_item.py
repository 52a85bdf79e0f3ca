from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
)


@_attrs_define
class AnnotationItem(Model):
    """A stored question with the prepared answer that stands in for a run of the chatflow.

    Attributes:
        id (str): UUID to use in calls that change or delete this annotation.
        question (None | str): Question to which the prepared answer belongs; it may be `null`, and an empty string
            is allowed.
        answer (None | str): Prepared reply sent instead of running the chatflow; it may be `null` or empty.
        hit_count (int | None): How often the prepared answer has served as a reply; `0` on a new annotation,
            possibly `null`.
        created_at (int | None): Time at which the annotation was added, in whole Unix seconds, or `null`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "question": "question",
        "answer": "answer",
        "hit_count": "hit_count",
        "created_at": "created_at",
    }

    id: str
    question: None | str
    answer: None | str
    hit_count: int | None
    created_at: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("id", UNSET),
            get("question", UNSET),
            get("answer", UNSET),
            get("hit_count", UNSET),
            get("created_at", UNSET),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(AnnotationItem.json_names.values())
