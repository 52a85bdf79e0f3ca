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
class FeatureToggle(Model):
    """State of a feature of the app.

    Attributes:
        enabled (bool): `true` if the feature is enabled.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
    }

    enabled: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("enabled", UNSET),
        )
        if len(src_dict) > 1 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(FeatureToggle.json_names.values())
