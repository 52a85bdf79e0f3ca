"""Behaviour of each kind of node."""

from __future__ import annotations

import asyncio
import base64
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from local_dify.engine import events
from local_dify.engine.results import NodeError, NodeResult
from local_dify.engine.run import Run
from local_dify.json_types import Record
from local_dify.script import Node

# After so many characters of an answer, its sound follows.
SPOKEN = 30
KINDS = {"str": "string", "bool": "boolean", "int": "integer", "float": "float", "dict": "object", "list": "array"}


async def play_node(run: Run, node: Node, started: Record, index: int) -> NodeResult:
    """Run a node that is neither a container nor a form.

    Raises:
        NodeError: The node failed after its retries.
    """
    await asyncio.sleep(float(run.pool.text(str(node.delay)) or 0))
    for attempt in range(1, node.retries + 1):
        run.retry_node(started, node, attempt)
    if node.error is not None and not (node.retries and node.recovers) and fails_here(run, node, started):
        raise NodeError(run.pool.text(node.error))
    if node.type == "llm":
        return await play_llm(run, node, index)
    if node.type == "answer":
        text, files = run.pool.text(node.text), run.pool.files(node.text)
        return NodeResult(outputs={"answer": text, "files": files, **node.outputs})
    if node.type == "assigner":
        return assign(run, node)
    if node.type == "knowledge-retrieval":
        return retrieve(run, node)
    if node.type == "agent" and node.logs:
        await play_agent(run, node, index)
    outputs = {node.variable: run.pool.text(node.text)} if node.text else {}
    result = NodeResult({**outputs, **node.outputs}, dict(node.inputs), dict(node.process_data))
    result.execution_metadata = node.execution_metadata or (agent_metadata() if node.type == "agent" else None)
    return result


def fails_here(run: Run, node: Node, started: Record) -> bool:
    """Return True unless the node fails for other items of its iteration, or other rounds of its loop, only."""
    place = (started["iteration_id"], "item") if started["iteration_id"] else (started["loop_id"], "index")
    return not node.fails_for or run.pool.get(place) in node.fails_for


async def play_llm(run: Run, node: Node, index: int) -> NodeResult:
    """Stream a text if the answer waits for it, and return the result of a model (402_llm_stream)."""
    text, begun = run.pool.text(node.text), run.elapsed
    version = run.channel.version
    shows_reasoning = node.reasoning and version.reasoning
    if shows_reasoning:
        send_reasoning(run, node, node.reasoning)
    elif node.reasoning and version.inline_reasoning:
        text = f"<think>{node.reasoning}</think>{text}"
    await stream_text(run, node, index, text, lambda: send_reasoning(run, node, "") if shows_reasoning else None)
    query = str(run.pool.get(("sys", "query")))
    use = events.make_usage(len(query.split()) or 1, len(text.split()) or 1, latency=run.elapsed - begun)
    run.record["usage"] = use
    model = {"model_provider": "local/local/local", "model_name": "local-chat"}
    prompts: list[Record] = [{"role": "user", "text": query, "files": []}]
    done: Record = {"model_mode": "chat", "prompts": prompts, "usage": use, "finish_reason": "stop", **model}
    return NodeResult(
        outputs={
            "text": text,
            "reasoning_content": node.reasoning,
            "usage": use,
            "finish_reason": "stop",
            **node.outputs,
        },
        inputs=model,
        process_data=done,
        execution_metadata={k: use[k] for k in ("total_tokens", "total_price", "currency")},
    )


async def stream_text(run: Run, node: Node, index: int, text: str, before_end: Callable[[], None]) -> None:
    """Stream a text in chunks if the answer waits for it; `before_end` is called before its empty last chunk."""
    live = run.is_streamed(node, index)
    for chunk in split_chunks(text, node.chunks):
        await asyncio.sleep(node.pace)
        run.mark_first_text()
        if live:
            run.send_text(chunk, (node.id, node.variable))
        if live and run.script.autoplay and run.unspoken >= SPOKEN:
            send_speech(run)
            run.unspoken = 0
    before_end()
    if live:
        run.send_text("", (node.id, node.variable))
        run.queue.popleft()


def send_speech(run: Run) -> None:
    """Send speech, which takes two events (451_tts_autoplay_talk_stream)."""
    for size in (2052, 516):
        run.channel.send(run.envelope.message_event("tts_message", audio=base64.b64encode(bytes(size)).decode()))


def send_reasoning(run: Run, node: Node, text: str) -> None:
    """Stream the model's reasoning; an empty chunk after the text is marked as final (614)."""
    run.record["reasoning"][node.id] = node.reasoning
    for chunk in split_chunks(text, node.chunks) or [""]:
        data = {"message_id": run.envelope.message_id, "reasoning": chunk, "node_id": node.id, "is_final": not text}
        run.channel.send(run.envelope.message_event("reasoning_chunk", data=data))


def split_chunks(text: str, size: int) -> list[str]:
    """Cut a text into pieces of `size` characters, or into words that keep the space after them."""
    return [text[at : at + size] for at in range(0, len(text), size)] if size else re.findall(r"\S+\s*|\s+", text)


