"""From the bytes of a stream to typed events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any, cast

from dify_chatflow._retry import LONGEST_WAIT
from dify_chatflow._streaming.event import StreamEvent, UnknownEvent
from dify_chatflow._streaming.failure import is_failure
from dify_chatflow._streaming.payload import parse
from dify_chatflow._streaming.sse import MAX_SIZE, EventDecoder, ServerSentEvent
from dify_chatflow._streaming.template import MessageTemplate
from dify_chatflow_client.models.message_event import MessageEvent
from dify_chatflow_client.models.stream_event import VARIANTS, load_variant

# Events that are useless without this text, by their name.
REQUIRED_TEXT: Mapping[str, str] = {
    "message": "answer",
    "message_replace": "answer",
    "tts_message": "audio",
    "reasoning_chunk": "data.reasoning",
    "text_chunk": "data.text",
    "error": "message",
}


class EventReader:
    """A reader of one stream: it takes chunks of bytes and yields all typed events in order.

    Args:
        max_size: The largest line and event in bytes.

    Example:
        reader = EventReader()
        for chunk in response.iter_bytes():
            for event in reader.feed(chunk):
                print(event.event)
    """

    def __init__(self, max_size: int = MAX_SIZE, decoder: EventDecoder | None = None) -> None:
        self.decoder = decoder or EventDecoder(max_size)
        self._template = MessageTemplate()

    @property
    def last_event_id(self) -> str:
        """The value of `Last-Event-ID` for a reconnection; empty where the server sends no ids."""
        return self.decoder.last_event_id

    @property
    def reconnection_time(self) -> float:
        """Seconds to wait before a reconnection as requested by the server, else 0."""
        return min((self.decoder.retry or 0) / 1000, LONGEST_WAIT)

    def renewed(self) -> EventReader:
        """Return the reader for another connection to the same stream, with the last id and reconnection time."""
        return EventReader(decoder=self.decoder.renewed())

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Yield the events that `chunk` completes; exhaust the iterator before passing the next chunk.

        Raises:
            EventTooLargeError: A line or an event exceeds `max_size`.
        """
        read = self._template.read
        for part in self.decoder.parts(chunk):
            if not isinstance(part, ServerSentEvent):
                for data in part:
                    yield read(data) or self._learn(data)
            elif part.event == "message":
                yield read(part.data) or self._learn(part.data)
            else:
                yield read_event(part)

    def _learn(self, data: bytes) -> StreamEvent:
        event = read_payload(data)
        if isinstance(event, MessageEvent):
            self._template.learn(data, event)
        return event


def read_event(sent: ServerSentEvent) -> StreamEvent:
    """Return the typed event; an `UnknownEvent` where it cannot be read, never an exception."""
    if sent.event == "ping" and not sent.data:
        return load_variant("ping").from_dict({"event": "ping"})
    return read_payload(sent.data, sent.event)


def read_payload(data: bytes, name: str = "message") -> StreamEvent:
    """Return the typed event for an event's data; `name` applies where the data has no name."""
    if not data:
        return UnknownEvent(name, None, "it has no data")
    try:
        payload = parse(data)
    except ValueError as error:
        return UnknownEvent(name, data.decode(errors="replace"), f"its data is not JSON: {error}")
    if not isinstance(payload, dict):
        return UnknownEvent(name, payload, "its data is not a JSON object")
    return read_object(cast("dict[str, Any]", payload), name)


def read_object(payload: dict[str, Any], name: str) -> StreamEvent:
    """Return the typed event for a JSON object."""
    kind = payload.get("event")
    if not isinstance(kind, str):
        reason = "its data has no `event` that names it"
        return UnknownEvent("error" if is_failure(payload) else name, payload, reason)
    if kind not in VARIANTS:
        return UnknownEvent(kind, payload, "no event of this name is known")
    if kind == "workflow_paused":
        payload = with_run_id(payload)
    event = load_variant(kind).from_dict(payload)
    if (text := REQUIRED_TEXT.get(kind)) and not isinstance(attrgetter(text)(event), str):
        return UnknownEvent(kind, payload, f"`{text}` is not text")
    return event


def with_run_id(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the event with its run's id, which the published document has only in the data of a pause."""
    data = payload.get("data")
    if "workflow_run_id" in payload or not isinstance(data, dict) or "workflow_run_id" not in data:
        return payload
    return {**payload, "workflow_run_id": cast("dict[str, Any]", data)["workflow_run_id"]}
