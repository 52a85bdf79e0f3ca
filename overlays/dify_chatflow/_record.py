"""Data that the client collects, with the access by key, JSON and repr of the generated models."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeVar, dataclass_transform

from dify_chatflow_client.types import Model

R = TypeVar("R", bound="Record")


class Record(Model):
    """Base of the classes that `record` completes. Attributes whose names start with an underscore are no data.

    Attributes:
        views: Properties that belong to the data.
    """

    __slots__ = ()

    views: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        # The class is made twice, since slots cannot be added to a class; its fields are known the second time.
        fields: dict[str, object] = vars(cls).get("__dataclass_fields__", {})
        cls._attributes = {name: name for name in (*cls.views, *fields) if not name.startswith("_") and name != "views"}

    def __post_init__(self) -> None:
        # Every key is there, also with None.
        self._received, self._extra = self._attributes, None


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
def record(cls: type[R]) -> type[R]:
    """Give a subclass of `Record` slots and a constructor by keyword."""
    return dataclass(kw_only=True, slots=True, eq=False, repr=False, match_args=False)(cls)
