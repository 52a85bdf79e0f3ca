"""Iterations and loops: nodes that run other nodes, once for each round."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from local_dify.engine import events
from local_dify.engine.nodes import run_node
from local_dify.engine.results import NodeError
from local_dify.engine.run import Queued, Run
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

    The events of a failed container have no error (602, 609).

    Raises:
        NodeError: An inner node failed, and the container with it.
    """
    since, begun, rounds = int(run.clock()), time.perf_counter(), Rounds()
    inputs, entry = container_inputs(node), run.add_container(node)
    length = {"loop_length": node.loop_count} if node.type == "loop" else {"iteration_length": len(node.items)}
    begin = events.container_data(
        node, created_at=since, extras={}, metadata=length, inputs=inputs, inputs_truncated=False
    )
    run.send(f"{node.type}_started", begin)
    run.pool.set(node.id, node.variables)
    failure: NodeError | None = None
    try:
        await play_rounds(run, node, rounds)
    except NodeError as error:
        failure = error
    outputs = container_outputs(node, rounds, has_failed=failure is not None)
    run.pool.set(node.id, outputs)
    end = events.container_data(
        node, outputs=outputs, outputs_truncated=False, created_at=since, extras={}, inputs=inputs
    )
    status = "failed" if failure else "succeeded"
    end |= {"inputs_truncated": False, "status": status, "error": None}
    end |= {"elapsed_time": round(time.perf_counter() - begun, 6), "total_tokens": 0}
    end |= {"execution_metadata": cost(node, rounds, has_failed=failure is not None), "finished_at": int(run.clock())}
    end["steps"] = node.loop_count if node.type == "loop" else len(node.items)
    entry |= {"status": status, "finished_at": end["finished_at"], "elapsed_time": end["elapsed_time"]}
    run.send(f"{node.type}_completed", end)
    if failure:
        raise failure


async def play_rounds(run: Run, node: Node, rounds: Rounds) -> None:
    """Run the inner nodes once per round."""
    is_loop = node.type == "loop"
    items: Sequence[Any] = range(node.rounds) if is_loop else node.items
    if node.parallel:
        for number in range(len(items)):
            send_next(run, node, number)
    for number, item in enumerate(items):
        run.pool.set(node.id, {"index": number} if is_loop else {"item": item, "index": number})
        # A loop announces each round but the first, an iteration every round.
        if (number or not is_loop) and not node.parallel:
            send_next(run, node, number)
        begun = time.perf_counter()
        try:
            rounds.results.append(await play_round(run, node, number))
        except NodeError:
            if node.item_errors == "fail":
                raise
            rounds.results += [None] if node.item_errors == "continue" else []
        rounds.durations[str(number)] = round(time.perf_counter() - begun, 6)
        rounds.variables[str(number)] = {name: run.pool.get((node.id, name)) for name in node.variables}
    if is_loop and node.rounds >= node.loop_count:
        send_next(run, node, node.rounds)


async def play_round(run: Run, node: Node, number: int) -> Any:
    """Run the inner nodes once and return the result of the last one; some versions stream their answers."""
    outer, result = run.queue, None
    run.queue = deque[Queued]()
    run.pool.drop([inner.id for inner in node.nodes])
    streams = run.channel.version.inner_answers
    if streams:
        run.queue_answers(node.nodes, 0)
        run.flush_answers(-1)
    try:
        for index, inner in enumerate(node.nodes):
            where = {f"{node.type}_id": node.id}
            started = run.start_node(inner, **where)
            started["place"] = {**where, f"{node.type}_index": number}
            played = await run_node(run, inner, started, index if streams else -1)
            result = played.outputs.get(inner.variable) if inner.type != "answer" or result is None else result
    finally:
        run.queue = outer
    return result


def send_next(run: Run, node: Node, number: int) -> None:
    """Announce a round."""
    extra: Record = {"pre_loop_output": {}} if node.type == "loop" else {}
    data = events.container_data(node, index=number, created_at=int(run.clock()), **extra, extras={})
    run.send(f"{node.type}_next", data)


def container_inputs(node: Node) -> Record:
    """Return the inputs of the container itself."""
    if node.type == "loop":
        return {"loop_count": node.loop_count, **node.variables}
    return {"iterator_selector": list(node.items)}


def container_outputs(node: Node, rounds: Rounds, *, has_failed: bool) -> Record:
    """Return the outputs of the container: the variables of a loop, the results of an iteration."""
    if node.type == "iteration":
        return {"output": rounds.results}
    if has_failed:
        return {}
    return {**rounds.variables.get(str(node.rounds - 1), {}), "loop_round": node.rounds}


def cost(node: Node, rounds: Rounds, *, has_failed: bool) -> Record:
    """Return the execution metadata of a container."""
    spent: Record = {"total_tokens": 0, "total_price": "0.0", "currency": "USD"}
    if node.type == "iteration":
        return {**spent, "iteration_duration_map": rounds.durations}
    maps: Record = {"loop_duration_map": rounds.durations, "loop_variable_map": rounds.variables}
    if has_failed:
        return {**spent, **maps, "completed_reason": "error"}
    reason = "loop_break" if node.rounds < node.loop_count else "loop_completed"
    return {**spent, **maps, "completed_reason": reason}
