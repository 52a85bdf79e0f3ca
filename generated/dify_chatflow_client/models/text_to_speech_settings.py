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
)


@_attrs_define
class TextToSpeechSettings(Model):
    """Settings of the speech synthesis.

    Attributes:
        enabled (bool): `true` if speech can be synthesized; otherwise a synthesis request results in `400`
            `invalid_param`.
        voice (None | str): Default voice; empty if not set.
        language (None | str): Language of the speech, such as `en-US`; empty if not set.
        auto_play (str | Unset): `enabled` to play answers automatically, `disabled` to play them on demand; missing
            for some apps.
    """

    json_names: ClassVar[Mapping[str, str]] = {
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
        model = cls(
            get("enabled", UNSET),
            get("voice", UNSET),
            get("language", UNSET),
            get("autoPlay", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(TextToSpeechSettings).values())
