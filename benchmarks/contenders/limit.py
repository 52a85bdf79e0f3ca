"""The limit: httpx and orjson by hand, giving untyped dicts."""

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
from benchmarks.contenders import firsts

BODY = {"query": "hi", "inputs": {}, "response_mode": "streaming", "user": "abc-123"}
HEADERS = {"Authorization": "Bearer app-key"}
# With httpx's default of keeping every idle connection, its pool takes time in the square of their number.
UNLIMITED = httpx.Limits(max_connections=None, max_keepalive_connections=100)


@cache
def client(base_url: str) -> httpx.Client:
    """One client for a server, as a program has it."""
    return httpx.Client(base_url=base_url, headers=HEADERS, timeout=300)


def stream(base_url: str, *, verify: bool = False, loads: Callable[[bytes], Any] = orjson.loads) -> dict[str, Any]:
    """Count the events of a stream; to verify, look at each."""
    if verify:
        return payloads.digest((event["event"], event.get("answer")) for event in dicts(base_url, loads))
    count, rest = 0, list[bytes]()
    with client(base_url).stream("POST", "/chat-messages", json=BODY) as response:
        for chunk in response.iter_bytes():
            for block in completed(rest, chunk):
                if block.startswith(b"data: "):
                    loads(block[6:])
                    count += 1
    return {"events": count}


def dicts(base_url: str, loads: Callable[[bytes], Any]) -> Iterator[Any]:
    """The events of a stream."""
    rest = list[bytes]()
    with client(base_url).stream("POST", "/chat-messages", json=BODY) as response:
        for chunk in response.iter_bytes():
            yield from (loads(block[6:]) for block in completed(rest, chunk) if block.startswith(b"data: "))


def completed(rest: list[bytes], chunk: bytes) -> list[bytes]:
    """The events a chunk completes; pieces of one that goes on are gathered and joined once."""
    rest.append(chunk)
    if b"\n\n" not in chunk and chunk[:1] != b"\n":
        return []
    *blocks, tail = b"".join(rest).split(b"\n\n")
    rest[:] = [tail]
    return blocks


def lines(base_url: str, *, verify: bool = False) -> dict[str, Any]:
    """The way most programs are written: `iter_lines`."""
    seen: list[payloads.Pair] = []
    count = 0
    with client(base_url).stream("POST", "/chat-messages", json=BODY) as response:
        for line in response.iter_lines():
            if line.startswith("data: "):
                event = orjson.loads(line[6:])
                count += 1
                if verify:
                    seen.append((event["event"], event.get("answer")))
    return payloads.digest(seen) if verify else {"events": count}


def concurrent(base_url: str, *, streams: int) -> dict[str, Any]:
    """Many streams at once in one process; when each saw its first event, and how many events all saw."""

    async def one(http: httpx.AsyncClient, began: float) -> tuple[float, int]:
        first, count, rest = 0.0, 0, list[bytes]()
        async with http.stream("POST", "/chat-messages", json=BODY) as response:
            async for chunk in response.aiter_bytes():
                for block in completed(rest, chunk):
                    if block.startswith(b"data: "):
                        orjson.loads(block[6:])
                        first = first or time.perf_counter() - began
                        count += 1
        return first, count

    async def all_of_them() -> list[tuple[float, int]]:
        async with httpx.AsyncClient(base_url=base_url, headers=HEADERS, timeout=300, limits=UNLIMITED) as http:
            await http.get("/workflows/run/1")
            began = time.perf_counter()
            return await asyncio.gather(*(one(http, began) for _ in range(streams)))

    return firsts(asyncio.run(all_of_them()))


def detail(base_url: str, *, count: int) -> dict[str, Any]:
    """Look a run up, again and again."""
    http = client(base_url)
    for _ in range(count):
        run = http.get("/workflows/run/ddb7de1b-e104-4729-a618-b7f9be510858").json()
    return {"status": run["status"]}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Send a file from disk."""
    with Path(path).open("rb") as file:
        files = {"file": ("file.bin", file, "application/octet-stream")}
        answer = client(base_url).post("/files/upload", data={"user": "abc-123"}, files=files).json()
    return {"digest": answer["reference"]}


def download(base_url: str, *, path: str) -> dict[str, Any]:
    """Write a file to disk."""
    with client(base_url).stream("GET", "/files/1/preview") as response, Path(path).open("wb") as file:
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
