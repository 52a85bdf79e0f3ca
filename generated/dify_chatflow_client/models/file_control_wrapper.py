from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_closed,
)


class FileControlWrapper(Model):
    """Wrapper of an input for one file.

    Attributes:
        file (FileControl): Input for one file or, in a `file-list`, for several files.
    """

    __slots__ = ("file",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "file": "file",
    }

    file: FileControl

    def __init__(
        self,
        file: FileControl,
    ) -> None:
        self.file = file
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls.__new__(cls)
        model.file = FileControl.from_dict(src_dict["file"])
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("file",))


from ..models.file_control import FileControl
