"""What a measurement gives: figures with their spread, and goals they are held to."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """The median of a contender's rounds and the middle half of them; `wrong` says why there is no figure."""

    value: float = 0.0
    low: float = 0.0
    high: float = 0.0
    wrong: str = ""

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """The figure for the values of all rounds."""
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive") if values[1:] else [values[0]] * 3
        return cls(middle, low, high)

    def text(self, unit: str) -> str:
        """As the table shows it."""
        if self.wrong:
            return f"wrong: {self.wrong}"
        digits = 2 if unit in ("×", "s") else 1
        value, low, high = (f"{number:.{digits}f}" for number in (self.value, self.low, self.high))
        return f"{value} {unit}" + (f" ({low}–{high})" if low != high else "")


@dataclass
class Line:
    """A line of the table: one thing measured, of all contenders.

    Attributes:
        name: What `--only` calls it.
        work: What is done.
        unit: `×` (CPU time as a multiple of the first contender's in the same round), `ms`, `s` or `MB`.
        target: The most the client may take; None where nothing was set.
        limit: What the first contender takes itself, with its unit.
        figures: By contender.
    """

    name: str
    work: str
    unit: str
    target: float | None
    limit: str
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def holds(self) -> bool | None:
        """Whether the client reaches the target."""
        mine = self.figures.get("dify-chatflow")
        return None if self.target is None or mine is None else not mine.wrong and mine.value <= self.target

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"holds": self.holds}
