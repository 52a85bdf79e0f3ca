"""Filtering of events that joining a run repeats."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import Any

from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.coerce import items, mapping, string
from dify_chatflow._streaming.event import StreamEvent, event_name
from dify_chatflow._streaming.node import CONTAINERS, UNDER_WAY
from dify_chatflow._streaming.text import Text
from dify_chatflow_client.models.message_event import MessageEvent
from dify_chatflow_client.models.message_replace_event import MessageReplaceEvent
from dify_chatflow_client.models.workflow_started_event import WorkflowStartedEvent

# Events that come in any number and that no snapshot repeats.
STREAMED = frozenset({"reasoning_chunk", "text_chunk", "agent_log"})


class Replay(Enum):
    """The events that a connection repeats.

    Attributes:
        NOTHING: All its events are new.
        FRESH: It is the first one: nothing can be repeated, but events may be missing.
        UNDECIDED: Its first events decide.
        SNAPSHOT: The events so far in a shorter form, with the stored part of the answer as `message_replace`.
        LOG: All events of the run from its start, text included.
    """

    NOTHING = 1
    UNDECIDED = 2
    SNAPSHOT = 3
    LOG = 4
    FRESH = 5


class ReplayFilter:
    """A filter that drops the events a connection repeats.

    Attributes:
        replay: What the current connection repeats.
    """

    def __init__(self) -> None:
        self.replay = Replay.NOTHING
        self._seen: Counter[tuple[Any, ...]] = Counter()
        self._repeated: Counter[tuple[Any, ...]] = Counter()
        self._text_position = self._text_length = 0
        self._reasoning_position = self._reasoning_length = 0
        self._has_started = False

    def record(self, event: StreamEvent) -> None:
        """Record an event that was yielded."""
        if is_resumption(event):
            # The nodes that waited start again, under the same ids.
            waited = {key[1] for key in self._seen if key[0] == "node_finished" and key[2] == "paused"}
            for key in [key for key in self._seen if key[0] == "node_started" and key[1] in waited]:
                del self._seen[key]
        self._seen[event_key(event)] += 1

    def expect_replay(self, accumulator: Accumulator) -> None:
        """Expect events from here on that repeat what is known."""
        self.replay = Replay.UNDECIDED
        self._repeated.clear()
        self._text_position = self._reasoning_position = 0
        self._text_length, self._reasoning_length = len(str(accumulator.text)), len(str(accumulator.reasoning))
        self._has_started = False

    def filter(self, event: StreamEvent, accumulator: Accumulator, *, has_cursor: bool = False) -> StreamEvent | None:
        """Return the new part of an event; None where all of it is repeated.

        A partial event, another one than `event`, has been added to the accumulator.

        Args:
            event: The event.
            accumulator: What is known so far.
            has_cursor: Whether the event has an id: events of a snapshot have none.
        """
        if self.replay is Replay.NOTHING:
            return event
        if self.replay is Replay.FRESH:
            self.replay = Replay.NOTHING
            if has_cursor and is_start(event):
                accumulator.fill_gaps()
            return event
        if self.replay is Replay.UNDECIDED:
            self._decide(event, accumulator, has_cursor=has_cursor)
        if self.replay is Replay.LOG:
            return self._filter_log(event, accumulator)
        if self.replay is Replay.SNAPSHOT:
            return self._filter_snapshot(event, accumulator)
        if is_snapshot_text(event):
            return filter_snapshot_text(event, accumulator)
        return None if self._is_repeated(event) else event

    def _is_repeated(self, event: StreamEvent) -> bool:
        """Return whether a snapshot can repeat this event, and does."""
        key = event_key(event)
        return bool(self._seen[key]) and (key[1] is not None or event_name(event) == "message_end")

    def _decide(self, event: StreamEvent, accumulator: Accumulator, *, has_cursor: bool) -> None:
        """Decide what the connection repeats."""
        if is_start(event) and not self._has_started:
            self._has_started = True
            if has_cursor:
                self.replay = Replay.LOG
                if not self._seen or not self._text_length:
                    accumulator.fill_gaps()
        elif has_cursor:
            self.replay = Replay.NOTHING
            accumulator.fill_gaps()  # the server continues right after the last id
        elif is_snapshot_text(event) or not self._has_started:
            self.replay = Replay.SNAPSHOT
        elif self._seen:
            self.replay = Replay.LOG

    def _filter_snapshot(self, event: StreamEvent, accumulator: Accumulator) -> StreamEvent | None:
        if event.event == "message":
            return event
        if is_snapshot_text(event):
            return filter_snapshot_text(event, accumulator)
        if is_resumption(event):
            self.replay = Replay.NOTHING
            return event
        data: Any = getattr(event, "data", None)
        node = accumulator.reply.nodes.get(string(getattr(data, "node_id", None)) or "")
        if node is not None and node.node_type in CONTAINERS and event_name(event).startswith("node_"):
            return None if event.event == "node_started" or node.status not in UNDER_WAY else event
        known = accumulator.reply.nodes.get(string(getattr(data, "id", None)) or "")
        if known is not None and known.retries and event.event == "node_finished" and data.status == "retry":
            return None
        return None if self._is_repeated(event) else event

    def _filter_log(self, event: StreamEvent, accumulator: Accumulator) -> StreamEvent | None:
        """Return the new part of an event of a log, which repeats text chunk by chunk."""
        if isinstance(event, MessageEvent) and event.answer:
            rest = self._new_text(event.answer, accumulator.text)
            if not rest:
                return None
            if rest == event.answer:
                return event
            partial = with_answer(event, rest)
            accumulator.add(partial)
            return partial
        if event.event == "reasoning_chunk" and self._reasoning_position < self._reasoning_length:
            self._reasoning_position += len(string(getattr(getattr(event, "data", None), "reasoning", None)) or "")
            return None
        key = event_key(event)
        self._repeated[key] += 1
        return None if self._repeated[key] <= self._seen[key] else event

    def _new_text(self, chunk: str, text: Text) -> str:
        """Return the part of a chunk that is new; the gap is closed where the log meets the known text."""
        repeated = str(text)[self._text_position : self._text_length]
        if not repeated:
            return chunk
        if not (repeated.startswith(chunk) or chunk.startswith(repeated)):
            self._text_position = self._text_length  # it is not a log from the start
            return chunk
        self._text_position += min(len(chunk), len(repeated))
        if self._text_position == self._text_length and text.gaps == [self._text_length]:
            text.close_gaps()
        return chunk[len(repeated) :]


def filter_snapshot_text(event: StreamEvent, accumulator: Accumulator) -> StreamEvent | None:
    """Return the missing chunk of a snapshot's answer; None where the snapshot is older or the answer was replaced."""
    text, answer = accumulator.text, string(getattr(event, "answer", None)) or ""
    known = str(text)
    if not answer or len(answer) < len(known) or not text.gaps or accumulator.reply.moderated:
        return None
    if not answer.startswith(known):
        return event
    text.close_gaps()
    text.add(answer[len(known) :])
    text.mark_gap()  # the answer is stored now and then: later chunks may be missing
    return with_answer(event, answer[len(known) :]) if answer != known else None


