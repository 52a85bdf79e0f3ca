from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class TextToSpeechSettings(Model):
    """Settings of the speech synthesis.

    Attributes:
        enabled (bool): `true` if speech can be synthesized; otherwise a synthesis request results in `400`
            `invalid_param`.
        voice (str | None): Default voice; empty if not set.
        language (str | None): Language of the speech, such as `en-US`; empty if not set.
        auto_play (str | None): `enabled` to play answers automatically, `disabled` to play them on demand; missing
            for some apps.
    """

    __slots__ = (
        "enabled",
        "voice",
        "language",
        "auto_play",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
        "voice": "voice",
        "language": "language",
        "autoPlay": "auto_play",
    }

    enabled: bool
    voice: str | None
    language: str | None
    auto_play: str | None

    def __init__(
        self,
        enabled: bool,
        voice: str | None,
        language: str | None,
        auto_play: str | None = None,
    ) -> None:
        self.enabled = enabled
        self.voice = voice
        self.language = language
        self.auto_play = auto_play
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.enabled = get("enabled")
        model.voice = get("voice")
        model.language = get("language")
        model.auto_play = get("autoPlay")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "enabled",
        "voice",
        "language",
    )
)
