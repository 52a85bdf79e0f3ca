from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class FeatureToggle(Model):
    """State of a feature of the app.

    Attributes:
        enabled (bool): `true` if the feature is enabled.
    """

    __slots__ = ("enabled",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
    }

    enabled: bool

    def __init__(
        self,
        enabled: bool,
    ) -> None:
        self.enabled = enabled
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.enabled = get("enabled")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("enabled",))
