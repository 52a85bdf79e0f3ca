"""Execution of a flow: its nodes in order, from the start or after a form."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from local_dify.engine import events
from local_dify.engine.containers import play_container
from local_dify.engine.nodes import run_node
from local_dify.engine.results import NodeError, NodeResult
from local_dify.engine.run import START, Run
from local_dify.json_types import Record
from local_dify.script import CONTAINERS, Flow, Node, Script


class Paused(Exception):  # noqa: N818 - not a failure
    """Signal that the run waits at a human-input node."""

    def __init__(self, node: Node, index: int) -> None:
        super().__init__(node.id)
        self.node, self.index = node, index


class Aborted(Exception):  # noqa: N818 - not a failure of ours
    """Signal that the server aborts the run."""


async def play_flow(run: Run, flow: Flow, number: int) -> None:
    """Run a flow from its start."""
    run.send_started("initial")
    inputs = run.pool.groups["inputs"]
    if run.channel.version.system_inputs:
        inputs = run.record["inputs"]
    has_branch = len(run.script.flows) > 1
    run.queue_answers(flow.nodes, 0)
    if run.channel.version.early_text and not has_branch:
        run.flush_answers(-1)
    started = run.start_node(START)
    if not has_branch:
        run.flush_answers(-1)
    run.finish_node(started, NodeResult(outputs=inputs, inputs=inputs))
    if has_branch:
        branch = Node(type="if-else", id="ifelse", title="IF")
        started = run.start_node(branch)
        run.flush_answers(-1)
        run.finish_node(started, branch_result(run.script, str(run.pool.get(("sys", "query"))), number))
    await play_nodes(run, flow.nodes, 0)


async def resume(run: Run, nodes: Sequence[Node], index: int, filled: NodeResult | None, event: Record) -> None:
    """Resume after the human-input node at `index` was submitted (`filled`) or expired."""
    waiting = start_again(run)
    if run.channel.version.form_events:
        run.channel.send(event)
    run.record["total_steps"] += 1
    run.queue_answers(nodes, index + 1)
    run.flush_answers(index)
    run.finish_node(waiting, filled or NodeResult())
    await play_nodes(run, nodes, index + 1)


async def fail_form(run: Run, error: str) -> None:
    """Fail at a human-input node with a value of the wrong type (322_events_resume_snapshot_continue)."""
    waiting = start_again(run)
    run.record["total_steps"] += 1
    run.record["exceptions_count"] += 1
    run.finish_node(waiting, NodeResult(status="failed", error=error))
    raise NodeError(error)


async def abort_resumed(run: Run) -> None:
    """Abort a resumed run whose blocking call is over (772).

    Raises:
        Aborted: Always.
    """
    start_again(run)
    raise Aborted


def start_again(run: Run) -> Record:
    """Send the first events of a resumed run and return its waiting node."""
    run.resumed = True
    run.send_started("resumption")
    waiting: Record = run.record["nodes"][-1]
    run.send("node_started", events.node_started_data(waiting))
    return waiting


def take_action(run: Run, action: str | None) -> tuple[Node, int, Sequence[Node]]:
    """Record the action of a paused run; return its waiting node, the index, and all nodes with those of the action."""
    trail: list[list[Any]] = run.record["trail"]
    trail[-1][1] = action
    number: int = run.record["flow"]
    nodes: Sequence[Node] = run.script.flows[number].nodes
    index: int = trail[0][0]
    node = nodes[index]
    for index, taken in trail:
        node = nodes[index]
        follow = node.on_timeout if taken is None else node.actions[taken]
        nodes = (*nodes[: index + 1], *follow, *nodes[index + 1 :])
    return node, index, nodes


async def play_nodes(run: Run, nodes: Sequence[Node], first: int) -> None:
    """Run the nodes from index `first` on."""
    for index in range(first, len(nodes)):
        await play_node(run, nodes[index], index)


async def play_node(run: Run, node: Node, index: int) -> None:
    """Run one node, or pause at it."""
    if node.type in CONTAINERS:
        await play_container(run, node)
        run.flush_answers(index)
        return
    started = run.start_node(node)
    if node.type == "human-input":
        elapsed = round(time.perf_counter() - started["begun"], 6)
        started |= {"status": "paused", "elapsed_time": elapsed, "finished_at": int(run.clock())}
        raise Paused(node, index)
    await run_node(run, node, started, index)


def branch_result(script: Script, query: str, number: int) -> NodeResult:
    """Return the result of the branch node: the cases it tried, the last of which decides."""
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
    return NodeResult(
        inputs={"conditions": [last]},
        process_data={"condition_results": results},
        outputs={"result": bool(chosen), "selected_case_id": chosen or "false"},
    )
