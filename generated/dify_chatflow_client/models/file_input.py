from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..models.file_transfer_method import FileTransferMethod
from ..models.file_type import FileType
from ..types import (
    Model,
)


class FileInput(Model):
    """Attached file: an upload or a URL.

    Attributes:
        type_ (FileType): Type of the file. An unknown type results in `400` `invalid_param`; a type that does not
            match the file may be accepted.
        transfer_method (FileTransferMethod): Source of the file: `remote_url` (`url`) or `local_file`
            (`upload_file_id`). Any other value results in `400` `invalid_param`.
        url (str | None): URL of the file. Required for `remote_url`, otherwise ignored.
        upload_file_id (str | None): Id of a file uploaded by the same `user`. Required for `local_file`; a missing
            id results in `400` `invalid_param`.
    """

    __slots__ = (
        "type_",
        "transfer_method",
        "url",
        "upload_file_id",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "type": "type_",
        "transfer_method": "transfer_method",
        "url": "url",
        "upload_file_id": "upload_file_id",
    }

    type_: FileType
    transfer_method: FileTransferMethod
    url: str | None
    upload_file_id: str | None

    def __init__(
        self,
        type_: FileType,
        transfer_method: FileTransferMethod,
        url: str | None = None,
        upload_file_id: str | None = None,
    ) -> None:
        self.type_ = type_
        self.transfer_method = transfer_method
        self.url = url
        self.upload_file_id = upload_file_id
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.type_ = get("type")
        model.transfer_method = get("transfer_method")
        model.url = get("url")
        model.upload_file_id = get("upload_file_id")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "type",
        "transfer_method",
    )
)
