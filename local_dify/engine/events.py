"""Stream events, with the fields and their order as a real server sends them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from local_dify.json_types import Record
from local_dify.script import Node

PING = b"event: ping\n\n"
SHOWN_TRUNCATED = ("inputs", "process_data", "outputs")


def encode_event(event: Record, *, spaced: bool = False, cursor: str | None = None) -> bytes:
    """Return one event as the server writes it: perhaps an `id:` line, one `data:` line, and a blank line."""
    separators = (", ", ": ") if spaced else (",", ":")
    data = json.dumps(event, ensure_ascii=spaced, separators=separators).encode("utf-8", "surrogatepass")
    head = b"" if cursor is None else f"id: {cursor}\n".encode()
    return head + b"data: " + data + b"\n\n"


def make_usage(prompt: int = 0, completion: int = 0, *, latency: float = 0.0, first: float = 0.0) -> Record:
    """Return token usage with the prices of a made-up model, zero where no model ran."""
    ran = prompt + completion > 0
    cost, gain = prompt / 1e6, completion / 5e5
    return {
        "prompt_tokens": prompt,
        "prompt_unit_price": "0.001" if ran else "0.0",
        "prompt_price_unit": "0.001" if ran else "0.0",
        "prompt_price": f"{cost:.7f}" if ran else "0.0",
        "completion_tokens": completion,
        "completion_unit_price": "0.002" if ran else "0.0",
        "completion_price_unit": "0.001" if ran else "0.0",
        "completion_price": f"{gain:.7f}" if ran else "0.0",
        "total_tokens": prompt + completion,
        "total_price": f"{cost + gain:.7f}" if ran else "0.0",
        "currency": "USD",
        "latency": round(latency, 3),
        "time_to_first_token": round(first, 3),
        "time_to_generate": round(max(latency - first, 0.0), 3),
    }


def make_metadata(
    use: Record | None,
    resources: Sequence[Record] = (),
    annotation: Record | None = None,
    reasoning: Record | None = None,
) -> Record:
    """Return the metadata of `message_end` and of a blocking response; `reasoning` is by node id."""
    texts = {"annotation_reply": annotation, "retriever_resources": list(resources), "usage": use}
    return {**texts, "reasoning": reasoning or {}}


@dataclass(frozen=True)
class Envelope:
    """Ids that every event of one run repeats."""

    conversation_id: str
    message_id: str
    created_at: int
    task_id: str
    workflow_run_id: str

    def message_event(self, event: str, **fields: Any) -> Record:
        """Return an event about the message: its fields are next to the ids."""
        return {
            "event": event,
            "conversation_id": self.conversation_id,
            "message_id": self.message_id,
            "created_at": self.created_at,
            "task_id": self.task_id,
            **fields,
        }

    def run_event(self, event: str, data: Record) -> Record:
        """Return an event about the run: its fields are in `data`."""
        return self.message_event(event, workflow_run_id=self.workflow_run_id, data=data)

    def error_event(self, message: str) -> Record:
        """Return the event of a pipeline failure, without a task id (481_badmod_stream, 483_badgraph_stream)."""
        ids = {"conversation_id": self.conversation_id, "message_id": self.message_id, "created_at": self.created_at}
        return {"event": "error", **ids, "code": "invalid_param", "status": 400, "message": message}

    def snapshot(self, event: Record) -> Record:
        """Return the same event as in a snapshot: ids at the end (308_events_paused_snapshot)."""
        ids = ("conversation_id", "message_id", "created_at")
        return {k: v for k, v in event.items() if k not in ids} | {k: event[k] for k in ids}


def node_started_data(node: Record, *, snapshot: bool = False) -> Record:
    """Return the data of `node_started`; a snapshot leaves out `*_truncated` and `agent_strategy`."""
    tail = {"iteration_id": node["iteration_id"], "loop_id": node["loop_id"]}
    data: Record = {k: node[k] for k in ("id", "node_id", "node_type", "title", "index", "predecessor_node_id")}
    if snapshot:
        return {**data, "inputs": None, "created_at": node["created_at"], "extras": node["extras"], **tail}
    data |= {"inputs": None, "inputs_truncated": False, "created_at": node["created_at"], "extras": node["extras"]}
    return {**data, **tail, "agent_strategy": node["agent_strategy"]}


def node_finished_data(node: Record, *, snapshot: bool = False) -> Record:
    """Return the data of `node_finished` and `node_retry`; a snapshot has no inputs and outputs."""
    data = {k: node[k] for k in ("id", "node_id", "node_type", "title", "index", "predecessor_node_id")}
    for name in SHOWN_TRUNCATED:
        data[name] = None if snapshot else node[name]
        if not snapshot:
            data[f"{name}_truncated"] = False
    ends = ("status", "error", "elapsed_time", "execution_metadata", "created_at", "finished_at")
    return {**data, **{k: node[k] for k in (*ends, "files", "iteration_id", "loop_id")}}


def container_data(node: Node, **fields: Any) -> Record:
    """Return the data of an iteration or loop event, which has the node's id as its execution id."""
    return {"id": node.id, "node_id": node.id, "node_type": node.type, "title": node.title, **fields}


def make_token(length: int = 22) -> str:
    """Return a random form token of letters and digits."""
    alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(random.SystemRandom().choices(alphabet, k=length))
