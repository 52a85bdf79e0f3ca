from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class FormOptionSource(Model):
    """Options of a `select` field.

    Attributes:
        type_ (str): `constant` for fixed options, `variable` for options in a variable.
        selector (list[str]): Path of the variable with the options.
        value (list[str]): The options.
    """

    __slots__ = (
        "type_",
        "selector",
        "value",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "type": "type_",
        "selector": "selector",
        "value": "value",
    }

    type_: str
    selector: list[str]
    value: list[str]

    def __init__(
        self,
        type_: str,
        selector: list[str],
        value: list[str],
    ) -> None:
        self.type_ = type_
        self.selector = selector
        self.value = value
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.type_ = get("type")
        model.selector = get("selector")
        model.value = get("value")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "type",
        "selector",
        "value",
    )
)
