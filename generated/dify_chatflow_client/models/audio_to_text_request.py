from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    File,
    Model,
    read_file,
)


class AudioToTextRequest(Model):
    """Multipart form with an audio file and, optionally, the end user.

    Attributes:
        file (File): Audio file of up to `30 MB`, declared as `audio/mp3`, `audio/m4a`, `audio/wav`, `audio/amr` or
            `audio/mpga`. A larger file results in `413`, any other type in `415`.
        user (str | None): End user on whose behalf the audio file is transcribed.
    """

    __slots__ = (
        "file",
        "user",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "file": "file",
        "user": "user",
    }

    file: File
    user: str | None

    def __init__(
        self,
        file: File,
        user: str | None = None,
    ) -> None:
        self.file = file
        self.user = user
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.file = read_file(get("file"))
        model.user = get("user")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("file",))
