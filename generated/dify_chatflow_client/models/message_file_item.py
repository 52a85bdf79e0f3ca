from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
)


@_attrs_define
class MessageFileItem(Model):
    """File linked to a stored turn, either sent by the end user or returned by the app.

    Attributes:
        id (str): UUID of the link between file and turn; it differs from `upload_file_id`.
        filename (str): Name of the file with its extension, such as `a.txt`.
        type_ (str): Broad kind of the file: for example `image`, `document`, `audio` or `video`.
        url (None | str): Signed address from which the bytes can be fetched, or `null`; the signature changes on
            each request.
        mime_type (None | str): Media type such as `text/plain` or `image/png`; `null` when the server does not know
            it.
        size (int | None): Length of the content in bytes, or `null` when unknown.
        transfer_method (str): How the file reached the app: `local_file` (uploaded first), `remote_url` (given by
            address) or `tool_file` (made by a tool).
        belongs_to (None | str): Side of the chat the file comes from: `user` for the question, `assistant` for the
            reply; may be `null`.
        upload_file_id (None | str): UUID that the upload call returned, for a `local_file`; `null` for every other
            `transfer_method`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "filename": "filename",
        "type_": "type",
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
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(MessageFileItem.json_names.values())
