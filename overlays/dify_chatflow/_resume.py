"""Going on where a stream broke: what the server repeats is known, so nothing is given twice."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from attrs import define, field

from dify_chatflow_client.models.stream_event_chat_message import StreamEventChatMessage
from dify_chatflow_client.models.stream_event_chat_message_replace import StreamEventChatMessageReplace

if TYPE_CHECKING:
    from dify_chatflow._events import StreamEvent
    from dify_chatflow._reply import Reply


def identity(event: StreamEvent) -> tuple[Any, ...] | None:
    """What an event is known by when a snapshot repeats it; None for text, which is compared as text.

    The index of a node is left out: live events say 1, snapshots count up (recording 308_events_paused_snapshot).
    """
    name = event.event
    if name == "message_end":
        return (name,)
    data: Any = getattr(event, "data", None)
    if data is None or isinstance(data, dict) or name in ("reasoning_chunk", "text_chunk"):
        return None
    if name == "workflow_paused":
        return (name, *(reason.get("form_id") for reason in data.reasons))
    known_by = next((getattr(data, key) for key in ("form_id", "id", "node_id") if getattr(data, key, None)), None)
    index = getattr(data, "index", None) if name in ("iteration_next", "loop_next") else None
    further = (getattr(data, key, None) for key in ("status", "retry_index", "reason"))
    return (name, known_by, index, *further)


@define
class Memory:
    """What a stream has given so far, and what a reconnection is about to repeat.

    Attributes:
        is_reconnected: Whether the connection read now is not the first one.
    """

    is_reconnected: bool = False
    _seen: set[tuple[Any, ...]] = field(factory=set)
    _repeated: str = ""

    def note(self, event: StreamEvent) -> None:
        """Remember an event that was given."""
        known_by = identity(event)
        if known_by is not None:
            self._seen.add(known_by)

    def reconnected(self, reply: Reply) -> None:
        """Expect repetitions from now on; text that was missed is told by the outputs at the end."""
        reply.from_start = False
        self.is_reconnected = True
        self._repeated = ""

    def sift(self, event: StreamEvent, reply: Reply) -> StreamEvent | None:
        """The event as far as it is new; None when it is not."""
        if not self.is_reconnected:
            return event
        if isinstance(event, StreamEventChatMessageReplace) and not event.reason:
            return self._sift_snapshot(event, reply.answer)
        if isinstance(event, StreamEventChatMessage):
            return self._sift_text(event)
        if identity(event) in self._seen:
            return None
        if event.event == "workflow_started":
            # What a resumed run sends from here on is new, also under ids that were seen before the pause.
            self._seen.clear()
        return event

    def _sift_snapshot(self, event: StreamEventChatMessageReplace, given: str) -> StreamEvent | None:
        """A snapshot's answer so far as the piece that is missing; what it lacks itself will be repeated."""
        if given.startswith(event.answer):
            self._repeated = given[len(event.answer) :]
            return None
        if not event.answer.startswith(given):
            return event
        return StreamEventChatMessage(
            event.task_id, event.message_id, event.conversation_id, event.created_at, event.answer[len(given) :]
        )

    def _sift_text(self, event: StreamEventChatMessage) -> StreamEvent | None:
        """A piece of text without what was given before."""
        repeated, text = self._repeated, event.answer
        if repeated.startswith(text):
            self._repeated = repeated[len(text) :]
            return event if not repeated else None
        self._repeated = ""
        if not text.startswith(repeated):
            return event
        rest = copy.copy(event)
        rest.answer = text[len(repeated) :]
        return rest
