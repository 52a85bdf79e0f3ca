from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class MessageFile(Model):
    """File that was attached by the end user or the app.

    Attributes:
        id (str): UUID of the attachment, not to be confused with `upload_file_id`.
        filename (str): File name including its extension, such as `a.txt`.
        type_ (str): Type of the file, such as `image`, `document`, `audio` or `video`.
        url (None | str): Signed URL of the file, or null. The signature is different in each response.
        mime_type (None | str): Media type, such as `text/plain` or `image/png`; null if unknown.
        size (int | None): Size in bytes; null if unknown.
        transfer_method (str): Transfer method: `local_file` (uploaded by the client), `remote_url` (specified by
            URL) or `tool_file` (created by a tool).
        belongs_to (None | str): Origin of the file: `user` for the query, `assistant` for the answer; it can be
            null.
        upload_file_id (None | str): UUID of the upload for `local_file`; null for other transfer methods.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    id: str
    filename: str
    type_: str
    url: None | str
    mime_type: None | str
    size: int | None
    transfer_method: str
    belongs_to: None | str
    upload_file_id: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            get("filename", UNSET),
            get("type", UNSET),
            get("url", UNSET),
            get("mime_type", UNSET),
            get("size", UNSET),
            get("transfer_method", UNSET),
            get("belongs_to", UNSET),
            get("upload_file_id", UNSET),
        )
        if len(src_dict) > 9 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(MessageFile).values())
