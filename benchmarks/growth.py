"""Growth of cost with the number of events, the bytes of an event and the size of a document."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import linear_regression, median
from typing import Any

from benchmarks import documents
from benchmarks.process import Server, Worker
from benchmarks.rounds import Scale
from benchmarks.work import BASELINE, CLIENT
from pipeline.sources import Source

DECADES = 3


@dataclass(frozen=True)
class Series:
    """CPU time by size; `exponent` is the slope on logarithmic axes, 1 for linear growth.

    The slope is that of the upper two decades: below, the fixed cost of a request or a report predominates.
    """

    panel: str
    axis: str
    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """Slope of the upper part of the curve."""
        lowest = self.sizes[-1] / 100
        upper = [(size, seconds) for size, seconds in zip(self.sizes, self.seconds, strict=True) if size >= lowest]
        return linear_regression([math.log(x) for x, _ in upper], [math.log(y) for _, y in upper]).slope

    def to_dict(self) -> dict[str, Any]:
        """Return the series as a JSON object."""
        return asdict(self) | {"exponent": self.exponent}


def size_steps(first: int, *, small: bool) -> tuple[int, ...]:
    """Return sizes over three decades, three per decade; only three sizes if `small`."""
    if small:
        return first, first * 3, first * 10
    return tuple(round(first * 10 ** (step / 3)) for step in range(3 * DECADES + 1))


def measure(server: Server, scale: Scale) -> list[Series]:
    """Return all series: streams of baseline and client in interleaved rounds, and the comparison of documents."""
    small, rounds = scale.small, max(2, scale.limit(7))  # the first one is dropped
    with Worker("baseline") as baseline, Worker("client") as client:
        workers = {BASELINE: baseline, CLIENT: client}
        series = [
            *measure_streams(server, workers, "packed", "events of a stream", size_steps(100, small=small), rounds),
            *measure_streams(server, workers, "single", "bytes of one event", size_steps(10_000, small=small), rounds),
        ]
    pairs = [documents.build_pair(count) for count in size_steps(2, small=small)]
    sources = [[Source("synthetic", json.dumps(document)) for document in pair] for pair in pairs]
    sizes = tuple(len(pair[0].text) for pair in sources)
    seconds = tuple(
        median(documents.time_comparison(*pair) for _ in range(scale.limit(3, small=1))) for pair in sources
    )
    return [*series, Series("drift", "bytes of a document", "comparison", sizes, seconds)]


def measure_streams(
    server: Server, workers: dict[str, Worker], kind: str, axis: str, sizes: Sequence[int], count: int
) -> list[Series]:
    """Return a series for each worker."""
    medians: dict[str, list[float]] = {name: [] for name in workers}
    for size in sizes:
        rounds: dict[str, list[float]] = {name: [] for name in workers}
        for _ in range(count):
            for name, worker in workers.items():
                result = worker.run("stream", base_url=server.base_url(kind, size))
                if "error" in result:
                    raise RuntimeError(f"{name}, {kind} of {size}: {result['error']}")
                rounds[name].append(result["cpu"])
        for name, seconds in rounds.items():
            medians[name].append(median(seconds[1:]))
    return [Series(kind, axis, name, tuple(sizes), tuple(seconds)) for name, seconds in medians.items()]
