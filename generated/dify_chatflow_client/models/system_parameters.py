from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


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

    __slots__ = (
        "file_size_limit",
        "image_file_size_limit",
        "audio_file_size_limit",
        "video_file_size_limit",
        "workflow_file_upload_limit",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "file_size_limit": "file_size_limit",
        "image_file_size_limit": "image_file_size_limit",
        "audio_file_size_limit": "audio_file_size_limit",
        "video_file_size_limit": "video_file_size_limit",
        "workflow_file_upload_limit": "workflow_file_upload_limit",
    }

    file_size_limit: int
    image_file_size_limit: int
    audio_file_size_limit: int
    video_file_size_limit: int
    workflow_file_upload_limit: int

    def __init__(
        self,
        file_size_limit: int,
        image_file_size_limit: int,
        audio_file_size_limit: int,
        video_file_size_limit: int,
        workflow_file_upload_limit: int,
    ) -> None:
        self.file_size_limit = file_size_limit
        self.image_file_size_limit = image_file_size_limit
        self.audio_file_size_limit = audio_file_size_limit
        self.video_file_size_limit = video_file_size_limit
        self.workflow_file_upload_limit = workflow_file_upload_limit
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.file_size_limit = get("file_size_limit")
        model.image_file_size_limit = get("image_file_size_limit")
        model.audio_file_size_limit = get("audio_file_size_limit")
        model.video_file_size_limit = get("video_file_size_limit")
        model.workflow_file_upload_limit = get("workflow_file_upload_limit")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "file_size_limit",
        "image_file_size_limit",
        "audio_file_size_limit",
        "video_file_size_limit",
        "workflow_file_upload_limit",
    )
)
