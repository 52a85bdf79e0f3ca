from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class MessageFile(Model):
    """File that was attached by the end user or the app.

    Attributes:
        id (str): UUID of the attachment, not to be confused with `upload_file_id`.
        filename (str): File name including its extension, such as `a.txt`.
        type_ (str): Type of the file, such as `image`, `document`, `audio` or `video`.
        url (str | None): Signed URL of the file, or null. The signature is different in each response.
        mime_type (str | None): Media type, such as `text/plain` or `image/png`; null if unknown.
        size (int | None): Size in bytes; null if unknown.
        transfer_method (str): Transfer method: `local_file` (uploaded by the client), `remote_url` (specified by
            URL) or `tool_file` (created by a tool).
        belongs_to (str | None): Origin of the file: `user` for the query, `assistant` for the answer; it can be
            null.
        upload_file_id (str | None): UUID of the upload for `local_file`; null for other transfer methods.
    """

    __slots__ = (
        "id",
        "filename",
        "type_",
        "url",
        "mime_type",
        "size",
        "transfer_method",
        "belongs_to",
        "upload_file_id",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "filename": "filename",
        "type": "type_",
        "url": "url",
        "mime_type": "mime_type",
        "size": "size",
        "transfer_method": "transfer_method",
        "belongs_to": "belongs_to",
        "upload_file_id": "upload_file_id",
    }

    id: str
    filename: str
    type_: str
    url: str | None
    mime_type: str | None
    size: int | None
    transfer_method: str
    belongs_to: str | None
    upload_file_id: str | None

    def __init__(
        self,
        id: str,
        filename: str,
        type_: str,
        url: str | None,
        mime_type: str | None,
        size: int | None,
        transfer_method: str,
        belongs_to: str | None,
        upload_file_id: str | None,
    ) -> None:
        self.id = id
        self.filename = filename
        self.type_ = type_
        self.url = url
        self.mime_type = mime_type
        self.size = size
        self.transfer_method = transfer_method
        self.belongs_to = belongs_to
        self.upload_file_id = upload_file_id
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.filename = get("filename")
        model.type_ = get("type")
        model.url = get("url")
        model.mime_type = get("mime_type")
        model.size = get("size")
        model.transfer_method = get("transfer_method")
        model.belongs_to = get("belongs_to")
        model.upload_file_id = get("upload_file_id")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "filename",
        "type",
        "url",
        "mime_type",
        "size",
        "transfer_method",
        "belongs_to",
        "upload_file_id",
    )
)
