"""Clients to compare: each module has `JOBS`, its functions by job name, written as its documentation shows."""

from __future__ import annotations

from typing import Any


def summarize(streams: list[tuple[float, int]]) -> dict[str, Any]:
    """Return the events of all streams, and the latest and median time of their first events."""
    times = sorted(first for first, _ in streams)
    return {"events": sum(count for _, count in streams), "first": times[-1], "median": times[len(times) // 2]}
