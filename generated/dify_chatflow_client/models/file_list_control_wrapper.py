from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    Model,
    read_closed,
)


@_attrs_define
class FileListControlWrapper(Model):
    """Wrapper of an input for several files.

    Attributes:
        file_list (FileControl): Input for one file or, in a `file-list`, for several files.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "file_list": "file-list",
    }

    file_list: FileControl
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        src_dict = read_closed(cls, src_dict)
        model = cls(
            FileControl.from_dict(src_dict["file-list"]),
        )
        return model


from ..models.file_control import FileControl
