"""When a request is sent again, and after how long: never when the server may have begun to work on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx_retries import Retry

RETRIED_STATUSES = frozenset({408, 429, 502, 503, 504})
IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
TOO_MANY_REQUESTS = 429
# Seconds: the first wait is half a second with jitter, none is longer than a minute, whatever the server says.
FIRST_WAIT, LONGEST_WAIT, JITTER = 0.5, 60.0, 0.5


@cache
def policy() -> Retry:
    """How waits grow; loaded when something failed, since the library brings asyncio along."""
    from httpx_retries import Retry

    return Retry(backoff_factor=FIRST_WAIT, max_backoff_wait=LONGEST_WAIT, backoff_jitter=JITTER)


def after_status(
    method: str, status: int, headers: Mapping[str, str], attempt: int, *, replayable: bool
) -> float | None:
    """Seconds to wait before sending a refused request again; None when it must not be.

    A POST is sent again only when the server refused it with 429 and said when to come back; a body that was
    read from a stream cannot be sent twice.
    """
    advised = retry_after(headers)
    if status not in RETRIED_STATUSES or not replayable:
        return None
    if method.upper() not in IDEMPOTENT_METHODS and (status != TOO_MANY_REQUESTS or advised is None):
        return None
    return backoff(attempt) if advised is None else min(advised, LONGEST_WAIT)


def after_failure(method: str, attempt: int, *, unsent: bool, replayable: bool) -> float | None:
    """Seconds to wait after a failure of the connection; None when the request may have reached the server."""
    if unsent or (method.upper() in IDEMPOTENT_METHODS and replayable):
        return backoff(attempt)
    return None


def backoff(attempt: int) -> float:
    """Seconds to wait before attempt number `attempt` (1 is the first one after the original)."""
    return policy().copy_with(attempts_made=attempt - 1).backoff_strategy()


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The header Retry-After in seconds, whether given as a number or as a date; None without a readable one."""
    value = headers.get("Retry-After") or headers.get("retry-after")
    try:
        seconds = seconds_of(value) if value else inf
    except ValueError:
        return None
    return seconds if 0 <= seconds < inf else None


def seconds_of(value: str) -> float:
    """A number of seconds, or those until a date; ValueError for anything else."""
    try:
        return float(value)  # decimals, too, which the standard and the library leave out
    except ValueError:
        return policy().parse_retry_after(value)
