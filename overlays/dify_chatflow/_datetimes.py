"""Points in time as callers write them, as aware datetimes."""

from __future__ import annotations

import datetime as dt

DateTimeLike = dt.datetime | dt.date | str
"""A datetime, a date (its first moment) or an ISO 8601 string; without an offset it means UTC."""


def to_datetime(value: DateTimeLike, name: str) -> dt.datetime:
    """The moment as an aware datetime; ValueError or TypeError names the argument when it is none."""
    if isinstance(value, str):
        from dateutil.parser import isoparse

        try:
            value = isoparse(value)
        except ValueError:
            raise ValueError(
                f"{name}={value!r} is not an ISO 8601 date or time, such as 2026-01-31T12:00:00Z"
            ) from None
    if not isinstance(value, dt.date):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{name} takes a datetime, a date or an ISO 8601 string, not {value!r}")
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
