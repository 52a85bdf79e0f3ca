"""What each kind of node does when it is played."""

from __future__ import annotations

import asyncio
import base64
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from local_dify.engine import events
from local_dify.json_types import Record
from local_dify.script import Node

if TYPE_CHECKING:
    from local_dify.engine.run import Run

# After so many characters of an answer, its sound follows.
SPOKEN = 30
KINDS = {"str": "string", "bool": "boolean", "int": "integer", "float": "float", "dict": "object", "list": "array"}


class NodeError(Exception):
    """A node failed with this message."""


@dataclass
class Played:
    """What a node shows when it is done."""

    outputs: Record = field(default_factory=dict[str, Any])
    inputs: Record = field(default_factory=dict[str, Any])
    process_data: Record = field(default_factory=dict[str, Any])
    status: str = "succeeded"
    error: str | None = None
    execution_metadata: Mapping[str, Any] | None = None
    files: list[Any] = field(default_factory=list[Any])


async def play(run: Run, node: Node, started: Record, index: int) -> Played:
    """Play a node that is neither a container nor a form.

    Raises:
        NodeError: It fails, after its retries.
    """
    await asyncio.sleep(float(run.pool.text(str(node.delay)) or 0))
    for attempt in range(1, node.retries + 1):
        run.retry_node(started, node, attempt)
    if node.error is not None and not (node.retries and node.recovers):
        raise NodeError(run.pool.text(node.error))
    if node.type == "llm":
        return await play_llm(run, node, index)
    if node.type == "answer":
        text, files = run.pool.text(node.text), run.pool.files(node.text)
        return Played(outputs={"answer": text, "files": files, **node.outputs})
    if node.type == "assigner":
        return assign(run, node)
    if node.type == "knowledge-retrieval":
        return retrieve(run, node)
    if node.type == "agent":
        log_steps(run, node, started)
    outputs = {node.variable: run.pool.text(node.text)} if node.text else {}
    shown = Played({**outputs, **node.outputs}, dict(node.inputs), dict(node.process_data))
    shown.execution_metadata = node.execution_metadata
    return shown


async def play_llm(run: Run, node: Node, index: int) -> Played:
    """Stream a text, if the answer waits for it, and show what a model shows (402_llm_stream)."""
    text, begun = run.pool.text(node.text), run.elapsed
    if node.reasoning:
        reason(run, node)
    live = run.is_live(node, index)
    unspoken = 0
    for chunk in chunks(text, node.chunks):
        await asyncio.sleep(node.pace)
        run.texted()
        if live:
            run.say(chunk, (node.id, "text"))
            unspoken += len(chunk)
        if live and run.script.autoplay and unspoken >= SPOKEN:
            speak(run)
            unspoken = 0
    if live:
        # The model's last, empty chunk and the end of the stream are sent as text, too.
        run.say("", (node.id, "text"))
        run.say("", (node.id, "text"))
        run.queue.popleft()
    query = str(run.pool.get(("sys", "query")))
    use = events.usage(len(query.split()) or 1, len(text.split()) or 1, latency=run.elapsed - begun)
    run.record["usage"] = use
    model = {"model_provider": "local/local/local", "model_name": "local-chat"}
    prompts: list[Record] = [{"role": "user", "text": query, "files": []}]
    done: Record = {"model_mode": "chat", "prompts": prompts, "usage": use, "finish_reason": "stop", **model}
    return Played(
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


def speak(run: Run) -> None:
    """Send what was said as sound, which takes two events (451_tts_autoplay_talk_stream)."""
    for size in (2052, 516):
        run.channel.send(run.envelope.message("tts_message", audio=base64.b64encode(bytes(size)).decode()))


def reason(run: Run, node: Node) -> None:
    """Stream the model's reasoning, the last piece marked as such."""
    pieces = chunks(node.reasoning, node.chunks)
    for number, piece in enumerate(pieces, 1):
        final = number == len(pieces)
        data = {"message_id": run.envelope.message_id, "reasoning": piece, "node_id": node.id, "is_final": final}
        run.channel.send(run.envelope.message("reasoning_chunk", data=data))


def chunks(text: str, size: int) -> list[str]:
    """Cut a text into pieces of `size` characters, or into words that keep the space after them."""
    return [text[at : at + size] for at in range(0, len(text), size)] if size else re.findall(r"\S+\s*|\s+", text)


def assign(run: Run, node: Node) -> Played:
    """Set variables, and show it as 061_chat_assign2 does."""
    items: list[Record] = []
    updates: list[Record] = []
    for name, given in node.assign.items():
        group, _, variable = name.partition(".")
        adds = isinstance(given, str) and given.startswith("+= ")
        value: Any = int(given[3:]) if adds else run.pool.text(given) if isinstance(given, str) else given
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
    return Played(inputs=inputs, process_data={**process, "__updated_variables": updates})


def retrieve(run: Run, node: Node) -> Played:
    """Find documents, which the metadata of the answer then cites."""
    found = [{"position": n, **resource} for n, resource in enumerate(node.resources, 1)]
    run.record["resources"] += found
    result = [{"content": r.get("content", ""), "title": r.get("document_name", ""), "metadata": r} for r in found]
    return Played({"result": result}, {"query": run.pool.get(("sys", "query")), **node.inputs})


def log_steps(run: Run, node: Node, started: Mapping[str, Any]) -> None:
    """Send two `agent_log` events for each step: when it starts and when it is done."""
    for label in node.logs:
        step = {"node_execution_id": started["id"], "id": str(uuid.uuid4()), "label": label, "parent_id": None}
        for status in ("start", "success"):
            data: Record = {**step, "error": None, "status": status, "data": {}, "metadata": {}, "node_id": node.id}
            run.channel.send(run.envelope.message("agent_log", data=data))
