"""The stream decoder of openai, the reference of typed clients, on a Dify stream; it gives dicts."""

from __future__ import annotations

from functools import cache
from typing import Any

from openai import OpenAI, Stream

from benchmarks import payloads

BODY = {"query": "hi", "inputs": {}, "response_mode": "streaming", "user": "abc-123"}


@cache
def client(base_url: str) -> OpenAI:
    """One client for a server, as a program has it."""
    return OpenAI(api_key="app-key", base_url=base_url, timeout=300)


def stream(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the events of a stream; to verify, look at each."""
    events: Any = client(base_url).post(
        "/chat-messages", body=BODY, cast_to=object, stream=True, stream_cls=Stream[object]
    )
    if verify:
        return payloads.digest((event["event"], event.get("answer")) for event in events)
    return {"events": sum(1 for _ in events)}


JOBS = {"stream": stream}
