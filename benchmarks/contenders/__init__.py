"""Those who are compared, each a module with `JOBS`: what they do, by name, the way their documentation shows it."""

from __future__ import annotations

from typing import Any


def firsts(seen: list[tuple[float, int]]) -> dict[str, Any]:
    """Of many streams: all their events, and the latest and the middle of the times of their first events."""
    times = sorted(first for first, _ in seen)
    return {"events": sum(count for _, count in seen), "first": times[-1], "median": times[len(times) // 2]}
