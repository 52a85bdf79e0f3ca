from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class TextToAudioRequest(Model):
    """Text or message to speak, and the voice. Omitting both `text` and `message_id` results in `400` `invalid_param`.

    Attributes:
        message_id (str | Unset): UUID of a message whose answer is spoken; it takes precedence over `text`. An
            unknown UUID results in a `200` response with the JSON value `null`.
        text (str | Unset): Text to speak if there is no `message_id`.
        user (str | Unset): End user on whose behalf the speech is synthesized. Optional.
        voice (str | Unset): Voice of the app's speech provider. The default is `text_to_speech.voice` of the app
            parameters.
        streaming (bool | Unset): Request for chunked audio. The response consists of audio bytes in either case.
    """

    message_id: str | Unset = UNSET
    text: str | Unset = UNSET
    user: str | Unset = UNSET
    voice: str | Unset = UNSET
    streaming: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("message_id", UNSET),
            get("text", UNSET),
            get("user", UNSET),
            get("voice", UNSET),
            get("streaming", UNSET),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(TextToAudioRequest).values())
