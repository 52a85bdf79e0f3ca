from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    File,
    Model,
    Unset,
    read_file,
)


@_attrs_define
class FileUploadRequest(Model):
    """The file to store, and whose it is.

    Attributes:
        file (File): Content of the file, sent with a filename and a content type; the server takes `mime_type` and
            `extension` from those, not from the bytes.
        user (str | Unset): End user who will own the file, as named by your program; questions that use the file
            must name the same one. Left out, the owner is `DEFAULT-USER`, common to all such uploads. A web app visitor
            of equal name is somebody else.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "file": "file",
        "user": "user",
    }

    file: File
    user: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            read_file(get("file", UNSET)),
            get("user", UNSET),
        )
        if len(src_dict) > 2 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(FileUploadRequest.json_names.values())
