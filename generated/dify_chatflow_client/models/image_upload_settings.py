from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class ImageUploadSettings(Model):
    """Settings of image uploads in an older format; often missing for chatflows.

    Attributes:
        enabled (bool | None): `true` if images can be attached to a query.
        number_limits (int | None): Maximum number of images per query.
        detail (str | None): Image resolution for the model, such as `high` or `low`; often missing.
        transfer_methods (list[str] | None): Accepted transfer methods: `local_file`, `remote_url` or both.
    """

    __slots__ = (
        "enabled",
        "number_limits",
        "detail",
        "transfer_methods",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
        "number_limits": "number_limits",
        "detail": "detail",
        "transfer_methods": "transfer_methods",
    }

    enabled: bool | None
    number_limits: int | None
    detail: str | None
    transfer_methods: list[str] | None

    def __init__(
        self,
        enabled: bool | None = None,
        number_limits: int | None = None,
        detail: str | None = None,
        transfer_methods: list[str] | None = None,
    ) -> None:
        self.enabled = enabled
        self.number_limits = number_limits
        self.detail = detail
        self.transfer_methods = transfer_methods
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.enabled = get("enabled")
        model.number_limits = get("number_limits")
        model.detail = get("detail")
        model.transfer_methods = get("transfer_methods")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(())
