"""Filtering of events that a reconnection repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow_client.models.message_event import MessageEvent
from dify_chatflow_client.models.message_replace_event import MessageReplaceEvent
from dify_chatflow_client.models.workflow_started_event import WorkflowStartedEvent

if TYPE_CHECKING:
    from dify_chatflow._streaming.event import StreamEvent


class ReplayFilter:
    """A filter that drops the events a reconnection repeats.

    Attributes:
        is_reconnected: Whether the current connection is not the first one.
        is_live: Whether the current connection has reached events that are not repeated.
    """

    def __init__(self) -> None:
        self.is_reconnected = False
        self.is_live = False
        self._seen: set[tuple[Any, ...]] = set()

    def record(self, event: StreamEvent) -> None:
        """Record an event that was yielded."""
        key = event_key(event)
        if key is not None:
            self._seen.add(key)
        elif is_resumption(event):
            # The nodes that waited start again, under the same ids.
            waited = {known[1] for known in self._seen if known[0] == "node_finished" and known[2] == "paused"}
            self._seen = {known for known in self._seen if known[0] != "node_started" or known[1] not in waited}

    def expect_replay(self) -> None:
        """Expect repeated events from here on."""
        self.is_reconnected, self.is_live = True, False

    def filter(self, event: StreamEvent, accumulator: Accumulator) -> StreamEvent | None:
        """Return the new part of an event; None where all of it is repeated."""
        if not self.is_reconnected or self.is_live or event.event == "message":
            return event
        if isinstance(event, MessageReplaceEvent) and not event.reason:
            return filter_snapshot(event, accumulator)
        if event_key(event) in self._seen:
            return None
        self.is_live = is_resumption(event)
        return event


def filter_snapshot(event: MessageReplaceEvent, accumulator: Accumulator) -> StreamEvent | None:
    """Return the missing chunk of a snapshot's answer; None where the snapshot is older or the answer was replaced."""
    known = accumulator.reply.answer
    if not event.answer or len(event.answer) < len(known) or accumulator.reply.moderated:
        return None
    if not event.answer.startswith(known):
        return event
    accumulator.text.close_gap()
    if event.answer == known:
        return None
    ids = (event.task_id, event.message_id, event.conversation_id, event.created_at)
    return MessageEvent(*ids, event.answer[len(known) :])


def is_resumption(event: StreamEvent) -> bool:
    """Return whether a paused run resumes with this event."""
    return isinstance(event, WorkflowStartedEvent) and event.data.reason == "resumption"


def event_key(event: StreamEvent) -> tuple[Any, ...] | None:
    """Return the key by which a repeated event is recognised; None for text, which is compared as text.

    The index of a node is left out: live events have 1, snapshots count up (recording 308_events_paused_snapshot).
    """
    name = event.event
    if name == "message_end":
        return (name,)
    data: Any = getattr(event, "data", None)
    if data is None or isinstance(data, dict) or name in ("reasoning_chunk", "text_chunk"):
        return None
    if is_resumption(event):
        return None  # snapshots do not repeat it (recording 322_events_resume_snapshot_continue)
    if name == "workflow_paused":
        return (name, *(reason.get("form_id") for reason in data.reasons))
    identifier = next((getattr(data, key) for key in ("form_id", "id", "node_id") if getattr(data, key, None)), None)
    # An iteration or loop inside another one starts in each round under the same id.
    keys = ("index", "created_at") if name.startswith(("iteration_", "loop_")) else ("retry_index", "reason")
    return (name, identifier, getattr(data, "status", None), *(getattr(data, key, None) for key in keys))
