"""Retries: which requests may be sent again, and after how long."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from math import isfinite

RETRIED_STATUSES = frozenset({408, 429, 502, 503, 504})
IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
TOO_MANY_REQUESTS = 429
# Seconds.
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
# The part of a wait that is random, so that clients that failed together do not return together.
JITTER = 0.5
# Doublings after which every wait is the longest one.
MAX_DOUBLINGS = 10


def delay_after_status(
    method: str, status: int, headers: Mapping[str, str], attempt: int, *, is_replayable: bool
) -> float | None:
    """Return the seconds to wait before sending a refused request again; None when it must not be.

    A POST is retried only when the server refused it with 429 and a `Retry-After`; a body that was read from a stream
    cannot be sent twice.
    """
    advised = parse_retry_after(headers)
    if status not in RETRIED_STATUSES or not is_replayable:
        return None
    if method.upper() not in IDEMPOTENT_METHODS and (status != TOO_MANY_REQUESTS or advised is None):
        return None
    return backoff(attempt) if advised is None else min(advised, LONGEST_WAIT)


def delay_after_failure(method: str, attempt: int, *, is_unsent: bool, is_replayable: bool) -> float | None:
    """Return the seconds to wait after a failure of the connection; None when the server may have the request."""
    if is_unsent or (method.upper() in IDEMPOTENT_METHODS and is_replayable):
        return backoff(attempt)
    return None


def backoff(attempt: int) -> float:
    """Return the seconds to wait before retry number `attempt`: exponential, with jitter and a maximum."""
    wait = FIRST_WAIT * 2.0 ** min(attempt - 1, MAX_DOUBLINGS)
    return min(wait * random.uniform(1 - JITTER, 1), LONGEST_WAIT)  # noqa: S311 - spreads load, keeps no secret


def parse_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the header Retry-After (RFC 9110, 10.2.3) in seconds; None where it is missing or invalid."""
    value = headers.get("Retry-After") or headers.get("retry-after")
    if not value:
        return None
    try:
        seconds = float(value)  # also decimals, which some servers send
    except ValueError:
        return seconds_until(value)
    return seconds if isfinite(seconds) and seconds >= 0 else None


def seconds_until(value: str) -> float | None:
    """Return the seconds until an HTTP date, 0 for one in the past; None where the text is not a date."""
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=dt.UTC)
    return max(0.0, (date - dt.datetime.now(dt.UTC)).total_seconds())
