"""Stream decoder of anthropic on a Dify stream; it returns dicts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from anthropic import Anthropic, Stream

from benchmarks import payloads

BODY = {"query": "hi", "inputs": {}, "response_mode": "streaming", "user": "abc-123"}


@cache
def get_client(base_url: str) -> Anthropic:
    """Return the client of a server, created once as in a program."""
    return Anthropic(api_key="app-key", base_url=base_url, timeout=300)


def iter_events(base_url: str) -> Iterator[Any]:
    """Yield the events of a stream; the typed iteration would drop those without an `event:` line."""
    stream: Any = get_client(base_url).post(
        "/chat-messages", body=BODY, cast_to=object, stream=True, stream_cls=Stream[object]
    )
    return (event.json() for event in Stream.raw_events(stream.response) if event.data)


def stream(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the events of a stream; `verify` also hashes their content."""
    events = iter_events(base_url)
    if verify:
        return payloads.digest((event["event"], event.get("answer")) for event in events)
    return {"events": sum(1 for _ in events)}


JOBS = {"stream": stream}
