"""The shapes of stream events, with the fields and their order as a real server sends them."""

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


def frame(event: Record, *, spaced: bool = False) -> bytes:
    """One event as the server writes it: one `data:` line of raw UTF-8 and a blank line."""
    separators = (", ", ": ") if spaced else (",", ":")
    return (
        b"data: "
        + json.dumps(event, ensure_ascii=spaced, separators=separators).encode("utf-8", "surrogatepass")
        + b"\n\n"
    )


def usage(prompt: int = 0, completion: int = 0, *, latency: float = 0.0, first: float = 0.0) -> Record:
    """Token usage; the prices are those of a made-up model, and zero where no model ran."""
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


def metadata(use: Record | None, resources: Sequence[Record] = (), annotation: Record | None = None) -> Record:
    """What `message_end` and a blocking answer say about the answer."""
    return {"annotation_reply": annotation, "retriever_resources": list(resources), "usage": use}


@dataclass(frozen=True)
class Envelope:
    """The ids that every event of one run repeats."""

    conversation_id: str
    message_id: str
    created_at: int
    task_id: str
    workflow_run_id: str

    def message(self, event: str, **fields: Any) -> Record:
        """An event about the message: its own fields stand beside the ids."""
        return {
            "event": event,
            "conversation_id": self.conversation_id,
            "message_id": self.message_id,
            "created_at": self.created_at,
            "task_id": self.task_id,
            **fields,
        }

    def run(self, event: str, data: Record) -> Record:
        """An event about the run: its fields stand in `data`."""
        return self.message(event, workflow_run_id=self.workflow_run_id, data=data)

    def error(self, message: str) -> Record:
        """The pipeline's own failure: no task id, as in 481_badmod_stream and 483_badgraph_stream."""
        ids = {"conversation_id": self.conversation_id, "message_id": self.message_id, "created_at": self.created_at}
        return {"event": "error", **ids, "code": "invalid_param", "status": 400, "message": message}

    def snapshot(self, event: Record) -> Record:
        """The same event as a snapshot tells it: ids at the end, as in 308_events_paused_snapshot."""
        ids = ("conversation_id", "message_id", "created_at")
        return {k: v for k, v in event.items() if k not in ids} | {k: event[k] for k in ids}


def node_started(node: Record, *, snapshot: bool = False) -> Record:
    """The data of `node_started`; a snapshot leaves out what is cut and the agent's strategy."""
    tail = {"iteration_id": node["iteration_id"], "loop_id": node["loop_id"]}
    data: Record = {k: node[k] for k in ("id", "node_id", "node_type", "title", "index", "predecessor_node_id")}
    if snapshot:
        return {**data, "inputs": None, "created_at": node["created_at"], "extras": {}, **tail}
    data |= {"inputs": None, "inputs_truncated": False, "created_at": node["created_at"], "extras": {}}
    return {**data, **tail, "agent_strategy": None}


def node_finished(node: Record, *, snapshot: bool = False) -> Record:
    """The data of `node_finished` and `node_retry`; a snapshot has no inputs and outputs."""
    data = {k: node[k] for k in ("id", "node_id", "node_type", "title", "index", "predecessor_node_id")}
    for name in SHOWN_TRUNCATED:
        data[name] = None if snapshot else node[name]
        if not snapshot:
            data[f"{name}_truncated"] = False
    ends = ("status", "error", "elapsed_time", "execution_metadata", "created_at", "finished_at")
    return {**data, **{k: node[k] for k in (*ends, "files", "iteration_id", "loop_id")}}


def container(node: Node, **fields: Any) -> Record:
    """What every iteration and loop event says of its node: the node's id stands in for an execution id."""
    return {"id": node.id, "node_id": node.id, "node_type": node.type, "title": node.title, **fields}


def token(length: int = 22) -> str:
    """A form token: letters and digits."""
    alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(random.SystemRandom().choices(alphabet, k=length))
