from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_object,
)


@_attrs_define
class FileUploadSettings(Model):
    """Settings of file uploads. Servers send `enabled`, `allowed_file_types`, `allowed_file_extensions`,
    `allowed_file_upload_methods` and `number_limits` directly in this object.

    Attributes:
        image (ImageUploadSettings | Unset): Settings of image uploads in an older format; often missing for
            chatflows.
        enabled (bool | Unset): `true` if users may attach files.
        allowed_file_types (list[str] | Unset): Accepted types: `image`, `document`, `audio`, `video`, `custom`.
        allowed_file_extensions (list[str] | Unset): Accepted file extensions for the type `custom`.
        allowed_file_upload_methods (list[str] | Unset): `local_file`, `remote_url` or both.
        number_limits (int | Unset): Maximum number of files per message.
        file_upload_config (JsonObject | Unset): JSON object with arbitrary keys, parsed as a dict.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "file_upload_config": "fileUploadConfig",
    }

    image: ImageUploadSettings | Unset = UNSET
    enabled: bool | Unset = UNSET
    allowed_file_types: list[str] | Unset = UNSET
    allowed_file_extensions: list[str] | Unset = UNSET
    allowed_file_upload_methods: list[str] | Unset = UNSET
    number_limits: int | Unset = UNSET
    file_upload_config: JsonObject | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            read_object(ImageUploadSettings.from_dict, get("image", UNSET)),
            get("enabled", UNSET),
            get("allowed_file_types", UNSET),
            get("allowed_file_extensions", UNSET),
            get("allowed_file_upload_methods", UNSET),
            get("number_limits", UNSET),
            read_object(JsonObject.from_dict, get("fileUploadConfig", UNSET)),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(FileUploadSettings).values())


from ..models.image_upload_settings import ImageUploadSettings
from ..models.json_object import JsonObject
