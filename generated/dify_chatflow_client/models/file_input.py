from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file_transfer_method import FileTransferMethod
from ..models.file_type import FileType
from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class FileInput(Model):
    """Attached file: an upload or a URL.

    Attributes:
        type_ (FileType): Type of the file. An unknown type results in `400` `invalid_param`; a type that does not
            match the file may be accepted.
        transfer_method (FileTransferMethod): Source of the file: `remote_url` (`url`) or `local_file`
            (`upload_file_id`). Any other value results in `400` `invalid_param`.
        url (str | Unset): URL of the file. Required for `remote_url`, otherwise ignored.
        upload_file_id (str | Unset): Id of a file uploaded by the same `user`. Required for `local_file`; a missing
            id results in `400` `invalid_param`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    type_: FileType
    transfer_method: FileTransferMethod
    url: str | Unset = UNSET
    upload_file_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("type", UNSET),
            get("transfer_method", UNSET),
            get("url", UNSET),
            get("upload_file_id", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FileInput).values())
