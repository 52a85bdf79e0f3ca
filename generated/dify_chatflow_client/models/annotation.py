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
class Annotation(Model):
    """Question with a predefined answer that is returned without running the workflow.

    Attributes:
        id (str): UUID of the annotation, used to update or delete it.
        question (None | str): Question that queries are compared with; it can be null or empty.
        answer (None | str): Predefined answer; it can be null or empty.
        hit_count (int | None): Number of times the annotation has been used; `0` for a new annotation, or null.
        created_at (int | None): Creation time of the annotation, in Unix seconds, or null.
    """

    id: str
    question: None | str
    answer: None | str
    hit_count: int | None
    created_at: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
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


_KNOWN = frozenset(json_keys(Annotation).values())
