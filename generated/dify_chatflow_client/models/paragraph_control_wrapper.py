from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_closed,
)


class ParagraphControlWrapper(Model):
    """Multi-line text field, in an object keyed by its type.

    Attributes:
        paragraph (ParagraphControl): Multi-line text field of the start form.
    """

    __slots__ = ("paragraph",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "paragraph": "paragraph",
    }

    paragraph: ParagraphControl

    def __init__(
        self,
        paragraph: ParagraphControl,
    ) -> None:
        self.paragraph = paragraph
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls.__new__(cls)
        model.paragraph = ParagraphControl.from_dict(src_dict["paragraph"])
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("paragraph",))


from ..models.paragraph_control import ParagraphControl
