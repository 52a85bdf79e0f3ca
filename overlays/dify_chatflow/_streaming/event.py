"""The events of a stream as users see them: the generated classes, and `UnknownEvent`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias, cast

from dify_chatflow_client.models.stream_event import StreamEvent as KnownEvent
from dify_chatflow_client.types import show


@dataclass(frozen=True, repr=False)
class UnknownEvent:
    """An event that has no class, or whose payload does not fit its class.

    Attributes:
        event: Always `unknown`, so that comparing `event` with the name of a known event excludes this class.
        name: The event's name, from the payload or else from the stream.
        data: The payload: parsed JSON, or text where it is not JSON.
        reason: Why the event has no type.
    """

    event: ClassVar[Literal["unknown"]] = "unknown"
    name: str
    data: Any
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the payload as received; a payload that is not a JSON object is returned under `data`."""
        if isinstance(self.data, dict):
            return cast("dict[str, Any]", self.data)
        return {"event": self.name, "data": self.data}

    def to_json(self, *, indent: int | None = None) -> str:
        """Return `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def __repr__(self) -> str:
        return f"UnknownEvent(name={self.name!r}, data={show(self.data, 1)}, reason={self.reason!r})"


StreamEvent: TypeAlias = "KnownEvent | UnknownEvent"
"""Any event of a stream: one of the documented classes, or `UnknownEvent`"""


def event_name(event: StreamEvent) -> str:
    """Return the name of an event as the server sent it."""
    return event.name if isinstance(event, UnknownEvent) else event.event
