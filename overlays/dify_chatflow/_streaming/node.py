"""The executions of nodes as their events describe them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from dify_chatflow._record import Record, record
from dify_chatflow._streaming.coerce import integer, items, mapping, number, string
from dify_chatflow_client.types import to_datetime

if TYPE_CHECKING:
    from datetime import datetime

UNDER_WAY = frozenset({"running", "paused", "retry"})
CONTAINERS = frozenset({"iteration", "loop"})


@record
class Node(Record):
    """One execution of a node.

    Attributes:
        id: The execution; for iterations and loops the node's own id.
        node_id: The node in the workflow.
        node_type: Its type: `llm`, `code`, `iteration`, `loop` and so on.
        title: Its label in the workflow editor.
        status: `running`, `succeeded`, `failed`, `exception` (failed, but the run continues), `retry`, `paused`,
            `stopped`, or another value from the server.
        error: Why it failed; None if it did not.
        started_at: When it started, in Unix seconds.
        finished_at: When it ended, in Unix seconds.
        elapsed_time: Its duration in seconds.
        retries: The number of further attempts.
        iteration_id: The iteration that contains it.
        loop_id: The loop that contains it.
        round: The round of that iteration or loop, from 0.
        rounds: For an iteration or loop, the number of rounds started so far.
        outputs: Its outputs; empty where the server does not send them, as in a snapshot.
    """

    id: str
    node_id: str | None = None
    node_type: str | None = None
    title: str | None = None
    status: str = "running"
    error: str | None = None
    started_at: int | None = None
    finished_at: int | None = None
    elapsed_time: float | None = None
    retries: int = 0
    iteration_id: str | None = None
    loop_id: str | None = None
    round: int | None = None
    rounds: int = 0
    outputs: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def started_at_datetime(self) -> datetime | None:
        """`started_at` as a datetime in UTC; None if it is unknown."""
        return to_datetime(self.started_at)

    @property
    def finished_at_datetime(self) -> datetime | None:
        """`finished_at` as a datetime in UTC; None before the end."""
        return to_datetime(self.finished_at)


class NodeTable:
    """The executions of a run by their key; `nodes` is what the reply shows."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}

    def start(self, data: Any) -> None:
        """Add a started execution."""
        if (key := node_key(data)) is None:
            return
        node = self.nodes.get(key)
        if node is None or is_restarted(node, data):
            self._add(key, data)
        elif node.status in UNDER_WAY:
            node.status = "running"

    def finish(self, data: Any) -> None:
        """Add the end of an execution."""
        if (key := node_key(data)) is None:
            return
        node = self.nodes.get(key) or self._add(key, data)
        node.status = string(data.status) or "succeeded"
        node.error = string(data.error)
        node.elapsed_time = number(data.elapsed_time)
        node.finished_at = integer(data.finished_at)
        node.outputs = mapping(data.outputs) or node.outputs

    def complete(self, data: Any) -> None:
        """Add the end of an iteration or loop, whose last `loop_next` may announce a round that never starts."""
        self.finish(data)
        node, steps = self.nodes.get(node_key(data) or ""), integer(getattr(data, "steps", None))
        # `steps` of a loop is its limit (recording 606_loop_answer_inside_stream), of an iteration its rounds.
        if node is not None and steps is not None and (node.rounds > steps or node.node_type == "iteration"):
            node.rounds = steps

    def retry(self, data: Any) -> None:
        """Add another attempt."""
        self.finish(data)
        if node := self.nodes.get(node_key(data) or ""):
            node.retries = max(node.retries + 1, integer(getattr(data, "retry_index", None)) or 0)

    def next_round(self, data: Any) -> None:
        """Add the next round of an iteration or loop."""
        if node := self.nodes.get(node_key(data) or ""):
            node.rounds = max(node.rounds, (integer(data.index) or 0) + 1)

    def pause(self, node_ids: Any) -> None:
        """Mark the nodes that wait."""
        waiting = [node_id for node_id in items(node_ids) if isinstance(node_id, str)]
        for node in self.nodes.values():
            if node.node_id in waiting and node.status in UNDER_WAY:
                node.status = "paused"

    def end(self, run_status: str) -> None:
        """End the executions whose end was not received, by the status of the run."""
        status = "succeeded" if run_status in ("succeeded", "partial-succeeded") else run_status
        for node in self.nodes.values():
            if node.status in UNDER_WAY:
                node.status = status

    def _add(self, key: str, data: Any) -> Node:
        """Add an execution, with the round of the loop or iteration that contains it."""
        node = self.nodes[key] = Node(
            id=key,
            node_id=string(data.node_id),
            node_type=string(data.node_type),
            title=string(data.title),
            started_at=integer(data.created_at),
            iteration_id=string(getattr(data, "iteration_id", None)),
            loop_id=string(getattr(data, "loop_id", None)),
        )
        container = self.nodes.get(node.loop_id or node.iteration_id or "")
        if container is not None:
            container.rounds = max(container.rounds, 1)
            node.round = container.rounds - 1
        return node


# How each event of nodes and containers is added.
NODE_EVENTS: Mapping[str, Callable[[NodeTable, Any], None]] = {
    "node_started": NodeTable.start,
    "node_finished": NodeTable.finish,
    "node_retry": NodeTable.retry,
    "iteration_started": NodeTable.start,
    "iteration_next": NodeTable.next_round,
    "iteration_completed": NodeTable.complete,
    "loop_started": NodeTable.start,
    "loop_next": NodeTable.next_round,
    "loop_completed": NodeTable.complete,
}


def node_key(data: Any) -> str | None:
    """Return the key of an execution; snapshots give containers another id (recording 613)."""
    node_id = string(getattr(data, "node_id", None))
    if node_id and string(getattr(data, "node_type", None)) in CONTAINERS:
        return node_id
    return string(getattr(data, "id", None))


def is_restarted(node: Node, data: Any) -> bool:
    """Return whether an ended container starts again: in each round of the outer one, under the same id."""
    if node.status in UNDER_WAY or node.id != node.node_id:
        return False
    return (integer(data.created_at) or 0) > (node.finished_at or 0)
