"""Gate against regressions: ratios of a measurement compared with committed reference ratios, never times."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Row
from benchmarks.work import CLIENT, CLIENT_PLAIN

REFERENCE = Path(__file__).resolve().parent / "reference.json"
GATED = (CLIENT, CLIENT_PLAIN)
LEAST, MOST, SPREADS = 0.08, 0.25, 3.0
Reference = dict[str, dict[str, dict[str, float]]]


def find_ratios(rows: Sequence[Row]) -> Iterator[tuple[Row, str, Figure]]:
    """Yield the figures of dify-chatflow that are multiples of a baseline in the same round."""
    for row in rows:
        for name in GATED:
            if row.unit == "×" and name in row.figures:
                yield row, name, row.figures[name]


def build_reference(rows: Sequence[Row]) -> Reference:
    """Return ratios with their tolerances: three interquartile ranges, from 8 % to 25 % of the ratio."""
    reference: Reference = {}
    for row, name, figure in find_ratios(rows):
        if not figure.error:
            tolerance = min(MOST, max(LEAST, SPREADS * (figure.high - figure.low) / figure.value))
            entry = {"ratio": round(figure.value, 3), "tolerance": round(tolerance, 3)}
            reference.setdefault(row.name, {})[name] = entry
    return reference


def find_regressions(rows: Sequence[Row], reference: Reference, slack: float = 1.0) -> list[str]:
    """Return a line for each ratio above its limit, each wrong result, and each ratio without a reference.

    Args:
        rows: Rows of a measurement.
        reference: Committed ratios and tolerances by row and candidate.
        slack: Factor for the tolerances, for machines with more noise than the reference's.
    """
    lines: list[str] = []
    for row, name, figure in find_ratios(rows):
        entry = reference.get(row.name, {}).get(name)
        if figure.error:
            lines.append(f"{row.name}: result of {name} is wrong: {figure.error}")
        elif entry is None:
            lines.append(f"{row.name}: no reference ratio of {name}; measure with --accept")
        elif figure.value > (limit := entry["ratio"] * (1 + slack * entry["tolerance"])):
            lines.append(
                f"{row.name}: {name} costs {figure.value:.2f} × the baseline, above the limit of {limit:.2f} × "
                f"(reference {entry['ratio']:.2f} ×)"
            )
    return lines


def load_reference(path: Path = REFERENCE) -> Reference:
    """Return the committed ratios."""
    reference: Reference = json.loads(path.read_bytes())
    return reference


def save_reference(rows: Sequence[Row], path: Path = REFERENCE) -> None:
    """Write the ratios of a measurement as the reference; rows that were not measured keep theirs."""
    kept: dict[str, Any] = load_reference(path) if path.is_file() else {}
    text = json.dumps(kept | build_reference(rows), indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
