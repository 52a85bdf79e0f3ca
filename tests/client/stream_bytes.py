"""Event streams for the scripted server: recorded ones, and ones made for a case."""

from __future__ import annotations

import json
from typing import Any

from tests.exchanges import copy_of
from tests.server import Answer

HEADERS = {"Content-Type": "text/event-stream; charset=utf-8"}
IDS = {"task_id": "task-1", "message_id": "message-1", "conversation_id": "conversation-1", "created_at": 1}
RUN = "run-1"
PING = b"event: ping\n\n"


def recorded(name: str) -> bytes:
    """Return a recorded stream."""
    return copy_of(name).stream


def sent(event: str, **fields: Any) -> bytes:
    """One event as the server sends it."""
    return b"data: " + json.dumps({"event": event, **IDS, **fields}).encode() + b"\n\n"


def started(reason: str = "initial") -> bytes:
    """Return the event of a run that begins or resumes."""
    data: dict[str, Any] = {"id": RUN, "workflow_id": "w", "inputs": {}, "created_at": 1, "reason": reason}
    return sent("workflow_started", workflow_run_id=RUN, data=data)


def text(answer: str) -> bytes:
    """Return the event of a chunk of the answer."""
    return sent("message", answer=answer)


def finished(status: str = "succeeded", error: str | None = None, answer: str | None = None) -> bytes:
    """Return the event of a run that has ended."""
    outputs = {} if answer is None else {"answer": answer}
    numbers = {"elapsed_time": 1.0, "total_tokens": 0, "total_steps": 1, "created_at": 1, "finished_at": 2}
    data = {"id": RUN, "workflow_id": "w", "status": status, "error": error, "outputs": outputs, **numbers}
    return sent("workflow_finished", workflow_run_id=RUN, data=data)


def node(kind: str, number: int, **fields: Any) -> bytes:
    """Return the event of a node that begins or ends."""
    data = {"id": f"execution-{number}", "node_id": f"node-{number}", "node_type": "code", "title": f"Node {number}"}
    return sent(kind, workflow_run_id=RUN, data={**data, "index": 1, "created_at": 1, **fields})


def stream(*parts: bytes, cut: bool = False, linger: bool = False) -> Answer:
    """Return a response that sends these chunks and then ends, fails, or stays open and silent."""
    return Answer(200, headers=HEADERS, chunks=list(parts), cut=cut, linger=linger)
