"""dify-chatflow."""

from __future__ import annotations

import asyncio
import time
from functools import cache
from typing import Any

from benchmarks import payloads
from benchmarks.candidates import summarize
from dify_chatflow import AsyncChatflow, Chatflow


@cache
def get_app(base_url: str) -> Chatflow:
    """Return the client of a server, created once as in a program."""
    return Chatflow("app-key", base_url=base_url, user="abc-123")


def stream(base_url: str, *, verify: bool = False, accumulate: bool = False) -> dict[str, Any]:
    """Count the typed events of a stream; `verify` also hashes their content."""
    count = 0
    with get_app(base_url).chat.stream("hi", accumulate=accumulate) as events:
        if verify:
            seen = payloads.digest((event.event, getattr(event, "answer", None)) for event in events)
        for _ in events:
            count += 1
    result = seen if verify else {"events": count}
    if accumulate:
        reply = events.reply
        ids = (reply.conversation_id, reply.message_id, reply.task_id)
        result |= {"reply": payloads.digest([("reply", reply.answer)])["digest"], "ids": all(ids)}
    return result


def concurrent(base_url: str, *, streams: int) -> dict[str, Any]:
    """Read concurrent streams in one process; return their events and the times of their first events."""

    async def read(app: AsyncChatflow, start: float) -> tuple[float, int]:
        first, count = 0.0, 0
        async with app.chat.stream("hi", accumulate=False) as events:
            async for _ in events:
                first = first or time.perf_counter() - start
                count += 1
        return first, count

    async def read_all() -> list[tuple[float, int]]:
        async with AsyncChatflow("app-key", base_url=base_url, user="abc-123", timeout=300) as app:
            await app.runs.get("1")
            start = time.perf_counter()
            return await asyncio.gather(*(read(app, start) for _ in range(streams)))

    return summarize(asyncio.run(read_all()))


def detail(base_url: str, *, count: int) -> dict[str, Any]:
    """Request the detail of a run repeatedly."""
    runs = get_app(base_url).runs
    for _ in range(count):
        run = runs.get("ddb7de1b-e104-4729-a618-b7f9be510858")
    return {"status": run.status}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Upload a file from disk."""
    return {"digest": get_app(base_url).files.upload(path).to_dict()["reference"]}


def download(base_url: str, *, path: str) -> dict[str, Any]:
    """Download a file to disk."""
    return {"path": str(get_app(base_url).files.download("1", to=path))}


JOBS = {"stream": stream, "concurrent": concurrent, "detail": detail, "upload": upload, "download": download}
