from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class TextToAudioRequest(Model):
    """Text or message to speak, and the voice. Omitting both `text` and `message_id` results in `400` `invalid_param`.

    Attributes:
        message_id (str | None): UUID of a message whose answer is spoken; it takes precedence over `text`. An
            unknown UUID results in a `200` response with the JSON value `null`.
        text (str | None): Text to speak if there is no `message_id`.
        user (str | None): End user on whose behalf the speech is synthesized. Optional.
        voice (str | None): Voice of the app's speech provider. The default is `text_to_speech.voice` of the app
            parameters.
        streaming (bool | None): Request for chunked audio. The response consists of audio bytes in either case.
    """

    __slots__ = (
        "message_id",
        "text",
        "user",
        "voice",
        "streaming",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "message_id": "message_id",
        "text": "text",
        "user": "user",
        "voice": "voice",
        "streaming": "streaming",
    }

    message_id: str | None
    text: str | None
    user: str | None
    voice: str | None
    streaming: bool | None

    def __init__(
        self,
        message_id: str | None = None,
        text: str | None = None,
        user: str | None = None,
        voice: str | None = None,
        streaming: bool | None = None,
    ) -> None:
        self.message_id = message_id
        self.text = text
        self.user = user
        self.voice = voice
        self.streaming = streaming
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.message_id = get("message_id")
        model.text = get("text")
        model.user = get("user")
        model.voice = get("voice")
        model.streaming = get("streaming")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(())
