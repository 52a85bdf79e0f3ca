"""Baseline: hand-written code with httpx and orjson that returns untyped dicts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks import payloads
from benchmarks.candidates import summarize

BODY = {"query": "hi", "inputs": {}, "response_mode": "streaming", "user": "abc-123"}
HEADERS = {"Authorization": "Bearer app-key"}
# The default, keeping every idle connection, makes the pool's cost quadratic in the number of connections.
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100)


@cache
def get_client(base_url: str) -> httpx.Client:
    """Return the client of a server, created once as in a program."""
    return httpx.Client(base_url=base_url, headers=HEADERS, timeout=300)


def stream(base_url: str, *, verify: bool = False, loads: Callable[[bytes], Any] = orjson.loads) -> dict[str, Any]:
    """Count the events of a stream; `verify` also hashes their content."""
    if verify:
        return payloads.digest((event["event"], event.get("answer")) for event in iter_events(base_url, loads))
    count, rest = 0, list[bytes]()
    with get_client(base_url).stream("POST", "/chat-messages", json=BODY) as response:
        for chunk in response.iter_bytes():
            for block in split_events(rest, chunk):
                if block.startswith(b"data: "):
                    loads(block[6:])
                    count += 1
    return {"events": count}


def iter_events(base_url: str, loads: Callable[[bytes], Any]) -> Iterator[Any]:
    """Yield the events of a stream."""
    rest = list[bytes]()
    with get_client(base_url).stream("POST", "/chat-messages", json=BODY) as response:
        for chunk in response.iter_bytes():
            yield from (loads(block[6:]) for block in split_events(rest, chunk) if block.startswith(b"data: "))


def split_events(rest: list[bytes], chunk: bytes) -> list[bytes]:
    """Return the events that a chunk completes; `rest` collects the parts of an incomplete one and joins them once."""
    rest.append(chunk)
    if b"\n\n" not in chunk and chunk[:1] != b"\n":
        return []
    *blocks, tail = b"".join(rest).split(b"\n\n")
    rest[:] = [tail]
    return blocks


def lines(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """Count the events of a stream with `iter_lines`, as most programs do."""
    seen: list[payloads.Pair] = []
    count = 0
    with get_client(base_url).stream("POST", "/chat-messages", json=BODY) as response:
        for line in response.iter_lines():
            if line.startswith("data: "):
                event = orjson.loads(line[6:])
                count += 1
                if verify:
                    seen.append((event["event"], event.get("answer")))
    return payloads.digest(seen) if verify else {"events": count}


def concurrent(base_url: str, *, streams: int) -> dict[str, Any]:
    """Read concurrent streams in one process; return their events and the times of their first events."""

    async def read(http: httpx.AsyncClient, start: float) -> tuple[float, int]:
        first, count, rest = 0.0, 0, list[bytes]()
        async with http.stream("POST", "/chat-messages", json=BODY) as response:
            async for chunk in response.aiter_bytes():
                for block in split_events(rest, chunk):
                    if block.startswith(b"data: "):
                        orjson.loads(block[6:])
                        first = first or time.perf_counter() - start
                        count += 1
        return first, count

    async def read_all() -> list[tuple[float, int]]:
        async with httpx.AsyncClient(base_url=base_url, headers=HEADERS, timeout=300, limits=LIMITS) as http:
            await http.get("/workflows/run/1")
            start = time.perf_counter()
            return await asyncio.gather(*(read(http, start) for _ in range(streams)))

    return summarize(asyncio.run(read_all()))


def detail(base_url: str, *, count: int) -> dict[str, Any]:
    """Request the detail of a run repeatedly."""
    http = get_client(base_url)
    for _ in range(count):
        run = http.get("/workflows/run/ddb7de1b-e104-4729-a618-b7f9be510858").json()
    return {"status": run["status"]}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Upload a file from disk."""
    with Path(path).open("rb") as file:
        files = {"file": ("file.bin", file, "application/octet-stream")}
        response = get_client(base_url).post("/files/upload", data={"user": "abc-123"}, files=files).json()
    return {"digest": response["reference"]}


def download(base_url: str, *, path: str) -> dict[str, Any]:
    """Download a file to disk."""
    with get_client(base_url).stream("GET", "/files/1/preview") as response, Path(path).open("wb") as file:
        file.writelines(response.iter_bytes())
    return {"path": path}


JOBS = {
    "stream": stream,
    "lines": lines,
    "concurrent": concurrent,
    "detail": detail,
    "upload": upload,
    "download": download,
}
