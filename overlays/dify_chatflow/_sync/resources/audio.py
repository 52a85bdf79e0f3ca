# Generated from dify_chatflow/_async/resources/audio.py by `make generate`; change it there.
"""Audio: speech to text, and text to speech."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Unpack, overload

from dify_chatflow._download import Writer
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._file_sources import FileTypes
from dify_chatflow._files import Progress, open_part
from dify_chatflow._options import RequestOptions
from dify_chatflow._request import PreparedRequest
from dify_chatflow._sync.resources.downloads import body_chunks, download
from dify_chatflow._sync.session import Resource, Session
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
        **options: Unpack[RequestOptions],
    ) -> Transcription:
        """Turn speech into text.

        Args:
            file: The speech, as for `files.upload`; at most 30 MB.
            filename: The name for the server; None uses the path's.
            mime_type: The MIME type; None guesses it. Servers accept `audio/mp3`, `audio/m4a`, `audio/wav`, `audio/amr`
                and `audio/mpga`; the guess uses these names.
            user: The end user; None uses the client's default.
            on_progress: A function called with the bytes sent so far and the size, or None where it is unknown.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The text, in `text`.

        Raises:
            FileNotFoundError, IsADirectoryError, ValueError: The file cannot be sent; no request was made.
            BadRequestError: Speech to text is switched off in the app.
            PayloadTooLargeError: The file is larger than the server accepts.
            UnsupportedMediaTypeError: The server does not accept this type of audio.

        Example:
            print(app.audio.transcribe("question.mp3", user="abc-123").text)

        """
        with open_part(file, filename, mime_type, on_progress, speech=True) as part:
            body = AudioToTextRequest(file=part, user=self._config.user_or_default(user))
            return self._session.with_options(options).call(audio_to_text.operation, body=body)

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
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
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
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> Path: ...
    @overload
    def speak(
        self,
        text: str | None = None,
        *,
        message_id: str | None = None,
        voice: str | None = None,
        to: Writer,
        streaming: bool | None = None,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> Writer: ...
    def speak(
        self,
        text: str | None = None,
        *,
        message_id: str | None = None,
        voice: str | None = None,
        to: str | os.PathLike[str] | Writer | None = None,
        streaming: bool | None = None,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> bytes | Path | Writer:
        """Convert a text, or the answer of a message, to speech.

        Args:
            text: The text.
            message_id: The message with the answer; `text` is ignored then.
            voice: The voice; None uses the app's.
            to: The path of the file to write, through a temporary file; or an open binary file, which is written from
                its position on; None returns the bytes.
            streaming: Accepted by servers, without effect: they always send the audio in chunks.
            user: The end user; None uses the client's default.
            on_progress: A function called with the bytes received so far and the size, or None where it is unknown; it
                starts again when the download is retried.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The audio (usually MP3) as bytes, the path of the file, or the open file.

        Raises:
            ConfigurationError: Both `text` and `message_id` are missing.
            BadRequestError: Text to speech is switched off in the app.
            ResponseDecodeError: The message does not exist; servers answer 200 without audio.

        Example:
            app.audio.speak("Good morning!", to="greeting.mp3", user="abc-123")

        """
        session = self._session.with_options(options)
        return download(session, self._speech(session, text, message_id, voice, streaming, user), to, on_progress)

    def iter_bytes(
        self,
        text: str | None = None,
        *,
        message_id: str | None = None,
        voice: str | None = None,
        streaming: bool | None = None,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> Generator[bytes]:
        """Convert a text, or the answer of a message, to speech, and return it in chunks; see `speak`.

        Args:
            text: The text.
            message_id: The message with the answer; `text` is ignored then.
            voice: The voice; None uses the app's.
            streaming: Accepted by servers, without effect.
            user: The end user; None uses the client's default.
            on_progress: A function called with the bytes received so far and the size, or None where it is unknown.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            An iterator of chunks of any size. The request is sent with the first one. Close the iterator when you
            leave it before its end.

        Raises:
            ConfigurationError: Both `text` and `message_id` are missing.
            BadRequestError: Text to speech is switched off in the app.
            ResponseDecodeError: The message does not exist; servers answer 200 without audio.

        Example:
            for chunk in app.audio.iter_bytes("Good morning!"):
                print(len(chunk))

        """
        session = self._session.with_options(options)
        return body_chunks(session, self._speech(session, text, message_id, voice, streaming, user), on_progress)

    def _speech(
        self,
        session: Session,
        text: str | None,
        message_id: str | None,
        voice: str | None,
        streaming: bool | None,
        user: str | None,
    ) -> PreparedRequest:
        """Return the request for speech."""
        if text is None and message_id is None:
            raise ConfigurationError("speech needs a text or a message; pass a text, or message_id='...'")
        body = TextToAudioRequest(
            text=text,
            message_id=message_id,
            voice=voice,
            streaming=streaming,
            user=self._config.user_or_default(user),
        )
        return session.prepare(text_to_audio.operation, body=body)
