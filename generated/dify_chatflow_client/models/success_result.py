from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class SuccessResult(Model):
    """Success of an operation without any other content.

    Attributes:
        result (str): Always `success`, also if there was nothing to do.
    """

    __slots__ = ("result",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "result": "result",
    }

    result: str

    def __init__(
        self,
        result: str,
    ) -> None:
        self.result = result
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.result = get("result")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("result",))
