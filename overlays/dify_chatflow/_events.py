"""From the bytes of a stream to typed events, and which of them closes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, TypeAlias, cast

from attrs import define, fields, frozen

from dify_chatflow._retry import LONGEST_WAIT
from dify_chatflow._sse import MAX_SIZE, EventDecoder, ServerSentEvent
from dify_chatflow_client.models.chunk_chat_event import VARIANTS, ChunkChatEventVariant, variant
from dify_chatflow_client.models.stream_event_chat_message import StreamEventChatMessage
from dify_chatflow_client.types import UNSET

fast_loads: Callable[[bytes], Any] | None
try:
    from orjson import loads as fast_loads
except ImportError:
    fast_loads = None

# What an event without text would be worth nothing without.
TEXTS: Mapping[str, str] = {
    "message": "answer",
    "message_replace": "answer",
    "tts_message": "audio",
    "reasoning_chunk": "data.reasoning",
    "text_chunk": "data.text",
    "error": "message",
}
CLOSING = frozenset({"workflow_finished", "workflow_paused", "message_end", "error"})
# A pattern that never holds is not learned again and again.
CREDIT = 8
LONG = 8192
DIGITS = bytes(ord("0") if chr(byte).isascii() and chr(byte).isdigit() else ord(" ") for byte in range(256))
NINETEEN_DIGITS = b"0" * 19
INTEGERS_BEYOND = float(2**63)


@frozen
class UnknownEvent:
    """An event this client has no class for, or whose payload does not fit its class.

    Attributes:
        event: Its name, as the payload or else the stream gives it.
        data: The payload: parsed JSON, or text where it is no JSON.
        reason: Why it has no type, in plain words.
    """

    event: str
    data: Any
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """The payload as it came; where that is no JSON object, one that holds it under `data`."""
        if isinstance(self.data, dict):
            return cast("dict[str, Any]", self.data)
        return {"event": self.event, "data": self.data}


StreamEvent: TypeAlias = "ChunkChatEventVariant | UnknownEvent"
"""Any event of a stream: one of the document's classes, or `UnknownEvent`"""


class EventReader:
    """Reads one stream: chunks of bytes in, typed events out, in order, nothing dropped.

    Arguments:
        max_size: Largest line and event in bytes.

        reader = EventReader()
        for chunk in response.iter_bytes():
            for event in reader.feed(chunk):
                print(event.event)
    """

    def __init__(self, max_size: int = MAX_SIZE, decoder: EventDecoder | None = None) -> None:
        self.decoder = decoder or EventDecoder(max_size)
        self._pattern = MessagePattern()

    @property
    def last_event_id(self) -> str:
        """What a reconnection sends as `Last-Event-ID`; empty where the server gives no ids."""
        return self.decoder.last_event_id

    @property
    def reconnection_time(self) -> float:
        """Seconds the server asks to wait before a reconnection; 0 where it does not."""
        return min((self.decoder.retry or 0) / 1000, LONGEST_WAIT)

    def renewed(self) -> EventReader:
        """The reader for a further connection to the same stream: it knows the last id and reconnection time."""
        return EventReader(decoder=self.decoder.renewed())

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """The events that `chunk` completes; to be read to the end before the next chunk is given.

        Raises:
            EventTooLargeError: A line or an event exceeds `max_size`.
        """
        read = self._pattern.read
        for part in self.decoder.parts(chunk):
            if not isinstance(part, ServerSentEvent):
                for data in part:
                    yield read(data) or self._learn(data)
            elif part.data and part.event == "message":
                yield read(part.data) or self._learn(part.data)
            else:
                yield read_event(part)

    def _learn(self, data: bytes) -> StreamEvent:
        event = read_payload(data)
        if isinstance(event, StreamEventChatMessage):
            self._pattern.learn(data, event)
        return event


def read_event(sent: ServerSentEvent) -> StreamEvent:
    """The typed event; never fails, since what cannot be read becomes an `UnknownEvent`."""
    if sent.data:
        return read_payload(sent.data, sent.event)
    if sent.event == "ping":
        return variant("ping").from_dict({"event": "ping"})
    return UnknownEvent(sent.event, None, "it has no data")


def read_payload(data: bytes, name: str = "message") -> StreamEvent:
    """The typed event for an event's data; `name` is used where the data does not name itself."""
    try:
        payload = parse(data)
    except ValueError as error:
        return UnknownEvent(name, data.decode(errors="replace"), f"its data is not JSON: {error}")
    if not isinstance(payload, dict):
        return UnknownEvent(name, payload, "its data is not a JSON object")
    return read_object(cast("dict[str, Any]", payload), name)


def read_object(payload: dict[str, Any], name: str) -> StreamEvent:
    """The typed event for a JSON object."""
    kind = payload.get("event")
    if not isinstance(kind, str):
        return UnknownEvent(name, payload, "its data has no `event` that names it")
    if kind not in VARIANTS:
        return UnknownEvent(kind, payload, "no event of this name is known")
    try:
        event = variant(kind).from_dict(payload)
    except KeyError as error:
        whole = with_run_id(payload)
        return read_object(whole, name) if whole else UnknownEvent(kind, payload, f"it lacks `{error.args[0]}`")
    except (TypeError, ValueError, AttributeError) as error:
        return UnknownEvent(kind, payload, f"its data does not fit: {error}")
    if (text := TEXTS.get(kind)) and not isinstance(attrgetter(text)(event), str):
        return UnknownEvent(kind, payload, f"`{text}` is not text")
    return event


