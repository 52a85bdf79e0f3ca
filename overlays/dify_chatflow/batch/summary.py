"""Summary of a batch: counts, times, tokens, costs and failures."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

from dify_chatflow.batch.result import RowResult

# Ids in an error, which differ from row to row.
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Characters of an error by which failures are grouped, and groups that are shown.
ERROR_LENGTH, MOST_ERRORS = 120, 20


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Quantiles of a time in seconds; None without a row that has one.

    Attributes:
        count: The number of rows with the time.
        p50: The time that half of the rows do not exceed; `p90` and `p99` in the same way.
        p90: The time that 90 % of the rows do not exceed.
        p99: The time that 99 % of the rows do not exceed.
        max: The longest time.
    """

    count: int
    p50: float | None
    p90: float | None
    p99: float | None
    max: float | None

    @classmethod
    def of(cls, values: Iterable[float]) -> Quantiles:
        """Return the quantiles of values, each the nearest one that occurs."""
        ordered = sorted(values)
        if not ordered:
            return cls(0, None, None, None, None)
        p50, p90, p99 = (ordered[ceil(part * len(ordered)) - 1] for part in (0.5, 0.9, 0.99))
        return cls(len(ordered), p50, p90, p99, ordered[-1])


@dataclass(frozen=True, slots=True)
class Cost:
    """Price of all rows in one currency.

    Attributes:
        currency: The currency, as the server names it.
        price: The sum, as a decimal number.
        rows: The number of rows that have a price in this currency.
    """

    currency: str
    price: str
    rows: int


@dataclass(kw_only=True, slots=True)
class Summary:
    """Summary of a batch.

    Attributes:
        total: The number of rows.
        statuses: The numbers of rows by status; `pending` for those that were not sent.
        latency: The seconds from sending a row to its end, of rows with an answer.
        first_token: The seconds from sending a row to its first text.
        tokens: The tokens of all rows.
        costs: The prices by currency.
        failures: The numbers of rows without an answer, by error; the most frequent ones.
        latencies: The latencies, in the order of the rows.
        first_tokens: The times to the first text, in the order of the rows.
    """

    total: int = 0
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    latency: Quantiles = Quantiles(0, None, None, None, None)
    first_token: Quantiles = Quantiles(0, None, None, None, None)
    tokens: int = 0
    costs: list[Cost] = field(default_factory=list[Cost])
    failures: dict[str, int] = field(default_factory=dict[str, int])
    latencies: array[float] = field(default_factory=lambda: array("d"), repr=False)
    first_tokens: array[float] = field(default_factory=lambda: array("d"), repr=False)

    @classmethod
    def of(cls, results: Iterable[RowResult], total: int | None = None) -> Summary:
        """Return the summary of results, of which it keeps two numbers a row.

        Args:
            results: The results.
            total: The number of rows; None for as many as results.

        Example:
            lines = Path("results.jsonl").read_text().splitlines()
            print(Summary.of(RowResult.from_dict(json.loads(line)) for line in lines))
        """
        statuses, failures = Counter[str](), Counter[str]()
        prices: dict[str, tuple[Decimal, int]] = {}
        summary = cls()
        for result in results:
            statuses[result.status] += 1
            summary.tokens += result.tokens or 0
            if result.is_success and result.elapsed is not None:
                summary.latencies.append(result.elapsed)
            if result.is_success and result.first_token is not None:
                summary.first_tokens.append(result.first_token)
            if not result.is_success:
                failures[shorten(ID.sub("…", result.error or result.status))] += 1
            if result.currency and (price := decimal(result.price)) is not None:
                known, rows = prices.get(result.currency, (Decimal(0), 0))
                prices[result.currency] = known + price, rows + 1
        summary.total = statuses.total() if total is None else total
        if pending := summary.total - statuses.total():
            statuses["pending"] = pending
        summary.statuses, summary.failures = dict(statuses.most_common()), dict(failures.most_common(MOST_ERRORS))
        summary.latency, summary.first_token = Quantiles.of(summary.latencies), Quantiles.of(summary.first_tokens)
        summary.costs = [Cost(name, f"{price:f}", rows) for name, (price, rows) in sorted(prices.items())]
        return summary

    @property
    def is_success(self) -> bool:
        """Whether every row has an answer."""
        return self.total == sum(self.statuses.get(name, 0) for name in ("succeeded", "partial-succeeded"))

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as JSON, without the single times."""
        values = asdict(self)
        del values["latencies"], values["first_tokens"]
        return values


def shorten(text: str) -> str:
    """Return a text in the length by which failures are grouped."""
    return text if len(text) <= ERROR_LENGTH else f"{text[:ERROR_LENGTH]}…"


def decimal(text: str | None) -> Decimal | None:
    """Return a decimal number; None where the text is none."""
    try:
        return Decimal(text or "")
    except InvalidOperation:
        return None
