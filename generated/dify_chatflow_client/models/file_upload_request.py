from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    File,
    Model,
    Unset,
    json_keys,
    read_file,
)


@_attrs_define
class FileUploadRequest(Model):
    """File to store and its owner.

    Attributes:
        file (File): Content of the file, sent with a file name and a content type. The server derives `mime_type`
            and `extension` from these, not from the content.
        user (str | Unset): End user who owns the file. Chat requests that use the file must specify the same value.
            By default, the owner is `DEFAULT-USER`, which all such uploads share. A web app visitor with the same name
            is a different end user.
    """

    file: File
    user: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            read_file(get("file", UNSET)),
            get("user", UNSET),
        )
        if len(src_dict) > 2 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FileUploadRequest).values())
