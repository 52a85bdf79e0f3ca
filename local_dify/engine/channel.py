"""Events of one run, read by any number of streams at once, each at its own pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass

from local_dify.engine.events import PING, encode_event
from local_dify.json_types import Record

STREAM = "text/event-stream"
FINISHED = frozenset({"workflow_finished"})
ENDS = FINISHED | {"workflow_paused"}


class Channel:
    """Events of one run in order, with a way to wait for the next."""

    def __init__(self) -> None:
        self.events: list[Record] = []
        self._added = asyncio.Event()

    def send(self, event: Record) -> None:
        """Add an event and wake every reader."""
        self.events.append(event)
        self._added.set()
        self._added = asyncio.Event()

    async def wait(self) -> None:
        """Wait until an event is added."""
        await self._added.wait()

    def is_stalled(self, position: int) -> bool:
        """Return True if the event at `position` leaves a chat stream open and silent.

        `error` does, and so does a `message_end` without a `workflow_started` before it (431_mod_input_stream).
        """
        name = self.events[position]["event"]
        begun = any(event["event"] == "workflow_started" for event in self.events[:position])
        return name == "error" or (name == "message_end" and not begun)


@dataclass(frozen=True)
class Timing:
    """Seconds between pings, and seconds a stream stays open when nothing follows."""

    ping: float = 10.0
    silence: float = 300.0


async def read(
    channel: Channel, start: int, ends: Collection[str], timing: Timing, *, first_ping: bool = True
) -> AsyncIterator[bytes]:
    """Yield the stream of a run from event number `start` on, one chunk per event, until one of `ends`.

    The first chunk is a ping; further pings follow at every interval, also between events.
    """
    loop = asyncio.get_running_loop()
    if first_ping:
        yield PING
    ping_at, position, quiet_since = loop.time() + timing.ping, start, loop.time()
    while loop.time() - quiet_since < timing.silence:
        while position < len(channel.events):
            event, stalled = channel.events[position], channel.is_stalled(position)
            yield encode_event(event)
            await asyncio.sleep(0)  # a reader that left is noticed here, and not only after all that waits was written
            if stalled:
                await asyncio.sleep(timing.silence)
                return
            if event["event"] in ends:
                return
            position, quiet_since = position + 1, loop.time()
        try:
            async with asyncio.timeout_at(min(ping_at, quiet_since + timing.silence)):
                await channel.wait()
        except TimeoutError:
            if loop.time() >= ping_at:
                yield PING
                ping_at += timing.ping
