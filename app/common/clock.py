"""The one clock. Moments are aware and in UTC; a day's end is that of the municipality's time zone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_played: ContextVar[datetime | None] = ContextVar("played", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _played.get() or datetime.now(UTC)


@contextmanager
def playing(moment: datetime) -> Iterator[None]:
    """Play history back: inside this block it is `moment` (aware), so each rule answers as it would have then.

    For the demo, whose months of events go through the same services as real ones.
    """
    token = _played.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _played.reset(token)


def end_of_day(day: date, zone: str) -> datetime:
    """The last moment of that day in that time zone, in UTC: what closes "on 31 March" closes then.

    It is the last microsecond before the next day begins there, so it holds over clock changes too.
    """
    next_day = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    return next_day.astimezone(UTC) - timedelta(microseconds=1)
