from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class FormInputDefault(Model):
    """Default text of a field: a constant or a variable.

    Attributes:
        type_ (str): Source of the default: `constant` (the text in `value`) or `variable` (the workflow variable at
            `selector`).
        selector (list[str]): Path of the variable with at least two elements, such as `["sys", "query"]`; empty for
            a `constant`.
        value (str): Default text of a `constant`; empty for a `variable`.
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
    value: str

    def __init__(
        self,
        type_: str,
        selector: list[str],
        value: str,
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