def with_run_id(payload: dict[str, Any]) -> dict[str, Any] | None:
    """The event with the id of its run, which the published document has only within a pause's data."""
    data = payload.get("data")
    if "workflow_run_id" in payload or not isinstance(data, dict) or "workflow_run_id" not in data:
        return None
    return {**payload, "workflow_run_id": cast("dict[str, Any]", data)["workflow_run_id"]}


def parse(data: bytes) -> Any:
    """The JSON value, the same with and without orjson; ValueError where there is none.

    Bytes that are no UTF-8 become U+FFFD, NaN and lone surrogates are read, integers are exact.
    """
    if fast_loads is not None:
        try:
            value = fast_loads(data)
        except ValueError:  # orjson refuses some of what is read below
            return plain_parse(data)
        if is_exact(data, value):
            return value
    return plain_parse(data)


def plain_parse(data: bytes) -> Any:
    """The JSON value by the standard library, which defines what is right."""
    try:
        return json.loads(data.decode(errors="replace"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def is_exact(data: bytes, value: Any) -> bool:
    """Whether orjson has read all numbers exactly: it turns integers beyond 64 bits into floats.

    Of short data the digits are looked at, of long data, which is mostly text, the values: each is faster there.
    """
    if len(data) < LONG:
        return NINETEEN_DIGITS not in data.translate(DIGITS)
    pending: list[Any] = [[value]]
    for container in pending:
        for item in cast("Iterable[Any]", container.values() if isinstance(container, dict) else container):
            if isinstance(item, (dict, list)):
                pending.append(item)
            elif isinstance(item, float) and not -INTEGERS_BEYOND < item < INTEGERS_BEYOND:
                return False
    return True


class MessagePattern:
    """What the `message` events of one stream share byte for byte, so that only the answer need be parsed.

    In `head + answer + tail` any JSON string may stand for the answer: the rest of the object stays the same.
    """

    def __init__(self) -> None:
        self._loads = fast_loads or plain_text
        self._head = b""
        self._tail = b""
        self._middle = slice(0, 0)
        self._values: list[Any] = []
        self._place = 0
        self._lists: list[tuple[int, list[str]]] = []
        self._ending = b""
        self._credit = CREDIT

    def read(self, data: bytes) -> StreamEventChatMessage | None:
        """The event, if it differs from the one learned in nothing but its answer."""
        if not (data.startswith(self._head) and data.endswith(self._tail) and self._values):
            return None
        try:
            answer = self._loads(data[self._middle])
        except ValueError:
            return None
        if type(answer) is not str:
            return None
        values = self._values
        values[self._place] = answer
        for place, items in self._lists:
            values[place] = items.copy()
        return StreamEventChatMessage(*values)

    def learn(self, data: bytes, event: StreamEventChatMessage) -> None:
        """Take over what this event has beside its answer, if it can be told apart for certain.

        Only from an event that ends like the one before, since learning costs more than reading.
        """
        ending, self._ending = self._ending, data[-16:]
        if ending != self._ending:
            return
        before, found, after = data.partition(b'"answer":')
        has_held = bool(self._values) and self._values[self._place] is not None
        self._credit = CREDIT if has_held else self._credit - 1
        if self._credit < 0 or not found or event.additional_properties:
            return
        head, tail = before + found, after[string_end(after) :]
        probe = event.answer + "."
        try:
            expected = event.to_dict() | {"answer": probe}
            if not tail or parse(head + json.dumps(probe).encode() + tail) != expected:
                return
        except ValueError:
            return
        names = [field.name for field in fields(StreamEventChatMessage) if field.init]
        values = [getattr(event, name) for name in names]
        if all(is_plain(value) for value in values):
            self._head, self._tail, self._middle = head, tail, slice(len(head), -len(tail))
            self._values, self._place = values, names.index("answer")
            values[self._place] = None
            self._lists = [(place, value.copy()) for place, value in enumerate(values) if isinstance(value, list)]


def plain_text(data: bytes) -> Any:
    """A JSON value, where the bytes are valid UTF-8; ValueError elsewhere, for the slow way to deal with."""
    return json.loads(data.decode())


def string_end(data: bytes) -> int:
    """Where the JSON string at the start of the data ends; the length of the data if none does."""
    place = data.find(b'"') + 1
    while 0 < place < len(data):
        quote = data.find(b'"', place)
        escape = data.find(b"\\", place, quote)
        if escape < 0:
            return quote + 1 or len(data)
        place = escape + 2
    return len(data)


def is_plain(value: Any) -> bool:
    """Whether a value can be given to many events: it cannot change, or is a list of text to be copied."""
    if isinstance(value, list):
        return all(isinstance(item, str) for item in cast("list[object]", value))
    return value is UNSET or value is None or isinstance(value, (str, int))


@define
class Lifecycle:
    """Which event closes a stream: after it nothing comes, though the server may keep the connection open.

    Attributes:
        started: Whether a run is under way. To be given as True where a stream joins a run by its id.
        continue_on_pause: Whether the stream goes on after a pause, as it was asked to.
        paused: Whether the last thing told of the run is its pause: then the stream may end there all the same.
    """

    started: bool = False
    continue_on_pause: bool = False
    paused: bool = False

    def closes(self, event: StreamEvent) -> bool:
        """Whether this event closes the stream; to be asked once for each event, in order.

        Events whose payload does not fit count by their name, so that a malformed `error` does not leave the
        client waiting. A `message_end` closes when no `workflow_started` came before (recording
        431_mod_input_stream).
        """
        name = event.event
        if name == "workflow_started":
            self.started = True
        self.paused = name == "workflow_paused"
        if name not in CLOSING:
            return False
        if name == "message_end":
            return not self.started
        return not (self.paused and self.continue_on_pause)
