"""Date and time arguments: datetimes, dates and ISO strings, in UTC without an offset."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dify_chatflow._datetimes import to_datetime
from tests.client.modes import App, maybe_await
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

EAST = dt.timezone(dt.timedelta(hours=2))


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (dt.datetime(2026, 1, 31, 12, tzinfo=EAST), "2026-01-31T12:00:00+02:00"),
        (dt.datetime(2026, 1, 31, 12), "2026-01-31T12:00:00+00:00"),  # noqa: DTZ001 - naive on purpose
        (dt.date(2026, 1, 31), "2026-01-31T00:00:00+00:00"),
        ("2026-01-31", "2026-01-31T00:00:00+00:00"),
        ("2026-01-31T12:00", "2026-01-31T12:00:00+00:00"),
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00+00:00"),
        ("20260131T120000+0200", "2026-01-31T12:00:00+02:00"),
    ],
)
@pytest.mark.parametrize("name", ["created_after", "created_before"])
async def test_datetime_is_sent_with_offset(name: str, value: Any, sent: str, app: App, server: Server) -> None:
    server.default = Answer(200, {"data": [], "has_more": False, "page": 1, "limit": 100, "total": 0})
    await maybe_await(app.runs.list(**{name: value}).page())
    parameter = name.replace("created_", "created_at__")
    assert server.requests[0].query[parameter] == sent
    assert "+" not in server.requests[0].target, "an unescaped plus is a space"


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "", "31.01.2026"])
async def test_invalid_date_is_refused_before_requests(value: str, app: App, server: Server) -> None:
    with pytest.raises(ValueError, match=r"created_after=.* is not an ISO 8601 date or time; pass one like 2026-"):
        app.runs.list(created_after=value)
    assert server.requests == []


@pytest.mark.parametrize("value", [1769817600, 0.5, dt.time(12), ("2026", "01")])
async def test_wrong_type_is_refused_before_requests(value: Any, app: App, server: Server) -> None:
    with pytest.raises(TypeError, match="created_before must be a datetime, a date or an ISO 8601 string"):
        app.runs.list(created_before=value)
    assert server.requests == []


MOMENTS = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1))  # noqa: DTZ001 - bounds are naive here


@given(MOMENTS, st.none() | st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23)))
def test_text_equals_datetime(naive: dt.datetime, offset: dt.timedelta | None) -> None:
    whole = None if offset is None else dt.timezone(dt.timedelta(minutes=offset // dt.timedelta(minutes=1)))
    moment = naive.replace(tzinfo=whole)
    read = to_datetime(moment.isoformat(), "created_after")
    assert read == to_datetime(moment, "created_after") == (moment if whole else naive.replace(tzinfo=dt.UTC))
    assert read.tzinfo is not None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)))
def test_date_means_midnight_utc(date: dt.date) -> None:
    assert to_datetime(date, "created_after") == to_datetime(date.isoformat(), "created_after")
    assert to_datetime(date, "created_after").time() == dt.time()