def with_answer(event: Any, answer: str) -> MessageEvent:
    """Return a `message` with the ids of an event."""
    return MessageEvent(event.task_id, event.message_id, event.conversation_id, event.created_at, answer)


def is_snapshot_text(event: StreamEvent) -> bool:
    """Return whether a snapshot repeats the stored answer here: a moderated one has a reason, or none at all."""
    return isinstance(event, MessageReplaceEvent) and event.reason == ""


def is_start(event: StreamEvent) -> bool:
    """Return whether a run starts with this event."""
    return isinstance(event, WorkflowStartedEvent) and not is_resumption(event)


def is_resumption(event: StreamEvent) -> bool:
    """Return whether a paused run resumes with this event."""
    return isinstance(event, WorkflowStartedEvent) and getattr(event.data, "reason", None) == "resumption"


def event_key(event: StreamEvent) -> tuple[Any, ...]:
    """Return the key by which a repeated event is recognised.

    The index of a node is left out: live events have 1, snapshots count up (recording 308_events_paused_snapshot).
    """
    name = event_name(event)
    data: Any = getattr(event, "data", None)
    if is_resumption(event):
        return (name, "resumption", None)
    if name == "workflow_paused":
        return (
            name,
            "forms",
            None,
            *(string(mapping(reason).get("form_id")) for reason in items(getattr(data, "reasons", None))),
        )
    if data is None or isinstance(data, (dict, list, str)) or name in STREAMED:
        return (name, None, None)
    found = (string(getattr(data, key, None)) for key in ("form_id", "id", "node_id"))
    identifier = next(filter(None, found), None)
    # An iteration or loop inside another one starts in each round under the same id.
    keys = ("index", "created_at") if name.startswith(("iteration_", "loop_")) else ("retry_index", "reason")
    details = (getattr(data, key, None) for key in ("status", *keys))
    return (name, identifier, *(value if isinstance(value, (str, int)) else None for value in details))
