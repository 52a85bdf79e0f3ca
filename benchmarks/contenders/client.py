"""The client, used as its documentation shows."""

from __future__ import annotations

import asyncio
import time
from functools import cache
from typing import Any

from benchmarks import payloads
from benchmarks.contenders import firsts
from dify_chatflow import AsyncChatflow, Chatflow


@cache
def app(base_url: str) -> Chatflow:
    """One client for a server, as a program has it."""
    return Chatflow("app-key", base_url=base_url, user="abc-123")


def stream(base_url: str, *, verify: bool = False, accumulate: bool = False) -> dict[str, Any]:
    """Count the typed events of a stream; to verify, look at each."""
    count = 0
    with app(base_url).chat.stream("hi", accumulate=accumulate) as events:
        if verify:
            seen = payloads.digest((event.event, getattr(event, "answer", None)) for event in events)
        for _ in events:
            count += 1
    result = seen if verify else {"events": count}
    if accumulate:
        reply = events.reply
        told = (reply.conversation_id, reply.message_id, reply.task_id)
        result |= {"reply": payloads.digest([("reply", reply.answer)])["digest"], "ids": all(told)}
    return result


def concurrent(base_url: str, *, streams: int) -> dict[str, Any]:
    """Many streams at once in one process; when each saw its first event, and how many events all saw."""

    async def one(app: AsyncChatflow, began: float) -> tuple[float, int]:
        first, count = 0.0, 0
        async with app.chat.stream("hi", accumulate=False) as events:
            async for _ in events:
                first = first or time.perf_counter() - began
                count += 1
        return first, count

    async def all_of_them() -> list[tuple[float, int]]:
        async with AsyncChatflow("app-key", base_url=base_url, user="abc-123", timeout=300) as app:
            await app.runs.get("1")
            began = time.perf_counter()
            return await asyncio.gather(*(one(app, began) for _ in range(streams)))

    return firsts(asyncio.run(all_of_them()))


def detail(base_url: str, *, count: int) -> dict[str, Any]:
    """Look a run up, again and again."""
    runs = app(base_url).runs
    for _ in range(count):
        run = runs.get("ddb7de1b-e104-4729-a618-b7f9be510858")
    return {"status": run.status}


def upload(base_url: str, *, path: str) -> dict[str, Any]:
    """Send a file from disk."""
    return {"digest": app(base_url).files.upload(path).to_dict()["reference"]}


def download(base_url: str, *, path: str) -> dict[str, Any]:
    """Write a file to disk."""
    return {"path": str(app(base_url).files.download("1", to=path))}


JOBS = {"stream": stream, "concurrent": concurrent, "detail": detail, "upload": upload, "download": download}
