"""Recorded streams: the copies kept here, and all others where the shared folder is at hand; and ways to cut them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings

from tests.conftest import ROOT, shared_folder

# Properties that do not depend on how busy the machine is.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

KEPT = ROOT / "tests" / "recordings"


def recorded_streams() -> list[Path]:
    """Every recorded stream once."""
    folder = shared_folder()
    found = {path.name: path for path in KEPT.glob("*.sse")}
    if folder is not None:
        found |= {path.name: path for path in (folder / "wire").glob("*.sse")}
    return [found[name] for name in sorted(found)]


def kept(name: str) -> bytes:
    """A recording of which a copy is kept here, by the start of its name."""
    (path,) = KEPT.glob(f"{name}*.sse")
    return path.read_bytes()


def cut(data: bytes, size: int) -> list[bytes]:
    """The bytes in pieces of one size."""
    return [data[start : start + size] for start in range(0, len(data), size)]


def cut_at(data: bytes, places: list[int]) -> list[bytes]:
    """The bytes cut at places, taken modulo their length; some pieces may be empty."""
    ends = sorted(place % (len(data) + 1) for place in places)
    return [data[start:end] for start, end in zip([0, *ends], [*ends, len(data)], strict=True)]
