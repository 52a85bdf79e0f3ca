from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class AccountSummary(Model):
    """Workspace member who started the run; null if it was an end user.

    Attributes:
        id (str): Id of the workspace member.
        name (str): Display name of the workspace member.
        email (str): Email address of the workspace member.
    """

    __slots__ = (
        "id",
        "name",
        "email",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "email": "email",
    }

    id: str
    name: str
    email: str

    def __init__(
        self,
        id: str,
        name: str,
        email: str,
    ) -> None:
        self.id = id
        self.name = name
        self.email = email
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.name = get("name")
        model.email = get("email")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "name",
        "email",
    )
)
