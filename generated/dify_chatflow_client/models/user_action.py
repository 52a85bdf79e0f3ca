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
class UserAction(Model):
    """Button that submits a form and selects the branch in which the run continues.

    Attributes:
        id (str): Value of `action` in the submission, unique within the form.
        title (str): Label of the button.
        button_style (str): Suggested style of the button: `primary`, `default`, `accent` or `ghost`.
    """

    id: str
    title: str
    button_style: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("title", UNSET),
            get("button_style", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(UserAction).values())
