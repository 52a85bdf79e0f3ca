"""The events of a stream as users see them: the generated classes, and `UnknownEvent`."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from attrs import frozen

from dify_chatflow_client.models.stream_event import StreamEvent as KnownEvent


@frozen
class UnknownEvent:
    """An event that has no class, or whose payload does not fit its class.

    Attributes:
        event: The event's name, from the payload or else from the stream.
        data: The payload: parsed JSON, or text where it is not JSON.
        reason: Why the event has no type.
    """

    event: str
    data: Any
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the payload as received; a payload that is not a JSON object is returned under `data`."""
        if isinstance(self.data, dict):
            return cast("dict[str, Any]", self.data)
        return {"event": self.event, "data": self.data}


StreamEvent: TypeAlias = "KnownEvent | UnknownEvent"
"""Any event of a stream: one of the documented classes, or `UnknownEvent`"""
