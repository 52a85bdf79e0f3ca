from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_closed,
)


class SelectControlWrapper(Model):
    """Selection field, in an object keyed by its type.

    Attributes:
        select (SelectControl): Selection field of the start form.
    """

    __slots__ = ("select",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "select": "select",
    }

    select: SelectControl

    def __init__(
        self,
        select: SelectControl,
    ) -> None:
        self.select = select
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls.__new__(cls)
        model.select = SelectControl.from_dict(src_dict["select"])
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("select",))


from ..models.select_control import SelectControl
