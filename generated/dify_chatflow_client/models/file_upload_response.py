from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    to_datetime,
)


class FileUploadResponse(Model):
    """Uploaded file. Use its `id` in chat requests.

    Attributes:
        id (str): Id of the file. Use it as `upload_file_id` in a chat request.
        name (str): File name as sent by the client; it can contain non-ASCII characters.
        size (int): Size in bytes.
        extension (str | None): File extension without the dot, such as `png`.
        mime_type (str | None): Media type declared by the client. Unknown types are stored unchanged.
        created_by (str | None): Id of the owner, an end user.
        created_at (int): Upload time, in Unix seconds.
        preview_url (str | None): Preview URL of the file; null right after the upload.
        source_url (str): Signed URL of the file, including a timestamp.
        original_url (str | None): URL that the file was fetched from; null for a direct upload.
        user_id (str | None): Not set by servers. See `created_by` for the owner.
        tenant_id (str | None): Id of the workspace that owns the app and the file.
        conversation_id (str | None): Id of the file's conversation; null right after the upload.
        file_key (str | None): Not set by servers.
        reference (str | None): Reference of the stored file; null for a new upload and missing before 1.15.
    """

    __slots__ = (
        "id",
        "name",
        "size",
        "extension",
        "mime_type",
        "created_by",
        "created_at",
        "preview_url",
        "source_url",
        "original_url",
        "user_id",
        "tenant_id",
        "conversation_id",
        "file_key",
        "reference",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "size": "size",
        "extension": "extension",
        "mime_type": "mime_type",
        "created_by": "created_by",
        "created_at": "created_at",
        "preview_url": "preview_url",
        "source_url": "source_url",
        "original_url": "original_url",
        "user_id": "user_id",
        "tenant_id": "tenant_id",
        "conversation_id": "conversation_id",
        "file_key": "file_key",
        "reference": "reference",
    }

    id: str
    name: str
    size: int
    extension: str | None
    mime_type: str | None
    created_by: str | None
    created_at: int
    preview_url: str | None
    source_url: str
    original_url: str | None
    user_id: str | None
    tenant_id: str | None
    conversation_id: str | None
    file_key: str | None
    reference: str | None

    def __init__(
        self,
        id: str,
        name: str,
        size: int,
        extension: str | None,
        mime_type: str | None,
        created_by: str | None,
        created_at: int,
        preview_url: str | None,
        source_url: str,
        original_url: str | None = None,
        user_id: str | None = None,
        tenant_id: str | None = None,
        conversation_id: str | None = None,
        file_key: str | None = None,
        reference: str | None = None,
    ) -> None:
        self.id = id
        self.name = name
        self.size = size
        self.extension = extension
        self.mime_type = mime_type
        self.created_by = created_by
        self.created_at = created_at
        self.preview_url = preview_url
        self.source_url = source_url
        self.original_url = original_url
        self.user_id = user_id
        self.tenant_id = tenant_id
        self.conversation_id = conversation_id
        self.file_key = file_key
        self.reference = reference
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.name = get("name")
        model.size = get("size")
        model.extension = get("extension")
        model.mime_type = get("mime_type")
        model.created_by = get("created_by")
        model.created_at = get("created_at")
        model.preview_url = get("preview_url")
        model.source_url = get("source_url")
        model.original_url = get("original_url")
        model.user_id = get("user_id")
        model.tenant_id = get("tenant_id")
        model.conversation_id = get("conversation_id")
        model.file_key = get("file_key")
        model.reference = get("reference")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "name",
        "size",
        "extension",
        "mime_type",
        "created_by",
        "created_at",
        "preview_url",
        "source_url",
    )
)
