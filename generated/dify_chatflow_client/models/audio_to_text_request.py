from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    File,
    Model,
    Unset,
    json_keys,
    read_file,
)


@_attrs_define
class AudioToTextRequest(Model):
    """Multipart form with an audio file and, optionally, the end user.

    Attributes:
        file (File): Audio file of up to `30 MB`, declared as `audio/mp3`, `audio/m4a`, `audio/wav`, `audio/amr` or
            `audio/mpga`. A larger file results in `413`, any other type in `415`.
        user (str | Unset): End user on whose behalf the audio file is transcribed.
    """

    file: File
    user: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            read_file(get("file", UNSET)),
            get("user", UNSET),
        )
        if len(src_dict) > 2 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(AudioToTextRequest).values())
