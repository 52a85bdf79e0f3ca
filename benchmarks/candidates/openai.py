"""Stream decoder of openai, the reference among typed clients, on a Dify stream; it returns dicts."""

from __future__ import annotations

from functools import cache
from typing import Any

from openai import OpenAI, Stream

from benchmarks import payloads

BODY = {"query": "hi", "inputs": {}, "response_mode": "streaming", "user": "abc-123"}


@cache
def get_client(base_url: str) -> OpenAI:
    """Return the client of a server, created once as in a program."""
    return OpenAI(api_key="app-key", base_url=base_url, timeout=300)


def stream(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the events of a stream; `verify` also hashes their content."""
    events: Any = get_client(base_url).post(
        "/chat-messages", body=BODY, cast_to=object, stream=True, stream_cls=Stream[object]
    )
    if verify:
        return payloads.digest((event["event"], event.get("answer")) for event in events)
    return {"events": sum(1 for _ in events)}


JOBS = {"stream": stream}
