"""How cost grows with the number of events, the bytes of an event and the size of a document."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import linear_regression, median
from typing import Any

from benchmarks import documents
from benchmarks.process import Server, Worker
from benchmarks.work import LIMIT, MINE
from pipeline.sources import Source

DECADES = 3


@dataclass(frozen=True)
class Series:
    """CPU time over a size, as points of a curve; `exponent` is the slope in decades, 1 where cost is linear.

    The slope is taken over the upper two decades: below them the fixed cost of a request or a report shows.
    """

    panel: str
    axis: str
    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of the upper part of the curve."""
        lowest = self.sizes[-1] / 100
        upper = [(size, took) for size, took in zip(self.sizes, self.seconds, strict=True) if size >= lowest]
        return linear_regression([math.log(x) for x, _ in upper], [math.log(y) for _, y in upper]).slope

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"exponent": self.exponent}


def steps(first: int, *, small: bool) -> tuple[int, ...]:
    """Sizes over three decades, three to each; few in a test."""
    if small:
        return first, first * 3, first * 10
    return tuple(round(first * 10 ** (step / 3)) for step in range(3 * DECADES + 1))


def measure(server: Server, *, small: bool = False) -> list[Series]:
    """All curves: streams of both contenders in interleaved rounds, and the comparison of documents."""
    with Worker("limit") as limit, Worker("client") as client:
        workers = {LIMIT: limit, MINE: client}
        found = [
            *streams(server, workers, "packed", "events of a stream", steps(100, small=small), small=small),
            *streams(server, workers, "single", "bytes of one event", steps(10_000, small=small), small=small),
        ]
    counts = steps(2, small=small)
    made = [documents.scaled(count) for count in counts]
    sources = [[Source("made", json.dumps(document)) for document in pair] for pair in made]
    sizes = tuple(len(pair[0].text) for pair in sources)
    took = tuple(median(documents.seconds(*pair) for _ in range(1 if small else 3)) for pair in sources)
    return [*found, Series("drift", "bytes of a document", "comparison", sizes, took)]


def streams(
    server: Server, workers: dict[str, Worker], kind: str, axis: str, sizes: Sequence[int], *, small: bool
) -> list[Series]:
    """A curve of each contender."""
    took: dict[str, list[float]] = {name: [] for name in workers}
    for size in sizes:
        rounds: dict[str, list[float]] = {name: [] for name in workers}
        for _ in range(2 if small else 7):
            for name, doer in workers.items():
                answer = doer.run("stream", base_url=server.url(kind, size))
                if "error" in answer:
                    raise RuntimeError(f"{name}, {kind} of {size}: {answer['error']}")
                rounds[name].append(answer["cpu"])
        for name, values in rounds.items():
            took[name].append(median(values[1:]))
    return [Series(kind, axis, name, tuple(sizes), tuple(values)) for name, values in took.items()]
