"""Text that arrives in chunks, possibly with gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dify_chatflow._streaming.event import StreamEvent

# URLs of files are signed anew each time (recording 102_chat_files_local_stream).
SIGNATURE = re.compile(r"timestamp=\d+&nonce=\w+&sign=[\w%=-]+")
HIGH_SURROGATE = re.compile("[\ud800-\udbff]")


@dataclass(slots=True, eq=False)
class Text:
    """Text that grows by chunks and is joined when it is read.

    Attributes:
        chunks: The text.
        gaps: Positions where chunks may be missing. After joining a run, chunks may be missing, since the server's
            snapshot can be older than its last event (recording 343_events_live_snapshot).
        added: Text without a gap that did not arrive as a chunk, for readers that follow the chunks.
        is_revised: Whether what was given to readers that follow the chunks is not the start of the text.
    """

    chunks: list[str] = field(default_factory=list[str])
    gaps: list[int] = field(default_factory=list[int])
    added: str = ""
    is_revised: bool = False

    def __str__(self) -> str:
        if len(self.chunks) > 1:
            self.chunks = [join_surrogates("".join(self.chunks))]
        return self.chunks[0] if self.chunks else ""

    def __bool__(self) -> bool:
        return any(self.chunks)

    @property
    def known(self) -> str:
        """The part before the first gap."""
        return str(self)[: self.known_length]

    @property
    def known_length(self) -> int | None:
        """The length of the part before the first gap; None where there is no gap."""
        return self.gaps[0] if self.gaps else None

    def mark_gap(self, position: int | None = None) -> None:
        """Record that chunks may be missing at a position, by default at the end."""
        position = len(str(self)) if position is None else position
        if not self.gaps or self.gaps[-1] != position:
            self.gaps.append(position)

    def add(self, chunk: str) -> None:
        """Append a chunk that readers who follow the chunks would not see otherwise."""
        self.chunks.append(chunk)
        self.added += "" if self.gaps else chunk

    def set(self, complete: str) -> None:
        """Replace the text with the complete one."""
        rest = text_after(self.known, complete)
        if rest is None:
            self.is_revised = True
        self.added += rest or ""
        self.gaps.clear()
        self.chunks = [complete]

    def close_gaps(self) -> None:
        """Accept the text as it is: nothing is missing."""
        self.set(str(self))

    def fits(self, complete: str) -> bool:
        """Return whether the text, apart from its gaps, is part of the complete one."""
        text, complete = str(self), unsigned(complete)
        edges = [*self.gaps, len(text)]
        position = 0
        for index, (start, end) in enumerate(zip([0, *edges], edges, strict=False)):
            part = unsigned(text[start:end])
            found = complete.find(part, position)
            if found < 0 or (index == 0 and found > 0):
                return False
            position = found + len(part)
        return bool(self.gaps) or position == len(complete)

    def drain(self) -> str:
        """Return `added` and empty it."""
        added, self.added = self.added, ""
        return added


class TextReader:
    """A reader that follows a text by its chunks."""

    def __init__(self, text: Text) -> None:
        self._text, self._held = text, ""
        text.drain()

    def take(self, event: StreamEvent) -> str:
        """Return the text that an event has added; empty while chunks before it may be missing."""
        text = self._text
        chunk = text.drain() if text.added else ""
        if event.event == "message" and not text.gaps:
            chunk += event.answer
        # Servers may split a character between two chunks.
        chunk, self._held = split_surrogate(self._held + chunk)
        return chunk

    def finish(self) -> str:
        """Return the rest of a text that is complete."""
        self._text.close_gaps()
        rest, self._held = self._held + self._text.drain(), ""
        return join_surrogates(rest)


def text_after(known: str, complete: str) -> str | None:
    """Return the rest of the complete text after the known part; None where it does not start with that part."""
    if complete.startswith(known):
        return complete[len(known) :]
    found = re.match(SIGNATURE.pattern.join(map(re.escape, SIGNATURE.split(known))), complete)
    return complete[found.end() :] if found else None


def unsigned(text: str) -> str:
    """Return the text without the signatures of its URLs."""
    return SIGNATURE.sub("", text)


def join_surrogates(text: str) -> str:
    """Return the text with pairs of surrogates joined: servers may split a character between two chunks."""
    if not HIGH_SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def split_surrogate(text: str) -> tuple[str, str]:
    """Return the text with pairs of surrogates joined, and the first half of a pair at its end separately."""
    if not text or text.isascii():
        return text, ""
    end = len(text) - 1 if HIGH_SURROGATE.match(text[-1]) else len(text)
    return join_surrogates(text[:end]), text[end:]
