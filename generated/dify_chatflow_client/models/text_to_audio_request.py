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
class TextToAudioRequest(Model):
    """What to speak, as either `text` or the `message_id` of a stored reply, and how to speak it. Omitting both gives
    400 `invalid_param`.

    Attributes:
        message_id (str | Unset): UUID of a stored turn whose reply is read aloud; it wins over `text`. An unknown
            one gives status 200 with a JSON `null` body.
        text (str | Unset): Words to speak when no `message_id` is given.
        user (str | Unset): End user who will hear the audio; the call also works without it.
        voice (str | Unset): Voice name known to the app's speech provider; when absent, the app's configured one
            applies, shown as `text_to_speech.voice` in the app parameters.
        streaming (bool | Unset): Asks for audio in pieces; the body is plain audio bytes with this flag on or off.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "message_id": "message_id",
        "text": "text",
        "user": "user",
        "voice": "voice",
        "streaming": "streaming",
    }

    message_id: str | Unset = UNSET
    text: str | Unset = UNSET
    user: str | Unset = UNSET
    voice: str | Unset = UNSET
    streaming: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(TextToAudioRequest.json_names.values())
