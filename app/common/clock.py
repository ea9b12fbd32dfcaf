"""The one clock. Moments are aware and in UTC; a day's end is that of the municipality's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """The last moment of that day in that time zone, in UTC: what closes "on 31 March" closes then.

    It is the last microsecond before the next day begins there, so it holds over clock changes too.
    """
    next_day = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    return next_day.astimezone(UTC) - timedelta(microseconds=1)
