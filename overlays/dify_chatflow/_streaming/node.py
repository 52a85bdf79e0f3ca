"""A node's execution as its events describe it."""

from __future__ import annotations

from typing import Any

from attrs import define, field


@define(kw_only=True)
class Node:
    """One execution of a node.

    Attributes:
        id: The execution; for iterations and loops it may be the node's own id.
        node_id: The node in the workflow.
        node_type: Its type: `llm`, `code`, `iteration`, `loop` and so on.
        title: Its label in the workflow editor.
        status: `running`, `succeeded`, `failed`, `exception` (failed, but the run continues), `retry`, `paused`, or
            another value from the server.
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
    outputs: dict[str, Any] = field(factory=dict[str, Any])
