"""One run of a flow: its nodes play one after the other, and send events in the order a real server does."""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from local_dify.engine import events
from local_dify.engine.channel import Channel
from local_dify.engine.containers import play_container
from local_dify.engine.nodes import NodeError, Played, play
from local_dify.engine.pool import Pool, Segment, segments
from local_dify.json_types import Record
from local_dify.script import CONTAINERS, Flow, Node, Script

ABORTED = "Aborted: User requested stop"
START = Node(type="start", id="start")
# After these, and only then, is it known what the answer will say: nothing of it is streamed before.
GATES = (*CONTAINERS, "assigner", "human-input")


class Paused(Exception):  # noqa: N818 - not a failure
    """The run waits at a human-input node."""

    def __init__(self, node: Node, index: int) -> None:
        super().__init__(node.id)
        self.node, self.index = node, index


@dataclass
class Queued:
    """A piece of an answer that is not sent yet; `gate` is the place of the node it waits for."""

    answer: str
    gate: int
    piece: Segment


@dataclass
class Run:
    """A run while it is alive; `record` is what is stored of it.

    `resumed` runs stream no `message` events (435_events2_snapshot_continue).
    """

    record: Record
    script: Script
    envelope: events.Envelope
    pool: Pool
    channel: Channel
    clock: Callable[[], float]
    resumed: bool = False
    stopped: bool = False
    sent: list[str] = field(default_factory=list[str])
    queue: deque[Queued] = field(default_factory=deque[Queued])
    first_text: float | None = None
    begun: float = field(default_factory=time.perf_counter)

    @property
    def elapsed(self) -> float:
        """Seconds since the run began or went on."""
        return round(time.perf_counter() - self.begun, 6)

    def send(self, event: str, data: Record) -> None:
        """Send an event about the run."""
        self.channel.send(self.envelope.run(event, data))

    def texted(self) -> None:
        """Remember when the first text came."""
        self.first_text = self.elapsed if self.first_text is None else self.first_text

    def say(self, text: str, selector: Sequence[str] | None) -> None:
        """Send a piece of the answer."""
        if self.resumed:
            return
        self.texted()
        self.sent.append(text)
        fields = {"id": self.envelope.message_id, "answer": text, "from_variable_selector": selector and list(selector)}
        self.channel.send(self.envelope.message("message", **fields))

    def begin(self, reason: str) -> None:
        """Send `workflow_started`."""
        self.begun, self.first_text = time.perf_counter(), None
        data = {"id": self.record["id"], "workflow_id": self.record["workflow_id"], "inputs": self.record["inputs"]}
        self.send("workflow_started", {**data, "created_at": int(self.clock()), "reason": reason})

    async def play(self, flow: Flow, number: int) -> None:
        """Run a flow from its start."""
        self.begin("initial")
        inputs = self.pool.groups["inputs"]
        self.finish_node(self.start_node(START), Played(outputs=inputs, inputs=inputs))
        self.expect(flow.nodes, 0)
        if len(self.script.flows) > 1:
            branch = Node(type="if-else", id="ifelse", title="IF")
            started = self.start_node(branch)
            self.flush(-1)
            self.finish_node(started, branched(self.script, str(self.pool.get(("sys", "query"))), number))
        self.flush(-1)
        await self.play_nodes(flow.nodes, 0)

    async def go_on(self, nodes: Sequence[Node], index: int, filled: Played | None, event: Record) -> None:
        """Run on after the human-input node at `index` was answered (`filled`) or timed out."""
        self.resumed = True
        self.begin("resumption")
        waiting = self.record["nodes"][-1]
        self.send("node_started", events.node_started(waiting))
        self.channel.send(event)
        self.record["total_steps"] += 1
        self.finish_node(waiting, filled or Played())
        await self.play_nodes(nodes, index + 1)

    async def go_wrong(self, error: str) -> None:
        """Fail at the human-input node, whose answer is of the wrong kind (322_events_resume_snapshot_continue)."""
        self.resumed = True
        self.begin("resumption")
        waiting = self.record["nodes"][-1]
        self.send("node_started", events.node_started(waiting))
        self.record["total_steps"] += 1
        self.record["exceptions_count"] += 1
        self.finish_node(waiting, Played(status="failed", error=error))
        raise NodeError(error)

    async def play_nodes(self, nodes: Sequence[Node], first: int) -> None:
        """Run the nodes from place `first` on."""
        for index in range(first, len(nodes)):
            await self.play_node(nodes[index], index)

    async def play_node(self, node: Node, index: int) -> None:
        """Run one node, with its retries and what becomes of its failure."""
        if node.type in CONTAINERS:
            await play_container(self, node)
            self.flush(index)
            return
        started = self.start_node(node)
        if node.type == "human-input":
            elapsed = round(time.perf_counter() - started["begun"], 6)
            started |= {"status": "paused", "elapsed_time": elapsed, "finished_at": int(self.clock())}
            raise Paused(node, index)
        await self.work(node, started, index)

    async def work(self, node: Node, started: Record, index: int) -> Played:
        """Let a started node do its work; inside containers, where nothing is streamed, `index` is -1."""
        try:
            played = await play(self, node, started, index)
        except NodeError as failure:
            played = self.failed(node, failure)
        self.pool.set(node.id, played.outputs)
        if index >= 0:
            self.flush(index)
        self.finish_node(started, played)
        if played.status == "failed":
            raise NodeError(str(played.error))
        return played

    def failed(self, node: Node, failure: NodeError) -> Played:
        """What a failed node shows, by its `on_error` (051_chat_failbranch_stream, 052_chat_defaultvalue_stream)."""
        self.record["exceptions_count"] += 1
        shown = Played(inputs=dict(node.inputs), error=str(failure), status="failed")
        shown.execution_metadata = node.execution_metadata
        if node.on_error == "fail":
            return shown
        defaults = dict(node.outputs) if node.on_error == "default" else {}
        shown.outputs = {**defaults, "error_message": str(failure), "error_type": node.error_type}
        strategy = {"branch": "fail-branch", "default": "default-value"}[node.on_error]
        shown.status, shown.error, shown.execution_metadata = "exception", "Unknown error", {"error_strategy": strategy}
        return shown

    def start_node(self, node: Node, *, iteration_id: str | None = None, loop_id: str | None = None) -> Record:
        """Send `node_started`."""
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
            "begun": time.perf_counter(),
        }
        if not (iteration_id or loop_id):
            self.record["nodes"].append(started)
            self.record["total_steps"] += 1
        self.send("node_started", events.node_started(started))
        return started

    def finish_node(self, started: Record, played: Played) -> None:
        """Send `node_finished`."""
        started |= vars(played) | {"finished_at": int(self.clock())}
        if "place" in started:
            started["execution_metadata"] = {**(played.execution_metadata or {}), **started["place"]}
        started["elapsed_time"] = round(time.perf_counter() - started["begun"], 6)
        self.record["total_tokens"] += (played.execution_metadata or {}).get("total_tokens", 0)
        self.send("node_finished", events.node_finished(started))

    def retry_node(self, started: Record, node: Node, attempt: int) -> None:
        """Send `node_retry`."""
        shown = Played(inputs=dict(node.inputs), error=node.error, status="retry")
        ended = {"finished_at": int(self.clock()), "elapsed_time": round(time.perf_counter() - started["begun"], 6)}
        self.send("node_retry", {**events.node_finished(started | vars(shown) | ended), "retry_index": attempt})

    def expect(self, nodes: Sequence[Node], first: int) -> None:
        """Queue the texts of the answer nodes from place `first` on."""
        gate = first - 1
        for index, node in enumerate(nodes[first:], first):
            if node.type == "answer":
                self.queue.extend(Queued(node.id, gate, piece) for piece in segments(node.text))
            if node.type in GATES or node.on_error == "branch":
                gate = index

    def flush(self, done: int) -> None:
        """Send what can be said of the answer once the node at place `done` is done."""
        while self.queue and self.queue[0].gate <= done:
            queued = self.queue[0]
            selector = queued.piece.selector
            if selector and not self.pool.has(selector):
                return
            self.queue.popleft()
            text = self.pool.text("{{#" + ".".join(selector) + "#}}") if selector else queued.piece.text
            if selector[:1] == ("inputs",):
                selector = (START.id, *selector[1:])
            self.say(text, selector or (queued.answer, "answer"))

    def is_live(self, node: Node, index: int) -> bool:
        """Whether the answer waits for this very text, so that it can be streamed while it is made."""
        waits = bool(self.queue) and not self.resumed and self.queue[0].gate < max(index, 0)
        return waits and self.queue[0].piece.selector == (node.id, node.variable)


def branched(script: Script, query: str, number: int) -> Played:
    """What the branch node shows: the cases it tried, the last of which decides."""
    cases = [flow.when for flow in script.flows[: number + 1 or None] if flow.when]
    chosen = script.flows[number].when if number >= 0 else ""
    results = [
        {
            "group": {
                "case_id": case,
                "logical_operator": "and",
                "conditions": [
                    {
                        "variable_selector": ["sys", "query"],
                        "comparison_operator": "start with",
                        "value": case,
                        "sub_variable_condition": None,
                    }
                ],
            },
            "results": [case == chosen],
            "final_result": case == chosen,
        }
        for case in cases
    ]
    last = {"actual_value": query, "expected_value": cases[-1] if cases else "", "comparison_operator": "start with"}
    return Played(
        inputs={"conditions": [last]},
        process_data={"condition_results": results},
        outputs={"result": bool(chosen), "selected_case_id": chosen or "false"},
    )
