"""Events of one run, read by any number of streams at once, each at its own pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass

from local_dify.engine.events import PING, encode_event
from local_dify.engine.shape import shape_event
from local_dify.json_types import Record
from local_dify.version import Version

STREAM = "text/event-stream"
FINISHED = frozenset({"workflow_finished"})
PAUSED = frozenset({"workflow_paused"})
ENDS = FINISHED | PAUSED


class ReaderCutError(Exception):
    """The stream of a reader is cut in the middle of a chunk."""


@dataclass(eq=False)
class Reader:
    """One stream that reads a channel; another reader that leaves can make it deaf, or cut it (1.16.1: 762, 763)."""

    has_snapshot: bool = False
    is_disturbed: bool = False


class Channel:
    """Events of one run in order, with a way to wait for the next."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.events: list[Record] = []
        self.cursors: list[str] = []
        self.is_closed = False
        self.readers: list[Reader] = []
        self._added = asyncio.Event()

    def send(self, event: Record) -> None:
        """Add an event and wake every reader."""
        self.events.append(shape_event(self.version, event))
        self.cursors.append(self._next_cursor())
        self._wake()

    def close(self) -> None:
        """End every stream after its last event."""
        self.is_closed = True
        self._wake()

    def disturb(self) -> None:
        """Disturb every reader, as 1.16.1 does when another one has left (762, 763)."""
        for reader in self.readers:
            reader.is_disturbed = True
        self._wake()

    async def wait(self) -> None:
        """Wait until an event is added or the channel is closed."""
        await self._added.wait()

    def encode(self, position: int) -> bytes:
        """Return the event at `position` as the server writes it."""
        cursor = self.cursors[position] if self.version.cursors else None
        return encode_event(self.events[position], spaced=self.version.spaced_json, cursor=cursor)

    def is_stalled(self, position: int) -> bool:
        """Return True if the event at `position` leaves a stream open and silent.

        `error` does, and so does a `message_end` without a `workflow_started` before it (main-2026-06: 431).
        """
        if not self.version.stays_open:
            return False
        name = self.events[position]["event"]
        begun = any(event["event"] == "workflow_started" for event in self.events[:position])
        return name == "error" or (name == "message_end" and not begun)

    def _next_cursor(self) -> str:
        now = str(int(time.time() * 1000))
        count = sum(cursor.startswith(f"{now}-") for cursor in self.cursors[-50:])
        return f"{now}-{count}"

    def _wake(self) -> None:
        self._added.set()
        self._added = asyncio.Event()


@dataclass(frozen=True)
class Timing:
    """Seconds between pings, and seconds a stream stays open when nothing follows."""

    ping: float = 10.0
    silence: float = 300.0


async def read(
    channel: Channel,
    start: int,
    ends: Collection[str],
    timing: Timing,
    *,
    first_ping: bool = True,
    reader: Reader | None = None,
) -> AsyncIterator[bytes]:
    """Yield the stream of a run from event number `start` on, one chunk per event, until one of `ends`.

    Without `ends` the stream stays open after the run (main-2026-06: 437).

    Raises:
        ReaderCutError: Another reader left, and the stream is to break.
    """
    loop, version, reader = asyncio.get_running_loop(), channel.version, reader or Reader()
    if first_ping:
        yield PING
    ping_at, position, quiet_since = loop.time() + timing.ping, start, loop.time()
    while not version.silence_limit or loop.time() - quiet_since < timing.silence:
        while position < len(channel.events) and not reader.is_disturbed:
            event = channel.events[position]
            yield channel.encode(position)
            await asyncio.sleep(0)  # lets a reader that left be noticed before all waiting events are written
            if channel.is_stalled(position):
                await asyncio.sleep(timing.silence)
                return
            if event["event"] in ends:
                return
            position, quiet_since = position + 1, loop.time()
            ping_at = ping_at if version.busy_pings else quiet_since + timing.ping
        if reader.is_disturbed and not reader.has_snapshot:
            yield PING[:7]
            raise ReaderCutError
        if channel.is_closed and ends and not reader.is_disturbed:
            await asyncio.sleep(version.naming_delay)
            return
        deadline = min(ping_at, quiet_since + timing.silence) if version.silence_limit else ping_at
        try:
            async with asyncio.timeout_at(deadline):
                await channel.wait()
        except TimeoutError:
            if loop.time() >= ping_at:
                yield PING
                ping_at += timing.ping


async def read_silence(timing: Timing) -> AsyncIterator[bytes]:
    """Yield pings for `silence` seconds, as servers do whose run failed before its first event."""
    loop = asyncio.get_running_loop()
    yield PING
    end, ping_at = loop.time() + timing.silence, loop.time() + timing.ping
    while ping_at < end:
        await asyncio.sleep(ping_at - loop.time())
        yield PING
        ping_at += timing.ping
    await asyncio.sleep(max(0.0, end - loop.time()))
