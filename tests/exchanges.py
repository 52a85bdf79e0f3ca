"""The one reader of recorded exchanges with real servers: copies in `tests/recordings/`, complete sets elsewhere.

The complete sets are in the folder `../shared`, or in the one that `CHATFLOW_FIXTURES` names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COPIES = ROOT / "tests" / "recordings"
# Server states by the name of their folder in `tests/recordings`, and the folder with their complete set.
FOLDERS = {
    "1.9.2": "wire-1.9.2",
    "main-2026-06": "wire",
    "1.16.1": "wire-1.16.1",
    "main-2026-08": "wire-main-2026-08",
    "next": "wire-next",
}
# The state that most recordings are from: it reports 1.14.2, and is a commit between that release and 1.15.0.
JUNE = "main-2026-06"

Event = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """One recorded request and its response; `stream` holds the bytes of an event stream."""

    name: str
    version: str
    request: dict[str, Any] = field(repr=False)
    response: dict[str, Any] = field(repr=False)
    stream: bytes = field(default=b"", repr=False)

    def __str__(self) -> str:
        return self.name if self.version == JUNE else f"{self.version}-{self.name}"

    @property
    def status(self) -> int:
        """The status of the response."""
        status: int = self.response["status"]
        return status

    @property
    def content_type(self) -> str:
        """The content type of the response."""
        content_type: str = self.response["headers"].get("content-type", "")
        return content_type

    @property
    def body(self) -> Any:
        """The body of the response: its JSON, its text, or the text of its stream."""
        return self.stream.decode() if self.is_stream else self.response["body"]

    @property
    def is_stream(self) -> bool:
        """The response is an event stream."""
        return bool(self.stream)

    @property
    def events(self) -> list[Event]:
        """The events of the stream; a ping is an event without fields."""
        return list(parse_events(self.stream.decode()))


def shared_folder() -> Path | None:
    """Return the folder with complete sets and published documents, or None on machines without it."""
    folder = Path(os.environ.get("CHATFLOW_FIXTURES", ROOT.parent / "shared"))
    return folder if (folder / "wire").is_dir() else None


def copies(*versions: str) -> list[Exchange]:
    """Return the exchanges copied into this project, by default those of the June state."""
    return [exchange for version in versions or (JUNE,) for exchange in read_folder(version, COPIES / version)]


def complete(*versions: str) -> list[Exchange]:
    """Return the complete sets, or the copies where the complete sets are missing."""
    folder = shared_folder()
    if folder is None:
        return copies(*versions)
    return [exchange for version in versions or (JUNE,) for exchange in read_folder(version, folder / FOLDERS[version])]


def recorded_streams(*versions: str) -> list[Exchange]:
    """Return the complete sets' exchanges whose response is an event stream."""
    return [exchange for exchange in complete(*versions) if exchange.is_stream]


def copy_of(name: str, version: str = JUNE) -> Exchange:
    """Return the copied exchange whose name starts with `name`.

    Raises:
        LookupError: There is none, or more than one.
    """
    found = [exchange for exchange in copies(version) if exchange.name.startswith(name)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} recordings of {version} start with {name!r}; give the name of one")
    return found[0]


@cache
def read_folder(version: str, folder: Path) -> tuple[Exchange, ...]:
    """Read every exchange in a folder, sorted by name."""
    return tuple(read_file(version, path) for path in sorted(folder.glob("*.json")))


def read_file(version: str, path: Path) -> Exchange:
    """Read one exchange and, where there is one, the stream next to it."""
    data, stream = json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".sse")
    content = stream.read_bytes() if stream.exists() else b""
    return Exchange(path.stem, version, data["request"], data["response"], content)


def parse_events(text: str) -> Iterator[Event]:
    """Yield the events of a stream's text; a ping is an event without fields, an `id:` line becomes `cursor`."""
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        fields = {name: value.removeprefix(" ") for name, _, value in (line.partition(":") for line in lines)}
        if "data" in fields:
            event: Event = json.loads(fields["data"])
            yield {"cursor": fields["id"], **event} if "id" in fields else event
        elif "event" in fields:
            yield {"event": fields["event"]}
