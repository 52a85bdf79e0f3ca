"""Payloads of the server, prepared once, and the results expected of a correct client."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

RECORDINGS = Path(__file__).resolve().parent.parent / "tests" / "recordings" / "main-2026-06"
MIXED = ("055_chat_loop_stream", "402_llm_stream", "433_mod_output_stream", "102_chat_files_local_stream")
BLOCK = 64 * 1024
BIG = 150_000
BATCH = 1000
SMALL_KINDS = {"messages", "packed", "concurrent", "pinged"}

Event = dict[str, Any]
Pair = tuple[str, str | None]


def encode(event: Event) -> bytes:
    """Return an event as Dify sends it: one line of compact JSON and a blank line."""
    return b"data: " + json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def read_recording(name: str) -> list[Event]:
    """Return the events of a recorded stream without pings."""
    lines = (RECORDINGS / f"{name}.sse").read_bytes().splitlines()
    return [json.loads(line[6:]) for line in lines if line.startswith(b"data: ")]


def chunks(count: int) -> Iterator[str]:
    """Yield chunks of text like those of a model: short, some with quotes, line breaks or non-ASCII letters."""
    generator = random.Random(7)  # noqa: S311 - the same text in every run
    texts = ["The", " full", " service", " costs", " 120", " €", ".\n\n", ' "Grundwäsche"', " – ", " 自転車", ""]
    for number in range(count):
        yield generator.choice(texts) if number % 50 else f" {number}"


def small_events(count: int) -> Iterator[Event]:
    """Yield `count` recorded `message` events with synthetic text, and the final `message_end`."""
    events = read_recording("402_llm_stream")
    message = next(event for event in events if event["event"] == "message")
    for text in chunks(count):
        yield {**message, "answer": text}
    yield next(event for event in events if event["event"] == "message_end")


def add_iterations(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events, and each loop event also as an iteration event, which the recordings lack."""
    for event in events:
        yield event
        if event["event"] == "loop_started":
            metadata = {"iterator_length": 2, "is_parallel": False}
            yield {**event, "event": "iteration_started", "data": {**event["data"], "metadata": metadata}}
        elif event["event"] == "loop_next":
            yield {**event, "event": "iteration_next"}
        elif event["event"] == "loop_completed":
            yield {**event, "event": "iteration_completed"}


def mixed_events(count: int) -> Iterator[Event]:
    """Yield at least `count` events of recorded runs, repeated; each repetition ends with a node output of 150 KB."""
    first, *middle = [event for name in MIXED for event in read_recording(name)]
    closing = read_recording(MIXED[0])[-1]
    middle = [event for event in add_iterations(middle) if not event["event"].startswith("workflow_")]
    node = next(event for event in middle if event["event"] == "node_finished")
    middle.append({**node, "data": {**node["data"], "outputs": {"text": "".join(chunks(BIG // 4))[:BIG]}}})
    yield first
    for _ in range(-(-count // len(middle))):
        yield from middle
    yield closing


def single_event(size: int) -> Iterator[Event]:
    """Yield one `message` event with `size` characters of text, and the final event."""
    message, end = small_events(1)
    yield {**message, "answer": "".join(chunks(size // 3 + 50))[:size]}
    yield end


def stream_events(kind: str, size: int) -> Iterator[Event]:
    """Yield the events of a prepared stream."""
    if kind == "endless":
        *messages, end = small_events(BATCH)
        return chain(chain.from_iterable(repeat(messages, size // BATCH)), [end])
    if kind in SMALL_KINDS:
        return small_events(size)
    return {"mixed": mixed_events, "single": single_event}[kind](size)


def digest(pairs: Iterable[Pair]) -> dict[str, Any]:
    """Return the number of events, given as pairs of type and text, and a hash of them; pings do not count."""
    total, state = 0, hashlib.sha256()
    for name, answer in pairs:
        if name != "ping":
            total += 1
            state.update(f"{name}\0{answer if isinstance(answer, str) else ''}\0".encode(errors="surrogatepass"))
    return {"events": total, "digest": state.hexdigest()}


@cache
def expected_digest(kind: str, size: int) -> dict[str, Any]:
    """Return the digest of a correct client."""
    return digest((event["event"], event.get("answer")) for event in stream_events(kind, size))


def frame(block: bytes) -> bytes:
    """Return a block as one chunk of an HTTP/1.1 body."""
    return f"{len(block):x}\r\n".encode() + block + b"\r\n"


@cache
def stream_body(kind: str, size: int) -> bytes:
    """Return a chunked HTTP body: one event per chunk as Dify sends it, or 64 KB for `packed` and `single`."""
    blocks = [b"event: ping\n\n"] if kind in ("mixed", "pinged") else []
    blocks += [encode(event) for event in stream_events(kind, size)]
    if kind in ("packed", "single"):
        content = b"".join(blocks)
        blocks = [content[start : start + BLOCK] for start in range(0, len(content), BLOCK)]
    return b"".join(map(frame, blocks)) + b"0\r\n\r\n"


@cache
def run_detail() -> bytes:
    """Return the recorded detail of a run."""
    exchange = json.loads((RECORDINGS / "330_wfrun_resumed.json").read_bytes())
    return json.dumps(exchange["response"]["body"]).encode()


@cache
def blocking_answer() -> bytes:
    """Return the response of a blocking call, with usage."""
    usage = {"prompt_tokens": 12, "completion_tokens": 34, "total_tokens": 46, "total_price": "0.0", "latency": 1.2}
    ids = {"task_id": "1", "id": "2", "message_id": "2", "conversation_id": "3", "mode": "advanced-chat"}
    answer = {"event": "message", **ids, "answer": "Hello", "created_at": 1705395332}
    return json.dumps({**answer, "metadata": {"usage": usage, "retriever_resources": []}}).encode()


@cache
def upload_response() -> Event:
    """Return the recorded response to an upload."""
    response: Event = json.loads((RECORDINGS / "082_upload_png.json").read_bytes())["response"]["body"]
    return response


@cache
def file_block() -> bytes:
    """Return the block that large files repeat."""
    return random.Random(11).randbytes(BLOCK)  # noqa: S311 - the same in every process
