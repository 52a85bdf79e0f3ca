from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class SystemParameters(Model):
    """Server-wide upload limits.

    Attributes:
        file_size_limit (int): Maximum size of a document or other file, in megabytes.
        image_file_size_limit (int): Maximum size of an image, in megabytes.
        audio_file_size_limit (int): Maximum size of an audio file, in megabytes; transcription has a separate
            limit.
        video_file_size_limit (int): Maximum size of a video, in megabytes.
        workflow_file_upload_limit (int): Largest number of files in one run.
    """

    file_size_limit: int
    image_file_size_limit: int
    audio_file_size_limit: int
    video_file_size_limit: int
    workflow_file_upload_limit: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("file_size_limit", UNSET),
            get("image_file_size_limit", UNSET),
            get("audio_file_size_limit", UNSET),
            get("video_file_size_limit", UNSET),
            get("workflow_file_upload_limit", UNSET),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(SystemParameters).values())
