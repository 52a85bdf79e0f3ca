"""Events of one run, as servers send them."""

from __future__ import annotations

import json
from typing import Any

from dify_chatflow._streaming.event import StreamEvent
from dify_chatflow._streaming.reader import read_payload

IDS = {"task_id": "t", "message_id": "m", "conversation_id": "c", "created_at": 1}
RUN = {**IDS, "workflow_run_id": "r"}


def event(name: str, **fields: Any) -> StreamEvent:
    return read_payload(json.dumps({"event": name, **RUN, **fields}).encode())


def message(text: str) -> StreamEvent:
    return event("message", answer=text)


def started(reason: str = "initial") -> StreamEvent:
    return event("workflow_started", data={"id": "r", "reason": reason})


def finished(**data: Any) -> StreamEvent:
    return event("workflow_finished", data={"id": "r", "status": "succeeded", "outputs": {}, **data})


def node(name: str, key: str, **data: Any) -> StreamEvent:
    return event(name, data={"id": key, "node_id": key, "status": "succeeded", **data})
