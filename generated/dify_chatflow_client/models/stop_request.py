from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class StopRequest(Model):
    """End user who stops the run.

    Attributes:
        user (str): End user who sent the query. Use the same value: for any other user, some servers ignore the
            request and others abort the run, and both report success.
    """

    __slots__ = ("user",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "user": "user",
    }

    user: str

    def __init__(
        self,
        user: str,
    ) -> None:
        self.user = user
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.user = get("user")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("user",))
