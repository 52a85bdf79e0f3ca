"""Date and time arguments, converted to aware datetimes."""

from __future__ import annotations

import datetime as dt

DateTimeLike = dt.datetime | dt.date | str
"""A datetime, a date (midnight) or an ISO 8601 string, in UTC without an offset."""


def to_datetime(value: DateTimeLike, name: str) -> dt.datetime:
    """Return the value of argument `name` as an aware datetime.

    Raises:
        ValueError: The text is not an ISO 8601 date or time.
        TypeError: The value is none of the accepted types.

    """
    if isinstance(value, str):
        from dateutil.parser import isoparse

        try:
            value = isoparse(value)
        except ValueError:
            raise ValueError(
                f"{name}={value!r} is not an ISO 8601 date or time; pass one like 2026-01-31T12:00:00Z"
            ) from None
    if not isinstance(value, dt.date):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{name} must be a datetime, a date or an ISO 8601 string; got {value!r}")
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
