from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class UserAction(Model):
    """Button that submits a form and selects the branch in which the run continues.

    Attributes:
        id (str): Value of `action` in the submission, unique within the form.
        title (str): Label of the button.
        button_style (str): Suggested style of the button: `primary`, `default`, `accent` or `ghost`.
    """

    __slots__ = (
        "id",
        "title",
        "button_style",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "title": "title",
        "button_style": "button_style",
    }

    id: str
    title: str
    button_style: str

    def __init__(
        self,
        id: str,
        title: str,
        button_style: str,
    ) -> None:
        self.id = id
        self.title = title
        self.button_style = button_style
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.title = get("title")
        model.button_style = get("button_style")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "title",
        "button_style",
    )
)
