"""Results of a measurement: figures with their spread, and rows of the table with their targets."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """Median and interquartile range of a candidate's rounds, or the `error` because of which there is none."""

    value: float = 0.0
    low: float = 0.0
    high: float = 0.0
    error: str = ""

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """Return the figure for the values of all rounds."""
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive") if values[1:] else [values[0]] * 3
        return cls(middle, low, high)

    def format(self, unit: str) -> str:
        """Return the text for the table."""
        if self.error:
            return f"wrong: {self.error}"
        digits = 2 if unit in ("×", "s") else 1
        value, low, high = (f"{number:.{digits}f}" for number in (self.value, self.low, self.high))
        return f"{value} {unit}" + (f" ({low}–{high})" if low != high else "")


@dataclass
class Row:
    """Row of the table: one measurement of all candidates.

    Attributes:
        name: Name for `--only`.
        work: Description of the work.
        unit: `×` (multiple of the baseline in the same round), `ms`, `s` or `MB`.
        target: Target for dify-chatflow, its largest value; None if there is none.
        baseline: Value of the baseline with its unit.
        figures: Figures by candidate.
        plain_target: Target for dify-chatflow without orjson; None if there is none.
        duration: Seconds from the previous row to this one.
    """

    name: str
    work: str
    unit: str
    target: float | None
    baseline: str
    figures: dict[str, Figure] = field(default_factory=dict)
    plain_target: float | None = None
    duration: float = 0.0

    @property
    def meets_target(self) -> bool | None:
        """Result of the comparison with the targets; None if there is no target or no figure."""
        targets = {"dify-chatflow": self.target, "dify-chatflow without orjson": self.plain_target}
        results = [
            not figure.error and figure.value <= target
            for name, target in targets.items()
            if target is not None and (figure := self.figures.get(name))
        ]
        return all(results) if results else None

    def describe_target(self) -> str:
        """Return the text for the table."""
        texts = [] if self.target is None else [f"≤ {self.target:g} {self.unit}"]
        texts += [] if self.plain_target is None else [f"without orjson ≤ {self.plain_target:g} {self.unit}"]
        return ", ".join(texts)

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Row:
        """Return the row of a JSON object."""
        figures = {name: Figure(**figure) for name, figure in row["figures"].items()}
        values: dict[str, Any] = {name: row[name] for name in row.keys() - {"meets_target", "figures"}}
        return cls(**values, figures=figures)

    def to_dict(self) -> dict[str, Any]:
        """Return the row as a JSON object."""
        return asdict(self) | {"meets_target": self.meets_target}
