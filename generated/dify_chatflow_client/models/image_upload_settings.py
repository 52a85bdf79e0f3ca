from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class ImageUploadSettings(Model):
    """Settings of image uploads in an older format; often missing for chatflows.

    Attributes:
        enabled (bool | Unset): `true` if images can be attached to a query.
        number_limits (int | Unset): Maximum number of images per query.
        detail (str | Unset): Image resolution for the model, such as `high` or `low`; often missing.
        transfer_methods (list[str] | Unset): Accepted transfer methods: `local_file`, `remote_url` or both.
    """

    enabled: bool | Unset = UNSET
    number_limits: int | Unset = UNSET
    detail: str | Unset = UNSET
    transfer_methods: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("enabled", UNSET),
            get("number_limits", UNSET),
            get("detail", UNSET),
            get("transfer_methods", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ImageUploadSettings).values())
