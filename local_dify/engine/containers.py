"""Iterations and loops: nodes that run other nodes, once for each round."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from local_dify.engine import events
from local_dify.engine.nodes import run_node
from local_dify.engine.results import NodeError
from local_dify.engine.run import Run
from local_dify.json_types import Record
from local_dify.script import Node


@dataclass
class Rounds:
    """Duration, variables and result of each round of a container."""

    durations: dict[str, float] = field(default_factory=dict[str, float])
    variables: dict[str, Record] = field(default_factory=dict[str, Record])
    results: list[Any] = field(default_factory=list[Any])


async def play_container(run: Run, node: Node) -> None:
    """Run the nodes inside an iteration or a loop (055_chat_loop_stream).

    Raises:
        NodeError: A node inside failed, and the container with it.
    """
    run.record["total_steps"] += 1
    since, begun, rounds = int(run.clock()), time.perf_counter(), Rounds()
    inputs = own_inputs(node)
    length = {"loop_length": node.loop_count} if node.type == "loop" else {"iterator_length": len(node.items)}
    begin = events.container_data(
        node, created_at=since, extras={}, metadata=length, inputs=inputs, inputs_truncated=False
    )
    run.send(f"{node.type}_started", begin)
    run.pool.set(node.id, node.variables)
    error: str | None = None
    try:
        await play_rounds(run, node, rounds)
    except NodeError as failure:
        error = str(failure)
    outputs: Record = {} if error else container_outputs(node, rounds)
    run.pool.set(node.id, outputs)
    end = events.container_data(
        node, outputs=outputs, outputs_truncated=False, created_at=since, extras={}, inputs=inputs
    )
    end |= {"inputs_truncated": False, "status": "failed" if error else "succeeded", "error": error}
    end |= {"elapsed_time": round(time.perf_counter() - begun, 6), "total_tokens": 0}
    end |= {"execution_metadata": cost(node, rounds), "finished_at": int(run.clock())}
    end["steps"] = node.loop_count if node.type == "loop" else len(node.items)
    run.send(f"{node.type}_completed", end)
    if error:
        raise NodeError(error)


async def play_rounds(run: Run, node: Node, rounds: Rounds) -> None:
    """Run the inner nodes once per round."""
    is_loop = node.type == "loop"
    items: Sequence[Any] = range(node.rounds) if is_loop else node.items
    for number, item in enumerate(items):
        if not is_loop:
            run.pool.set(node.id, {"item": item, "index": number})
        # A loop announces each round but the first, an iteration every round.
        if number or not is_loop:
            extra: Record = {"pre_loop_output": {}} if is_loop else {}
            next_round = events.container_data(node, index=number, created_at=int(run.clock()), **extra, extras={})
            run.send(f"{node.type}_next", next_round)
        begun, result = time.perf_counter(), None
        for inner in node.nodes:
            where = {"loop_id" if is_loop else "iteration_id": node.id}
            started = run.start_node(inner, **where)
            started["place"] = {**where, "loop_index" if is_loop else "iteration_index": number}
            played = await run_node(run, inner, started, -1)
            result = played.outputs.get(inner.variable)
        rounds.results.append(result)
        rounds.durations[str(number)] = round(time.perf_counter() - begun, 6)
        rounds.variables[str(number)] = {name: run.pool.get((node.id, name)) for name in node.variables}


def own_inputs(node: Node) -> Record:
    """Return the inputs of the container itself."""
    if node.type == "loop":
        return {"loop_count": node.loop_count, **node.variables}
    return {"iterator_selector": list(node.items)}


def container_outputs(node: Node, rounds: Rounds) -> Record:
    """Return the outputs of the container: the variables of a loop, the results of an iteration."""
    if node.type == "iteration":
        return {"output": rounds.results}
    return {**rounds.variables.get(str(node.rounds - 1), {}), "loop_round": node.rounds}


def cost(node: Node, rounds: Rounds) -> Record:
    """Return the execution metadata of a container."""
    spent: Record = {"total_tokens": 0, "total_price": "0.0", "currency": "USD"}
    if node.type == "iteration":
        return {**spent, "iteration_duration_map": rounds.durations}
    reason = "loop_break" if node.rounds < node.loop_count else "loop_completed"
    maps = {"loop_duration_map": rounds.durations, "loop_variable_map": rounds.variables}
    return {**spent, **maps, "completed_reason": reason}
