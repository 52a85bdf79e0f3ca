"""Text that arrives in chunks, possibly with a gap."""

from __future__ import annotations

import re

from attrs import define, field

SIGNATURE = r"timestamp=\d+&nonce=\w+&sign=[\w%=-]+"


@define
class Text:
    """Text that grows by chunks and is joined when it is read.

    Attributes:
        chunks: The text.
        known_length: The length of the part without a gap; None where there is no gap. After joining a run chunks may
            be missing, since the server's snapshot can be older than its last event (recording
            343_events_live_snapshot).
        added: Text without a gap that did not arrive as a chunk, for readers that follow the chunks.
    """

    chunks: list[str] = field(factory=list[str], eq="".join)
    known_length: int | None = field(default=None, eq=False)
    added: str = field(default="", eq=False)

    def __str__(self) -> str:
        if len(self.chunks) > 1:
            self.chunks = ["".join(self.chunks)]
        return self.chunks[0] if self.chunks else ""

    def __bool__(self) -> bool:
        return any(self.chunks)

    def mark_gap(self) -> None:
        """Record that chunks may be missing from here on."""
        if self.known_length is None:
            self.known_length = len(str(self))

    def add(self, chunk: str) -> None:
        """Append a chunk that readers who follow the chunks would not see otherwise."""
        self.chunks.append(chunk)
        self.added += chunk if self.known_length is None else ""

    def set(self, complete: str) -> None:
        """Replace the text with the complete one."""
        self.added += text_after(str(self)[: self.known_length], complete)
        self.known_length = None
        self.chunks = [complete]

    def close_gap(self) -> None:
        """Accept the text as it is: nothing is missing, or nothing will fill the gap any more."""
        self.set(str(self))

    def drain(self) -> str:
        """Return `added` and empty it."""
        added, self.added = self.added, ""
        return added


def text_after(known: str, complete: str) -> str:
    """Return the rest of the complete text after the known part; empty where it does not start with that part.

    URLs of files are signed anew each time (recording 102_chat_files_local_stream).
    """
    if complete.startswith(known):
        return complete[len(known) :]
    found = re.match(SIGNATURE.join(map(re.escape, re.split(SIGNATURE, known))), complete)
    return complete[found.end() :] if found else ""
