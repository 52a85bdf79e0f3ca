"""What the server sends, prepared once, and what a client that reads it right makes of it."""

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
SMALL_EVENTS = {"messages", "packed", "concurrent", "pinged"}

Event = dict[str, Any]
Pair = tuple[str, str | None]


def data(event: Event) -> bytes:
    """An event as Dify sends it: one line of compact JSON and a blank line."""
    return b"data: " + json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def recorded(name: str) -> list[Event]:
    """The events of a recorded stream, without its pings."""
    lines = (RECORDINGS / f"{name}.sse").read_bytes().splitlines()
    return [json.loads(line[6:]) for line in lines if line.startswith(b"data: ")]


def answers(count: int) -> Iterator[str]:
    """Pieces of text as a model gives them: short, some with quotes, line ends or letters beyond ASCII."""
    words = random.Random(7)  # noqa: S311 - the same text in every run
    pieces = ["The", " full", " service", " costs", " 120", " €", ".\n\n", ' "Grundwäsche"', " – ", " 自転車", ""]
    for number in range(count):
        yield words.choice(pieces) if number % 50 else f" {number}"


def small(count: int) -> Iterator[Event]:
    """`count` small `message` events, recorded but for their text, and the `message_end` that closes such a stream."""
    events = recorded("402_llm_stream")
    message = next(event for event in events if event["event"] == "message")
    for text in answers(count):
        yield {**message, "answer": text}
    yield next(event for event in events if event["event"] == "message_end")


def iterations(events: Iterable[Event]) -> Iterator[Event]:
    """The events of recorded loops, and the same as iterations: no recording has any."""
    for event in events:
        yield event
        if event["event"] == "loop_started":
            steps = {"iterator_length": 2, "is_parallel": False}
            yield {**event, "event": "iteration_started", "data": {**event["data"], "metadata": steps}}
        elif event["event"] == "loop_next":
            yield {**event, "event": "iteration_next"}
        elif event["event"] == "loop_completed":
            yield {**event, "event": "iteration_completed"}


def mixed(count: int) -> Iterator[Event]:
    """At least `count` events of recorded runs, in passes that each end with a node whose output has 150 KB."""
    first, *middle = [event for name in MIXED for event in recorded(name)]
    closing = recorded(MIXED[0])[-1]
    middle = [event for event in iterations(middle) if not event["event"].startswith("workflow_")]
    node = next(event for event in middle if event["event"] == "node_finished")
    middle.append({**node, "data": {**node["data"], "outputs": {"text": "".join(answers(BIG // 4))[:BIG]}}})
    yield first
    for _ in range(-(-count // len(middle))):
        yield from middle
    yield closing


def single(size: int) -> Iterator[Event]:
    """One `message` event with `size` characters of text, and the end."""
    message, end = small(1)
    yield {**message, "answer": "".join(answers(size // 3 + 50))[:size]}
    yield end


def events(kind: str, size: int) -> Iterator[Event]:
    """The events of a prepared stream."""
    if kind == "endless":
        *messages, end = small(BATCH)
        return chain(chain.from_iterable(repeat(messages, size // BATCH)), [end])
    if kind in SMALL_EVENTS:
        return small(size)
    return {"mixed": mixed, "single": single}[kind](size)


def pairs(kind: str, size: int) -> Iterator[Pair]:
    """What a client has to tell of a stream: each event's name, and its text where it has one."""
    return ((event["event"], event.get("answer")) for event in events(kind, size))


def digest(seen: Iterable[Pair]) -> dict[str, Any]:
    """How many events were seen, and a hash over what they were; pings do not count."""
    total, state = 0, hashlib.sha256()
    for name, answer in seen:
        if name != "ping":
            total += 1
            state.update(f"{name}\0{answer if isinstance(answer, str) else ''}\0".encode(errors="surrogatepass"))
    return {"events": total, "digest": state.hexdigest()}


@cache
def expected(kind: str, size: int) -> dict[str, Any]:
    """The digest of a client that reads the stream right."""
    return digest(pairs(kind, size))


def framed(block: bytes) -> bytes:
    """A block as one chunk of an HTTP/1.1 body."""
    return f"{len(block):x}\r\n".encode() + block + b"\r\n"


@cache
def body(kind: str, size: int) -> bytes:
    """A whole HTTP body in chunks: of one event each, as Dify sends them, or for `packed` and `single` of 64 KB."""
    sent = [b"event: ping\n\n"] if kind in ("mixed", "pinged") else []
    sent += [data(event) for event in events(kind, size)]
    if kind in ("packed", "single"):
        whole = b"".join(sent)
        sent = [whole[start : start + BLOCK] for start in range(0, len(whole), BLOCK)]
    return b"".join(map(framed, sent)) + b"0\r\n\r\n"


@cache
def run_detail() -> bytes:
    """The recorded detail of a run."""
    exchange = json.loads((RECORDINGS / "330_wfrun_resumed.json").read_bytes())
    return json.dumps(exchange["response"]["body"]).encode()


@cache
def upload_answer() -> Event:
    """The recorded answer to an upload."""
    answer: Event = json.loads((RECORDINGS / "082_upload_png.json").read_bytes())["response"]["body"]
    return answer


@cache
def file_block() -> bytes:
    """The block that large files repeat."""
    return random.Random(11).randbytes(BLOCK)  # noqa: S311 - the same in every process
