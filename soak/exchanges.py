"""The undamaged exchanges of the socket server, and the results that they contain."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

RUN, TASK, MESSAGE, CONVERSATION = "run-1", "task-1", "message-1", "conversation-1"
FILE, FORM_TOKEN, API_KEY, USER = "file-1", "token-1", "app-soak-key-0123456789", "soak"
CHUNKS = ("Total: ", "1 ", "500 ", "EUR", " for ", "façade ", "and 🎈. ", "Paid.")
ANSWER = "".join(CHUNKS)
# Larger than the buffers of a socket, so that the server can answer before it has read all of it.
UPLOAD = bytes(range(256)) * 8192
CONTENT = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400
NAMES = tuple(f"conversation {number}" for number in range(1, 7))
PAGE_SIZE = 2
JSON, EVENTS, BINARY = "application/json; charset=utf-8", "text/event-stream; charset=utf-8", "image/png"
TOKENS = 8
IDS = {"task_id": TASK, "message_id": MESSAGE, "conversation_id": CONVERSATION, "created_at": 1}


@dataclass(frozen=True)
class Exchange:
    """One response; the events of a stream are separate."""

    body: bytes = b""
    content_type: str = JSON
    events: tuple[bytes, ...] = ()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("X-Version", "1.16.1"),)

    @property
    def is_stream(self) -> bool:
        """True for a stream of events."""
        return self.content_type == EVENTS

    @property
    def is_json(self) -> bool:
        """True for a JSON body."""
        return self.content_type == JSON

    @property
    def parts(self) -> tuple[bytes, ...]:
        """The events, or the body in one part."""
        return self.events or (self.body,)

    @property
    def payload(self) -> bytes:
        """The complete body."""
        return b"".join(self.parts)


@dataclass(frozen=True)
class Truth:
    """The result of a method on an undamaged server.

    `required` has the values without which a result is wrong; a response may lack the `optional` ones, so None is
    right, too.
    """

    required: dict[str, Any]
    optional: dict[str, Any] = field(default_factory=dict[str, Any])


def answer_json(value: object) -> Exchange:
    """Return a JSON response."""
    return Exchange(json.dumps(value).encode())


def event(name: str, **fields: Any) -> bytes:
    """Return one event as servers write it."""
    text = json.dumps({"event": name, **IDS, **fields}, ensure_ascii=False, separators=(",", ":"))
    return f"data: {text}\n\n".encode()


def run_event(name: str, **data: Any) -> bytes:
    """Return one event of the run."""
    return event(name, workflow_run_id=RUN, data={"id": RUN, "workflow_id": "w", "created_at": 1, **data})


USAGE = {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": TOKENS, "currency": "USD"}
ENDED: dict[str, Any] = {
    "status": "succeeded",
    "outputs": {"answer": ANSWER, "files": []},
    "error": None,
    "elapsed_time": 1.5,
    "total_tokens": TOKENS,
    "total_steps": 2,
    "finished_at": 2,
}
NODE = {"node_id": "llm", "node_type": "llm", "title": "LLM", "index": 1, "id": "execution-1"}
PING = b"event: ping\n\n"
STARTED = run_event("workflow_started", inputs={}, reason="initial")
NODE_STARTED = run_event("node_started", **NODE)
NODE_FINISHED = run_event("node_finished", **NODE, **{**ENDED, "outputs": {"text": ANSWER}})
MESSAGES = tuple(event("message", id=MESSAGE, answer=chunk) for chunk in CHUNKS)
MESSAGE_END = event("message_end", id=MESSAGE, metadata={"usage": USAGE}, files=[])
FINISHED = run_event("workflow_finished", **ENDED, created_by={}, exceptions_count=0, files=[])
STREAM = Exchange(
    content_type=EVENTS,
    events=(PING, STARTED, NODE_STARTED, *MESSAGES, NODE_FINISHED, MESSAGE_END, FINISHED),
)
# Events of the stream that arrive before the connection breaks, where a fault damages the response to a reconnection.
BROKEN_AFTER = 6
JOINED_AFTER = len(STREAM.events[:BROKEN_AFTER]) - 3
JOINED = Exchange(
    content_type=EVENTS,
    events=(
        PING,
        STARTED,
        event("message_replace", answer="".join(CHUNKS[:JOINED_AFTER]), reason=""),
        NODE_STARTED,
        *MESSAGES[JOINED_AFTER:],
        NODE_FINISHED,
        MESSAGE_END,
        FINISHED,
    ),
)
# The only event that servers send of a run that has ended: spaced JSON without the ids of the message.
ENDED_RUN = Exchange(
    content_type=EVENTS,
    events=(
        b"data: "
        + json.dumps(
            {
                "event": "workflow_finished",
                "task_id": RUN,
                "workflow_run_id": RUN,
                "data": {"id": RUN, "workflow_id": "w", "created_at": 1, **ENDED},
            }
        ).encode()
        + b"\n\n",
    ),
)
BLOCKING = answer_json(
    {"event": "message", "id": MESSAGE, "mode": "advanced-chat", "answer": ANSWER, "metadata": {"usage": USAGE}, **IDS}
)
DETAIL = answer_json({"id": RUN, "workflow_id": "w", "inputs": {"n": 1}, "created_at": 1, **ENDED})
STORED: dict[str, Any] = {
    "id": MESSAGE,
    "conversation_id": CONVERSATION,
    "inputs": {},
    "query": "hello",
    "answer": ANSWER,
    "message_files": [],
    "status": "normal",
    "created_at": 1,
}
MESSAGE_PAGE = answer_json({"limit": 100, "has_more": False, "data": [STORED]})
PARAMETERS = answer_json({"opening_statement": "", "sensitive_word_avoidance": {"enabled": False}})
INFO = answer_json({"name": "Soak", "description": "", "tags": [], "mode": "advanced-chat", "author_name": "soak"})
UPLOADED = answer_json(
    {"id": FILE, "name": "photo.png", "size": len(UPLOAD), "extension": "png", "mime_type": "image/png"}
)
DOWNLOAD = Exchange(CONTENT, BINARY)
FORM = answer_json(
    {
        "form_content": "Approve?",
        "inputs": [],
        "resolved_default_values": {},
        "user_actions": [{"id": "approve", "title": "Approve", "button_style": "primary"}],
        "expiration_time": 1_900_000_000,
    }
)
SUBMITTED = answer_json({})


def conversation_page(last_id: str | None) -> Exchange:
    """Return a page of conversations after a given one."""
    first = 0 if last_id is None else int(last_id.rpartition("-")[2])
    numbers = range(first + 1, min(first + PAGE_SIZE, len(NAMES)) + 1)
    rows: list[dict[str, Any]] = [
        {"id": f"conversation-{number}", "name": NAMES[number - 1], "inputs": {}, "status": "normal", "created_at": 1}
        for number in numbers
    ]
    return answer_json({"limit": PAGE_SIZE, "has_more": first + PAGE_SIZE < len(NAMES), "data": rows})
