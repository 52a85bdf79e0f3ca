"""Live run: its record, its channel, and the answer text that is still to be streamed."""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from local_dify.engine import events
from local_dify.engine.channel import Channel
from local_dify.engine.pool import Pool, Segment, parse_segments
from local_dify.engine.results import NodeResult
from local_dify.json_types import Record
from local_dify.script import CONTAINERS, Node, Script

START = Node(type="start", id="start")
# Characters of an answer after which its moderation looks at it while it is streamed (source).
MODERATED_AFTER = 300
# Nodes that hold back the rest of the answer until they have finished.
GATES = (*CONTAINERS, "assigner", "human-input")


class Withheld(Exception):  # noqa: N818 - not a failure
    """Signal that moderation replaces the answer while it is streamed, and stops the run."""


@dataclass
class Queued:
    """Piece of an answer that was not sent yet; `gate` is the index of the node it waits for."""

    answer: str
    gate: int
    piece: Segment


@dataclass
class Run:
    """Unfinished run; `record` is its stored form.

    `unspoken` counts the characters sent since the last speech.
    """

    record: Record
    script: Script
    envelope: events.Envelope
    pool: Pool
    channel: Channel
    clock: Callable[[], float]
    resumed: bool = False
    stopped: bool = False
    reader_left: bool = False
    unspoken: int = 0
    sent: list[str] = field(default_factory=list[str])
    queue: deque[Queued] = field(default_factory=deque[Queued])
    first_text: float | None = None
    begun: float = field(default_factory=time.perf_counter)

    @property
    def elapsed(self) -> float:
        """Seconds since the run started or was resumed."""
        return round(time.perf_counter() - self.begun, 6)

    def send(self, event: str, data: Record) -> None:
        """Send an event about the run."""
        self.channel.send(self.envelope.run_event(event, data))

    def mark_first_text(self) -> None:
        """Remember the time of the first text."""
        self.first_text = self.elapsed if self.first_text is None else self.first_text

    def send_text(self, text: str, selector: Sequence[str] | None) -> None:
        """Send a chunk of the answer.

        Raises:
            Withheld: The answer so far has an unsafe word, and is long enough to be moderated.
        """
        if self.resumed and not self.channel.version.resumed_text:
            return
        self.mark_first_text()
        self.sent.append(text)
        self.unspoken += len(text)
        fields = {"id": self.envelope.message_id, "answer": text, "from_variable_selector": selector and list(selector)}
        self.channel.send(self.envelope.message_event("message", **fields))
        answer = "".join(self.sent).lower()
        if len(answer) >= MODERATED_AFTER and any(word in answer for word in self.script.unsafe_words):
            raise Withheld

    def send_started(self, reason: str) -> None:
        """Send `workflow_started`."""
        self.begun, self.first_text = time.perf_counter(), None
        data = {"id": self.record["id"], "workflow_id": self.record["workflow_id"], "inputs": self.record["inputs"]}
        self.send("workflow_started", {**data, "created_at": int(self.clock()), "reason": reason})

    def start_node(self, node: Node, *, iteration_id: str | None = None, loop_id: str | None = None) -> Record:
        """Send `node_started`."""
        started = self.add_node(node, iteration_id=iteration_id, loop_id=loop_id)
        self.send("node_started", events.node_started_data(started))
        return started

    def add_container(self, node: Node) -> Record:
        """Return the record of a loop or iteration, which only snapshots show (main-2026-06: 613, 616)."""
        return self.add_node(node)

    def add_node(self, node: Node, *, iteration_id: str | None = None, loop_id: str | None = None) -> Record:
        """Return the record of a node that starts now."""
        started: Record = {
            "id": str(uuid.uuid4()),
            "node_id": node.id,
            "node_type": node.type,
            "title": node.title,
            "index": 1,
            "predecessor_node_id": None,
            "status": "running",
            "error": None,
            "created_at": int(self.clock()),
            "elapsed_time": 0.0,
            "finished_at": None,
            "execution_metadata": None,
            "files": [],
            "iteration_id": iteration_id,
            "loop_id": loop_id,
            "agent_strategy": {"name": "local", "icon": None} if node.type == "agent" else None,
            "extras": {"icon": ""} if node.type == "tool" and node.error is None else {},
            "begun": time.perf_counter(),
        }
        self.record["nodes"].append(started)
        if not (iteration_id or loop_id):
            self.record["total_steps"] += 1
        return started

    def finish_node(self, started: Record, played: NodeResult) -> None:
        """Send `node_finished`."""
        started |= vars(played) | {"finished_at": int(self.clock())}
        if "place" in started:
            started["execution_metadata"] = {**(played.execution_metadata or {}), **started["place"]}
        started["elapsed_time"] = round(time.perf_counter() - started["begun"], 6)
        self.record["total_tokens"] += (played.execution_metadata or {}).get("total_tokens", 0)
        self.send("node_finished", events.node_finished_data(started))

    def retry_node(self, started: Record, node: Node, attempt: int) -> None:
        """Send `node_retry`, which counts as a step and an exception (main-2026-06: 611)."""
        self.record["total_steps"] += 1
        self.record["exceptions_count"] += 1
        result = NodeResult(inputs=dict(node.inputs), error=node.error, status="retry")
        ended = {"finished_at": int(self.clock()), "elapsed_time": round(time.perf_counter() - started["begun"], 6)}
        started |= {"status": "retry", "finished_at": ended["finished_at"], "error": node.error}
        data = events.node_finished_data(started | vars(result) | ended)
        self.send("node_retry", {**data, "retry_index": attempt})

    def queue_answers(self, nodes: Sequence[Node], first: int) -> None:
        """Queue the texts of the answer nodes from index `first` on."""
        gate = first - 1
        for index, node in enumerate(nodes[first:], first):
            if node.type == "answer":
                self.queue.extend(Queued(node.id, gate, piece) for piece in parse_segments(node.text))
            # An answer is sent once the answer before it has run (1.9.2: 067).
            if node.type in GATES or node.type == "answer" or node.on_error == "branch":
                gate = index

    def flush_answers(self, done: int) -> None:
        """Send the part of the answer that is known once the node at index `done` has finished."""
        while self.queue and self.queue[0].gate <= done:
            queued = self.queue[0]
            selector = queued.piece.selector
            if selector and not self.pool.has(selector):
                return
            self.queue.popleft()
            text = self.pool.text("{{#" + ".".join(selector) + "#}}") if selector else queued.piece.text
            if selector[:1] == ("inputs",):
                selector = (START.id, *selector[1:])
            self.send_text(text, selector or (queued.answer, "answer"))

    def is_streamed(self, node: Node, index: int) -> bool:
        """Return True if the answer waits for the text of this node, which is then streamed."""
        waits = bool(self.queue) and self.queue[0].gate < max(index, 0)
        return waits and self.queue[0].piece.selector == (node.id, node.variable)
