from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


class FileUploadSettings(Model):
    """Settings of file uploads. Servers send `enabled`, `allowed_file_types`, `allowed_file_extensions`,
    `allowed_file_upload_methods` and `number_limits` directly in this object.

    Attributes:
        image (ImageUploadSettings | None): Settings of image uploads in an older format; often missing for
            chatflows.
        enabled (bool | None): `true` if users may attach files.
        allowed_file_types (list[str] | None): Accepted types: `image`, `document`, `audio`, `video`, `custom`.
        allowed_file_extensions (list[str] | None): Accepted file extensions for the type `custom`.
        allowed_file_upload_methods (list[str] | None): `local_file`, `remote_url` or both.
        number_limits (int | None): Maximum number of files per message.
        file_upload_config (JsonObject | None): JSON object with arbitrary keys, parsed as a dict.
    """

    __slots__ = (
        "image",
        "enabled",
        "allowed_file_types",
        "allowed_file_extensions",
        "allowed_file_upload_methods",
        "number_limits",
        "file_upload_config",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "image": "image",
        "enabled": "enabled",
        "allowed_file_types": "allowed_file_types",
        "allowed_file_extensions": "allowed_file_extensions",
        "allowed_file_upload_methods": "allowed_file_upload_methods",
        "number_limits": "number_limits",
        "fileUploadConfig": "file_upload_config",
    }

    image: ImageUploadSettings | None
    enabled: bool | None
    allowed_file_types: list[str] | None
    allowed_file_extensions: list[str] | None
    allowed_file_upload_methods: list[str] | None
    number_limits: int | None
    file_upload_config: JsonObject | None

    def __init__(
        self,
        image: ImageUploadSettings | None = None,
        enabled: bool | None = None,
        allowed_file_types: list[str] | None = None,
        allowed_file_extensions: list[str] | None = None,
        allowed_file_upload_methods: list[str] | None = None,
        number_limits: int | None = None,
        file_upload_config: JsonObject | None = None,
    ) -> None:
        self.image = image
        self.enabled = enabled
        self.allowed_file_types = allowed_file_types
        self.allowed_file_extensions = allowed_file_extensions
        self.allowed_file_upload_methods = allowed_file_upload_methods
        self.number_limits = number_limits
        self.file_upload_config = file_upload_config
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.image = read_object(ImageUploadSettings.from_dict, get("image"))
        model.enabled = get("enabled")
        model.allowed_file_types = get("allowed_file_types")
        model.allowed_file_extensions = get("allowed_file_extensions")
        model.allowed_file_upload_methods = get("allowed_file_upload_methods")
        model.number_limits = get("number_limits")
        model.file_upload_config = read_object(JsonObject.from_dict, get("fileUploadConfig"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(())


from ..models.image_upload_settings import ImageUploadSettings
from ..models.json_object import JsonObject
