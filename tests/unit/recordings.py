"""Ways to cut the bytes of a stream."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Properties that do not depend on how busy the machine is.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def cut(data: bytes, size: int) -> list[bytes]:
    """Return the bytes in chunks of one size."""
    return [data[start : start + size] for start in range(0, len(data), size)]


def cut_at(data: bytes, places: list[int]) -> list[bytes]:
    """Return the bytes split at places, taken modulo their length; some chunks may be empty."""
    ends = sorted(place % (len(data) + 1) for place in places)
    return [data[start:end] for start, end in zip([0, *ends], [*ends, len(data)], strict=True)]
