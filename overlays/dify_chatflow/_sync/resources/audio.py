# Generated from dify_chatflow/_async/resources/audio.py by `make generate`; change it there.
"""Speech: heard and spoken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import overload

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._files import FileTypes, Progress, opened
from dify_chatflow._request import PreparedRequest, or_unset
from dify_chatflow._sync.resources.downloads import download
from dify_chatflow._sync.session import Resource
from dify_chatflow_client.api.tts import advanced_audio_to_text as audio_to_text
from dify_chatflow_client.api.tts import advanced_text_to_audio as text_to_audio
from dify_chatflow_client.models.audio_to_text_request import AudioToTextRequest
from dify_chatflow_client.models.text_to_audio_request import TextToAudioRequest
from dify_chatflow_client.models.transcription import Transcription


class Audio(Resource):
    """`app.audio`: speech to text and back."""

    def transcribe(
        self,
        file: FileTypes,
        *,
        filename: str | None = None,
        mime_type: str | None = None,
        user: str | None = None,
        on_progress: Progress | None = None,
    ) -> Transcription:
        """Turn speech into text.

        Args:
            file: A path, bytes, or an open binary file, at most 30 MB.
            filename: The name the server sees; None takes the path's.
            mime_type: The MIME type; None guesses it. Servers take `audio/mp3`, `audio/m4a`, `audio/wav`, `audio/amr`
                and `audio/mpga`; the guess uses these names.
            user: The end user who speaks; None takes the client's default.
            on_progress: Called with the bytes sent so far and the size, or None where that is not known.

        Returns:
            The text, in `text`.

        Raises:
            FileNotFoundError, IsADirectoryError, ValueError: The file cannot be sent; nothing was requested.
            BadRequestError: The app has speech to text switched off.
            PayloadTooLargeError: The file is larger than the server takes.
            UnsupportedMediaTypeError: The server does not take this kind of sound.

        Example:
            print((app.audio.transcribe("question.mp3", user="abc-123")).text)

        """
        with opened(file, filename, mime_type, on_progress, speech=True) as part:
            body = AudioToTextRequest(file=part, user=or_unset(self._config.user_or_default(user)))
            return self._session.call(audio_to_text.operation, body=body)

    @overload
    def speak(
        self,
        text: str | None = None,
        *,
        message_id: str | None = None,
        voice: str | None = None,
        to: None = None,
        streaming: bool | None = None,
        user: str | None = None,
    ) -> bytes: ...
    @overload
    def speak(
        self,
        text: str | None = None,
        *,
        message_id: str | None = None,
        voice: str | None = None,
        to: str | os.PathLike[str],
        streaming: bool | None = None,
        user: str | None = None,
    ) -> Path: ...
    def speak(
        self,
        text: str | None = None,
        *,
        message_id: str | None = None,
        voice: str | None = None,
        to: str | os.PathLike[str] | None = None,
        streaming: bool | None = None,
        user: str | None = None,
    ) -> bytes | Path:
        """Speak a text, or the answer of a message.

        Args:
            text: What to say.
            message_id: The message whose answer to say; a text beside it is ignored.
            voice: The voice; None takes the app's.
            to: Where to write the sound, in pieces through a temporary file; None gives the bytes.
            streaming: Accepted by servers, which send the sound in pieces either way.
            user: The end user who listens; None takes the client's default.

        Returns:
            The sound (usually MP3) as bytes, or the path written to.

        Raises:
            ConfigurationError: Neither a text nor a message was given.
            BadRequestError: The app has text to speech switched off.
            ResponseDecodeError: There is no such message; servers answer 200 without a sound.

        Example:
            app.audio.speak("Good morning!", to="greeting.mp3", user="abc-123")

        """
        if text is None and message_id is None:
            raise ConfigurationError("speak needs a text, speak('...'), or a message, speak(message_id='...')")
        body = TextToAudioRequest(
            text=or_unset(text),
            message_id=or_unset(message_id),
            voice=or_unset(voice),
            streaming=or_unset(streaming),
            user=or_unset(self._config.user_or_default(user)),
        )
        return download(
            self._session, PreparedRequest(text_to_audio.operation, text_to_audio.operation.request(body=body)), to
        )
