"""Speech to text and text to speech."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from local_dify.api import validation as check
from local_dify.api.files import MB
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.errors import NOT_UNDERSTOOD, APIError, invalid, json_response

AUDIO_LIMIT = 30
# Servers refuse audio/mpeg, audio/webm and audio/ogg (756).
AUDIO_TYPES = ("mp3", "mp4", "mpga", "m4a", "wav", "amr", "x-wav", "x-m4a")
# Eight frames of an MPEG layer III file at 128 kbit/s, all of them silent.
SILENCE = (b"\xff\xfb\x90\x00" + bytes(413)) * 8
PIECE = 1024


async def transcribe(request: APIRequest) -> Response:
    """Handle `POST /audio-to-text`."""
    async with request.form() as form:
        request.user(form.get("user"))
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise APIError(400, "bad_request_key_error", NOT_UNDERSTOOD)
        kind, size = part.content_type or "", len(await part.read())
    if request.app.script.transcript is None:
        raise invalid("Speech to text is not enabled")
    if kind.removeprefix("audio/") not in AUDIO_TYPES:
        raise APIError(415, "unsupported_audio_type", "Audio type not allowed.")
    if size > AUDIO_LIMIT * MB:
        raise APIError(413, "audio_too_large", f"Audio size larger than {AUDIO_LIMIT} mb")
    return json_response({"text": request.app.script.transcript})


async def speak(request: APIRequest) -> Response:
    """Handle `POST /text-to-audio`; an unknown message gives 200 and null."""
    body = await request.json()
    request.user(body.get("user"))
    names = ("message_id", "voice", "text")
    fields = [Field(name, check.optional(check.string), default=None) for name in names]
    params = validate(
        "TextToAudioPayload", body, *fields, Field("streaming", check.optional(check.boolean), default=None)
    )
    if params["message_id"]:
        is_known = is_uuid(params["message_id"])
        message = request.state.get("message", params["message_id"], request.app.id) if is_known else None
        if message is None or not message["answer"]:
            return Response("null", media_type="application/json")
    elif params["text"] is None:
        raise invalid("Text is required")
    if not request.app.script.speech:
        raise invalid("TTS is not enabled")
    return StreamingResponse(split_chunks(SILENCE), media_type="audio/mpeg")


def split_chunks(sound: bytes) -> Iterator[bytes]:
    """Yield the audio in chunks."""
    for start in range(0, len(sound), PIECE):
        yield sound[start : start + PIECE]
