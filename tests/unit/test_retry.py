"""Retry rules: which requests may be sent again, and after how many seconds."""

from __future__ import annotations

import datetime as dt
import random
from email.utils import format_datetime

import pytest

from dify_chatflow._retry import backoff, delay_after_failure, delay_after_status, parse_retry_after, seconds_until

IDEMPOTENT = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]
RETRIED = [408, 429, 502, 503, 504]


@pytest.fixture(autouse=True)
def longest_random_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every wait as long as possible."""
    monkeypatch.setattr(random, "uniform", max)


@pytest.mark.parametrize("status", RETRIED)
@pytest.mark.parametrize("method", [*IDEMPOTENT, "get"])
def test_idempotent_request_is_retried(method: str, status: int) -> None:
    assert delay_after_status(method, status, {}, 1, is_replayable=True) == 0.5
    assert delay_after_status(method, status, {"Retry-After": "7"}, 1, is_replayable=True) == 7
    assert delay_after_status(method, status, {}, 1, is_replayable=False) is None


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 409, 413, 415, 422, 500, 501, 505, 522])
def test_other_status_is_never_retried(status: int) -> None:
    assert delay_after_status("GET", status, {"Retry-After": "1"}, 1, is_replayable=True) is None


@pytest.mark.parametrize("status", RETRIED)
def test_post_is_retried_only_when_advised(status: int) -> None:
    assert delay_after_status("POST", status, {}, 1, is_replayable=True) is None
    assert delay_after_status("POST", status, {"Retry-After": "soon"}, 1, is_replayable=True) is None
    advised = delay_after_status("POST", status, {"Retry-After": "2"}, 1, is_replayable=True)
    assert advised == (2 if status == 429 else None)
    assert delay_after_status("POST", status, {"Retry-After": "2"}, 1, is_replayable=False) is None


def test_advice_is_bounded() -> None:
    assert delay_after_status("GET", 503, {"Retry-After": "100000"}, 1, is_replayable=True) == 60
    assert delay_after_status("GET", 503, {"Retry-After": "0"}, 1, is_replayable=True) == 0


@pytest.mark.parametrize(
    ("method", "is_unsent", "is_replayable", "is_retried"),
    [
        ("POST", True, False, True),
        ("POST", True, True, True),
        ("POST", False, True, False),
        ("get", False, True, True),
        ("PUT", False, False, False),
        ("PUT", True, False, True),
    ],
)
def test_failed_connection_is_retried_if_harmless(
    method: str, is_unsent: bool, is_replayable: bool, is_retried: bool
) -> None:
    delay = delay_after_failure(method, 2, is_unsent=is_unsent, is_replayable=is_replayable)
    assert delay == (1.0 if is_retried else None)


def test_waits_double_up_to_a_maximum() -> None:
    assert [backoff(attempt) for attempt in range(1, 10)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    assert backoff(100_000) == 60


def test_waits_are_random(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", min)
    assert [backoff(attempt) for attempt in (1, 2, 3)] == [0.25, 0.5, 1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("1.5", 1.5),
        (" 3 ", 3.0),
        ("", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_parsed(value: str, expected: float | None) -> None:
    assert parse_retry_after({"Retry-After": value}) == expected
    assert parse_retry_after({"retry-after": value}) == expected


def test_missing_advice_is_none() -> None:
    assert parse_retry_after({}) is None


@pytest.mark.parametrize("zone", [dt.UTC, None, dt.timezone(dt.timedelta(hours=-7))])
def test_date_counts_from_now(zone: dt.tzinfo | None) -> None:
    in_an_hour = dt.datetime.now(zone or dt.UTC) + dt.timedelta(hours=1)
    seconds = seconds_until(format_datetime(in_an_hour if zone else in_an_hour.replace(tzinfo=None)))
    assert seconds is not None
    assert 3500 < seconds <= 3600


def test_text_without_date_has_no_seconds() -> None:
    assert seconds_until("soon") is None
    assert seconds_until("Thu, 99 Jan 2026 99:00:00 GMT") is None
