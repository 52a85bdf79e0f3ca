"""The limit of rows at a time, and summaries."""

from __future__ import annotations

import pytest

from dify_chatflow.batch import Quantiles, RowResult, Summary
from dify_chatflow.batch.throttle import Throttle


def test_rows_of_one_refusal_halve_once() -> None:
    throttle = Throttle(8)
    for _ in range(4):
        throttle.hold(began=0.0, now=1.0, advised=5.0)
    assert (throttle.limit, throttle.delay(0, 2.0), throttle.delay(4, 2.0)) == (4.0, 4.0, None)
    throttle.hold(began=2.0, now=3.0, advised=1.0)
    assert (throttle.limit, throttle.delay(0, 3.0), throttle.delay(0, 7.0)) == (2.0, 3.0, 0.0)


def test_limit_rises_with_successes() -> None:
    throttle = Throttle(3)
    for moment in range(5):
        throttle.hold(began=moment, now=moment, advised=0.0)
    assert throttle.limit == 1
    throttle.rise()
    assert throttle.limit == 2
    for _ in range(9):
        throttle.rise()
    assert throttle.limit == 3


def test_pauses_grow_without_advice() -> None:
    throttle, pauses = Throttle(1), list[float]()
    for moment in range(0, 1000, 100):
        throttle.hold(began=moment, now=moment, is_refused=False)
        pauses.append(throttle.resumes_at - moment)
    assert pauses[-1] > 4 * pauses[0]
    assert max(pauses) <= 60


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, None, None, None, None)),
        ([2.0], (1, 2.0, 2.0, 2.0, 2.0)),
        ([float(number) for number in range(100, 0, -1)], (100, 50.0, 90.0, 99.0, 100.0)),
    ],
)
def test_quantiles_are_values_that_occur(values: list[float], expected: tuple[object, ...]) -> None:
    assert Quantiles.of(values) == Quantiles(*expected)  # type: ignore[arg-type]


def test_summary_adds_up_exactly() -> None:
    def result(status: str, **fields: object) -> RowResult:
        return RowResult.from_dict({"row": 1, "id": "1", "query": "q", "status": status, **fields})

    id_ = "5f68694b-9507-4c29-a011-c20bbf67da4"
    summary = Summary.of(
        [
            *[result("succeeded", price="0.1", currency="USD", tokens=2, elapsed=1.0)] * 3,
            result("succeeded", price="1", currency="EUR", looked_up=True),
            result("succeeded", price="free", currency="USD"),
            result("failed", error=f"run {id_}1 is lost", elapsed=9.0),
            result("failed", error=f"run {id_}2 is lost"),
        ],
        total=9,
    )
    assert summary.statuses == {"succeeded": 5, "failed": 2, "pending": 2}
    assert [(cost.currency, cost.price, cost.rows) for cost in summary.costs] == [("EUR", "1", 1), ("USD", "0.3", 3)]
    assert (summary.tokens, summary.latency.max, summary.latency.count) == (6, 1.0, 3)
    assert summary.failures == {"run … is lost": 2}
    assert "latencies" not in summary.to_dict()
