from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
)


@_attrs_define
class FileUploadResponse(Model):
    """A stored upload; its `id` is what later questions refer to.

    Attributes:
        id (str): Id of the stored file; pass it as `upload_file_id` when attaching the file to a chat.
        name (str): File name as the client sent it, including non-ASCII letters.
        size (int): Length of the content in bytes, 0 for an empty file.
        extension (None | str): Ending of the file name without the dot, e.g. `png`.
        mime_type (None | str): Content type that the client declared for the upload; an unknown type is stored as
            sent.
        created_by (None | str): The person behind the upload's `user` value, by the id that the end-user lookup
            takes.
        created_at (int): When the upload was stored, in Unix seconds.
        preview_url (None | str): Address for previewing the file; null right after an upload.
        source_url (str): Signed, time-stamped address from which the content can be fetched.
        original_url (None | str): Address the file was first fetched from; null for a direct upload.
        user_id (None | str): Not filled by the server: expect `null`, and see `created_by` for the uploader.
        tenant_id (None | str): Id of the workspace that owns the app and the file.
        conversation_id (None | str): Conversation the file is tied to; null for a fresh upload.
        file_key (None | str): Not filled by the server: expect `null`.
        reference (None | str | Unset): Opaque reference of the stored file; null for a fresh upload.
    """

    json_names: ClassVar[Mapping[str, str]] = {
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
    extension: None | str
    mime_type: None | str
    created_by: None | str
    created_at: int
    preview_url: None | str
    source_url: str
    original_url: None | str
    user_id: None | str
    tenant_id: None | str
    conversation_id: None | str
    file_key: None | str
    reference: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(FileUploadResponse.json_names.values())
