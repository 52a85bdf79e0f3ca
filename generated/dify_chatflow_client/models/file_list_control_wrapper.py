from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_closed,
)


class FileListControlWrapper(Model):
    """Wrapper of an input for several files.

    Attributes:
        file_list (FileControl): Input for one file or, in a `file-list`, for several files.
    """

    __slots__ = ("file_list",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "file-list": "file_list",
    }

    file_list: FileControl

    def __init__(
        self,
        file_list: FileControl,
    ) -> None:
        self.file_list = file_list
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls.__new__(cls)
        model.file_list = FileControl.from_dict(src_dict["file-list"])
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("file-list",))


from ..models.file_control import FileControl
