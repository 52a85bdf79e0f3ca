"""The limits that callers set: seconds, bytes and numbers of retries, checked once."""

from __future__ import annotations

from typing import TypeAlias, cast

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._transport import Timeout

# Connecting is quick or fails; a blocking run and the silence between two chunks can take minutes.
CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 300.0

# Bytes of a decompressed body that is held in memory.
MAX_RESPONSE_SIZE = 268_435_456

FourTimeouts = tuple[float | None, float | None, float | None, float | None]
TimeoutTypes: TypeAlias = float | FourTimeouts | Timeout | None
"""Seconds for everything, or (connect, read, write, pool) in seconds, or httpx's own; None waits without limit."""

DEFAULT_TIMEOUT: TimeoutTypes = (CONNECT_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT)

# Sockets accept timeouts of up to 292 years; this is one year.
LONGEST_TIMEOUT = 366 * 86_400.0


def four_timeouts(timeout: float | FourTimeouts | None) -> FourTimeouts | None:
    """Return a timeout as (connect, read, write, pool); a number limits each, and connecting stays quick."""
    if isinstance(timeout, (int, float)):
        return (min(CONNECT_TIMEOUT, timeout), timeout, timeout, timeout)
    return timeout


def parse_timeout(value: TimeoutTypes) -> float | FourTimeouts | None:
    """Return a timeout as a number or four of them.

    Raises:
        ConfigurationError: The value is not a timeout.

    """
    if all(hasattr(value, name) for name in ("connect", "read", "write", "pool")):
        four = cast("Timeout", value)
        value = (four.connect, four.read, four.write, four.pool)
    limits = value if isinstance(value, tuple) else (value,) * 4
    if len(limits) != 4 or not all(map(is_limit, limits)):  # noqa: PLR2004
        raise ConfigurationError(
            f"timeout must be a positive number, a (connect, read, write, pool) tuple, or None; got {value!r}"
        )
    return cast("float | FourTimeouts | None", value)


def is_limit(value: object) -> bool:
    """Return whether a value is a positive number of seconds, at most a year, or None for no limit."""
    if value is None:
        return True
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= LONGEST_TIMEOUT


def check_seconds(**limits: object) -> None:
    """Check limits that cannot be switched off.

    Raises:
        ConfigurationError: A value is not a positive number of seconds.

    """
    for name, value in limits.items():
        if value is None or not is_limit(value):
            raise ConfigurationError(f"{name} must be a positive number of seconds; got {value!r}")


def parse_retries(value: object) -> int:
    """Return the number of retries.

    Raises:
        ConfigurationError: The value is not a number of retries.

    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ConfigurationError(f"max_retries must be an integer of at least 0; got {value!r}")
    return value


def parse_size(value: object, name: str = "max_response_size") -> int:
    """Return the largest size of a body or an event.

    Raises:
        ConfigurationError: The value is not a size.

    """
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ConfigurationError(f"{name} must be a positive number of bytes; got {value!r}")
    return value