def assign(run: Run, node: Node) -> NodeResult:
    """Set variables and return the result (061_chat_assign2)."""
    items: list[Record] = []
    updates: list[Record] = []
    for name, source in node.assign.items():
        group, _, variable = name.partition(".")
        adds = isinstance(source, str) and source.startswith("+= ")
        value: Any = int(source[3:]) if adds else run.pool.text(source) if isinstance(source, str) else source
        new = (run.pool.get((group, variable)) or 0) + value if adds else value
        run.pool.set(group, {variable: new})
        operation = "+=" if adds else "over-write"
        selector = [group, variable]
        items.append({"variable_selector": selector, "input_type": "constant", "operation": operation, "value": value})
        kind = KINDS[type(new).__name__]
        updates.append({"name": variable, "selector": selector, "value_type": kind, "new_value": new})
    retry = {"max_retries": 0, "retry_interval": 0, "retry_enabled": False}
    settings = {"type": "assigner", "title": node.title, "desc": "", "version": "2", "error_strategy": None}
    inputs = {**settings, "default_value": None, "retry_config": retry, "items": items, **node.inputs}
    process = {update["name"]: update["new_value"] for update in updates}
    return NodeResult(inputs=inputs, process_data={**process, "__updated_variables": updates})


def retrieve(run: Run, node: Node) -> NodeResult:
    """Return the documents of the node, which the metadata of the answer then cites."""
    found = [{"position": n, **resource} for n, resource in enumerate(node.resources, 1)]
    run.record["resources"] += found
    result = [{"content": r.get("content", ""), "title": r.get("document_name", ""), "metadata": r} for r in found]
    inputs = {"query": run.pool.get(("sys", "query")), **node.inputs}
    spent = {"total_tokens": 0, "total_price": "0.0", "currency": "USD"}
    return NodeResult({"result": result}, inputs, execution_metadata=spent)


async def play_agent(run: Run, node: Node, index: int) -> None:
    """Send two `agent_log` events per step, at its start and at its end, and stream the text (618).

    The first step contains the others, and ends after the text.
    """
    outer, *inner = [agent_step(label) for label in node.logs]
    send_log(run, node, outer, "start")
    for step in inner:
        step["parent_id"] = outer["id"]
        send_log(run, node, step, "start")
        send_log(run, node, step, "success")
    await stream_text(run, node, index, run.pool.text(node.text), lambda: send_log(run, node, outer, "success"))


def agent_metadata() -> Record:
    """Return the execution metadata of an agent (618)."""
    spent: Record = {"total_tokens": 0, "total_price": "0.0", "currency": "USD"}
    return {**spent, "tool_info": {"icon": None, "agent_strategy": "local"}, "agent_log": list[Record]()}


def agent_step(label: str) -> Record:
    """Return the fields that both events of an agent's step repeat."""
    return {"id": str(uuid.uuid4()), "label": label, "parent_id": None}


def step_data(step: Record) -> Record:
    """Return what a step has found out: a round its thought, a call its output, a thought its action."""
    label = step["label"]
    if step["parent_id"] is None:
        return {"thought": label}
    if label.startswith("CALL"):
        return {"output": {"tool_call_name": label, "tool_response": "ok"}}
    return {"thought": label, "action": label}


def send_log(run: Run, node: Node, step: Record, status: str) -> None:
    """Send one `agent_log` event."""
    metadata = {"started_at": time.perf_counter(), "elapsed_time": 0.001, "provider": "local/local/local"}
    metadata |= {"total_tokens": 0, "icon": None, "icon_dark": None}
    data = {} if status == "start" else step_data(step)
    state = {"error": None, "status": status, "data": data, "metadata": metadata, "node_id": node.id}
    run.channel.send(run.envelope.message_event("agent_log", data={"node_execution_id": node.id, **step, **state}))


async def run_node(run: Run, node: Node, started: Record, index: int) -> NodeResult:
    """Run a started node and send its end; `index` is -1 inside containers, where nothing is streamed."""
    try:
        played = await play_node(run, node, started, index)
    except NodeError as failure:
        played = failed_result(run, node, failure)
    run.pool.set(node.id, played.outputs)
    if index >= 0:
        run.flush_answers(index)
    if node.type == "answer" and not started["iteration_id"] and played.status == "succeeded":
        run.record["answers"].append(played.outputs)
    run.finish_node(started, played)
    if played.status == "failed":
        raise NodeError(str(played.error))
    return played


def failed_result(run: Run, node: Node, failure: NodeError) -> NodeResult:
    """Return the result of a failed node by its `on_error` (051, 052)."""
    run.record["exceptions_count"] += 1
    result = NodeResult(inputs=dict(node.inputs), error=str(failure), status="failed")
    result.execution_metadata = node.execution_metadata
    if node.on_error == "fail":
        return result
    defaults = dict(node.outputs) if node.on_error == "default" else {}
    result.outputs = {**defaults, "error_message": str(failure), "error_type": node.error_type}
    strategy = {"branch": "fail-branch", "default": "default-value"}[node.on_error]
    result.status, result.error, result.execution_metadata = "exception", "Unknown error", {"error_strategy": strategy}
    return result
