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
class TextToSpeechSettings(Model):
    """Whether and how the app speaks its replies.

    Attributes:
        enabled (bool): `True` when speech output is on; otherwise a synthesis call fails with 400 `invalid_param`.
        voice (None | str): Voice used when a request names none; empty when speech output is not set up.
        language (None | str): Language tag of the spoken output, such as `en-US`; empty when not set up.
        auto_play (str | Unset): `enabled` when replies should be spoken without being asked for, `disabled` when
            the listener starts playback; some apps omit it.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
        "voice": "voice",
        "language": "language",
        "auto_play": "autoPlay",
    }

    enabled: bool
    voice: None | str
    language: None | str
    auto_play: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("enabled", UNSET),
            get("voice", UNSET),
            get("language", UNSET),
            get("autoPlay", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(TextToSpeechSettings.json_names.values())
