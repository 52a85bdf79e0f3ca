"""An incremental decoder for `text/event-stream`: bytes in, events out, without I/O.

The grammar is https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream, with one
deviation: an event that has a name but no data is dispatched, with empty data. The grammar drops it, but
servers send `event: ping` without data to keep the connection alive (recording 309_events_paused_nosnapshot).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_SIZE = 16 * 1024 * 1024
BOM = b"\xef\xbb\xbf"


class EventTooLargeError(ValueError):
    """A line or an event is larger than the decoder allows; what follows cannot be trusted."""


class ServerSentEvent(NamedTuple):
    """One event as received.

    Attributes:
        event: Its name; `message` where the stream has none.
        data: Its data lines, joined by line feeds, as bytes that need not be valid UTF-8.
        id: The last event id at that point; empty if none was sent so far.
        retry: The reconnection time in milliseconds sent with this event; None without one.
    """

    event: str
    data: bytes
    id: str
    retry: int | None

    @property
    def text(self) -> str:
        """The data as text; bytes that are no UTF-8 become U+FFFD."""
        return self.data.decode(errors="replace")


class EventDecoder:
    """A decoder of chunks of bytes, split anywhere, into events.

    Args:
        max_size: Largest line, and largest data of one event, in bytes; 16 MiB by default.

    Attributes:
        last_event_id: The value of `Last-Event-ID` for a reconnection; empty if no complete event had an id.
        retry: The reconnection time in milliseconds last requested by the server; None if there was none.

    An event without its final blank line at the end of the bytes is not dispatched.

    Example:
        decoder = EventDecoder()
        for chunk in response.iter_bytes():
            for event in decoder.feed(chunk):
                print(event.event, event.text)
    """

    def __init__(self, max_size: int = MAX_SIZE) -> None:
        self.max_size = max_size
        self.last_event_id = ""
        self.retry: int | None = None
        self._start: bytes | None = b""  # a possible start of a byte order mark; None once decided
        self._after_cr = False  # a line feed next belongs to the carriage return before
        self._rest = bytearray()  # an incomplete line
        self._open = False  # an event has fields, but no blank line yet
        self._event = ""
        self._data: list[bytes] = []
        self._size = 0
        self._id = ""
        self._retry: int | None = None

    def renewed(self) -> EventDecoder:
        """Return the decoder for another connection to the same stream, with the last id and reconnection time."""
        decoder = EventDecoder(self.max_size)
        decoder.last_event_id = decoder._id = self.last_event_id
        decoder.retry = self.retry
        return decoder

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """Yield the events that `chunk` completes; exhaust the iterator before passing the next chunk.

        Raises:
            EventTooLargeError: A line or an event exceeds `max_size`. The events before it are yielded first.
        """
        for part in self.parts(chunk):
            if isinstance(part, ServerSentEvent):
                yield part
            else:
                for data in part:
                    yield ServerSentEvent("message", data, self.last_event_id, None)

    def parts(self, chunk: bytes) -> Iterable[list[bytes] | ServerSentEvent]:
        """Like `feed`, but events that have nothing but data may come together, as a list of their data."""
        # Usual chunks hold complete events, with nothing left from the one before.
        between = self._start is None and not (self._rest or self._open or self._after_cr)
        if between and chunk.endswith(b"\n\n") and b"\r" not in chunk and (plain := self._plain(chunk)):
            return (plain,)
        return self._parts(self._with_line_feeds(chunk))

    def _parts(self, chunk: bytes) -> Iterator[list[bytes] | ServerSentEvent]:
        if b"\n" not in chunk:
            self._keep(chunk)
            return
        data = bytes(self._rest) + chunk
        self._rest.clear()
        if not self._open and (cut := data.rfind(b"\n\n") + 2) > 1 and (plain := self._plain(data[:cut])):
            yield plain
            data = data[cut:]
        *lines, rest = data.split(b"\n")
        for line in lines:
            if (event := self._line(line)) is not None:
                yield event
        self._keep(rest)

    def _plain(self, data: bytes) -> list[bytes]:
        """Return the data of all events if each is one `data: ` line and a blank line, else an empty list."""
        if not data.startswith(b"data: ") or len(data) > self.max_size:
            return []
        events = data[6:-2].split(b"\n\ndata: ")
        # Each separator and the end have two line feeds: if there are no more, no event has a second line.
        return events if data.count(b"\n") == 2 * len(events) else []

    def _with_line_feeds(self, chunk: bytes) -> bytes:
        """Return the chunk without byte order mark and with line feeds as line ends."""
        if self._start is not None:
            chunk = self._start + chunk
            if len(chunk) < len(BOM) and BOM.startswith(chunk):
                self._start = chunk
                return b""
            self._start = None
            chunk = chunk.removeprefix(BOM)
        if self._after_cr and chunk:
            self._after_cr = False
            chunk = chunk.removeprefix(b"\n")
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return chunk

    def _keep(self, piece: bytes) -> None:
        """Keep a part of a line until its rest arrives."""
        self._rest += piece
        self._check(len(self._rest), "line")

    def _line(self, line: bytes) -> ServerSentEvent | None:
        """Parse one line and return the event that it completes, else None."""
        if not line:
            return self._dispatch()
        self._check(len(line), "line")
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._size += len(value) + 1
            self._check(self._size - 1, "event")
        elif name == b"event":
            self._event = value.decode(errors="replace")
        elif name == b"id" and b"\0" not in value:
            self._id = value.decode(errors="replace")
        elif name == b"retry" and value.isdigit() and len(value) < 20:  # noqa: PLR2004 - longer is no time
            self.retry = self._retry = int(value)
        else:
            return None
        self._open = True
        return None

    def _dispatch(self) -> ServerSentEvent | None:
        """End the event and return it; None if it is empty."""
        self.last_event_id = self._id
        event = None
        if self._data or self._event:
            event = ServerSentEvent(self._event or "message", b"\n".join(self._data), self._id, self._retry)
        self._open = False
        self._event, self._data, self._size, self._retry = "", [], 0, None
        return event

    def _check(self, size: int, what: str) -> None:
        if size > self.max_size:
            raise EventTooLargeError(f"a stream {what} is larger than {self.max_size} bytes")
