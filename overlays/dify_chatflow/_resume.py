"""Going on where a stream broke: what the server repeats is known, so nothing is given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from dify_chatflow_client.models.stream_event_chat_message import StreamEventChatMessage
from dify_chatflow_client.models.stream_event_chat_message_replace import StreamEventChatMessageReplace
from dify_chatflow_client.models.stream_event_workflow_started import StreamEventWorkflowStarted

if TYPE_CHECKING:
    from dify_chatflow._events import StreamEvent
    from dify_chatflow._reply import Reply


def is_resumption(event: StreamEvent) -> bool:
    """Whether a paused run goes on here."""
    return isinstance(event, StreamEventWorkflowStarted) and event.data.reason == "resumption"


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
    if is_resumption(event):
        return None  # no snapshot tells of it (recording 322_events_resume_snapshot_continue)
    if name == "workflow_paused":
        return (name, *(reason.get("form_id") for reason in data.reasons))
    known_by = next((getattr(data, key) for key in ("form_id", "id", "node_id") if getattr(data, key, None)), None)
    # An iteration or loop inside another one begins in each round under the same id.
    keys = ("index", "created_at") if name.startswith(("iteration_", "loop_")) else ("retry_index", "reason")
    return (name, known_by, getattr(data, "status", None), *(getattr(data, key, None) for key in keys))


@define
class Memory:
    """What a stream has given so far, and what a reconnection is about to repeat.

    Attributes:
        is_reconnected: Whether the connection read now is not the first one.
        is_live: Whether that connection has come to where nothing is repeated any more.
    """

    is_reconnected: bool = False
    is_live: bool = False
    _seen: set[tuple[Any, ...]] = field(factory=set)

    def note(self, event: StreamEvent) -> None:
        """Remember an event that was given."""
        known_by = identity(event)
        if known_by is not None:
            self._seen.add(known_by)
        elif is_resumption(event):
            # The nodes that waited begin once more, under the same ids.
            waited = {known[1] for known in self._seen if known[0] == "node_finished" and known[2] == "paused"}
            self._seen = {known for known in self._seen if known[0] != "node_started" or known[1] not in waited}

    def reconnected(self, reply: Reply) -> None:
        """Expect repetitions from now on; text that was missed is told by the outputs at the end."""
        reply.join()
        self.is_reconnected, self.is_live = True, False

    def sift(self, event: StreamEvent, reply: Reply) -> StreamEvent | None:
        """The event as far as it is new; None when it is not."""
        if not self.is_reconnected or self.is_live or event.event == "message":
            return event
        if isinstance(event, StreamEventChatMessageReplace) and not event.reason:
            return sift_snapshot(event, reply)
        if identity(event) in self._seen:
            return None
        self.is_live = is_resumption(event)
        return event


def sift_snapshot(event: StreamEventChatMessageReplace, reply: Reply) -> StreamEvent | None:
    """A snapshot's answer so far as the piece that is missing; None where it is older, or was replaced."""
    given = reply.answer
    if not event.answer or len(event.answer) < len(given) or reply.moderated:
        return None
    if not event.answer.startswith(given):
        return event
    reply.text.settle()
    if event.answer == given:
        return None
    ids = (event.task_id, event.message_id, event.conversation_id, event.created_at)
    return StreamEventChatMessage(*ids, event.answer[len(given) :])
