from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class FileUploadResponse(Model):
    """Uploaded file. Use its `id` in chat requests.

    Attributes:
        id (str): Id of the file. Use it as `upload_file_id` in a chat request.
        name (str): File name as sent by the client; it can contain non-ASCII characters.
        size (int): Size in bytes.
        extension (None | str): File extension without the dot, such as `png`.
        mime_type (None | str): Media type declared by the client. Unknown types are stored unchanged.
        created_by (None | str): Id of the owner, an end user.
        created_at (int): Upload time, in Unix seconds.
        preview_url (None | str): Preview URL of the file; null right after the upload.
        source_url (str): Signed URL of the file, including a timestamp.
        original_url (None | str | Unset): URL that the file was fetched from; null for a direct upload.
        user_id (None | str | Unset): Not set by servers. See `created_by` for the owner.
        tenant_id (None | str | Unset): Id of the workspace that owns the app and the file.
        conversation_id (None | str | Unset): Id of the file's conversation; null right after the upload.
        file_key (None | str | Unset): Not set by servers.
        reference (None | str | Unset): Reference of the stored file; null for a new upload and missing before 1.15.
    """

    id: str
    name: str
    size: int
    extension: None | str
    mime_type: None | str
    created_by: None | str
    created_at: int
    preview_url: None | str
    source_url: str
    original_url: None | str | Unset = UNSET
    user_id: None | str | Unset = UNSET
    tenant_id: None | str | Unset = UNSET
    conversation_id: None | str | Unset = UNSET
    file_key: None | str | Unset = UNSET
    reference: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("name", UNSET),
            get("size", UNSET),
            get("extension", UNSET),
            get("mime_type", UNSET),
            get("created_by", UNSET),
            get("created_at", UNSET),
            get("preview_url", UNSET),
            get("source_url", UNSET),
            get("original_url", UNSET),
            get("user_id", UNSET),
            get("tenant_id", UNSET),
            get("conversation_id", UNSET),
            get("file_key", UNSET),
            get("reference", UNSET),
        )
        if len(src_dict) > 15 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FileUploadResponse).values())
